// Which viewer this is.
#pragma once

#include <string_view>

namespace pev {

std::string_view version(); // "0.1.0"

} // namespace pev
