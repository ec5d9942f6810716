// Escape sequences of terminals, which colour logs and are left out of everything else.
//
// Source: ECMA-48.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pev {

// The length of the sequence that `text` begins with; 0 where it begins with none.
std::size_t escape_size(std::string_view text);
inline bool has_escapes(std::string_view text)
{
    return text.find('\x1b') != std::string_view::npos;
}
// What a terminal would show.
std::string without_escapes(std::string_view text);

} // namespace pev
