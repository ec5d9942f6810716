// How a name beyond ASCII is written in an address: "bücher" is "xn--bcher-kva".
//
// Source: RFC 3492.
#pragma once

#include <string>
#include <string_view>

namespace pev {

// Without the "xn--" before it.
std::string punycode(std::u32string_view label);

} // namespace pev
