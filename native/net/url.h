// Addresses as browsers read them.
//
// Source: WHATWG URL Standard, 4.4 "URL parsing", for http and https; hosts are left to libcurl but for what can't be one.
// Used by: redirects, whose Location is whatever a server writes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pev::native {

// The absolute address that `reference` means at `base`. Nothing where either can't be read, or leads elsewhere than to http and https.
std::optional<std::string> resolve_url(std::string_view base, std::string_view reference);

} // namespace pev::native
