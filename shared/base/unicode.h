// What has to be known about single characters to show text of unknown origin.
//
// Source: Unicode 16.
#pragma once

#include <string>
#include <string_view>

namespace pev {

// Takes one character off the front of `rest`, which is not empty. A broken sequence counts as one U+FFFD.
char32_t next_character(std::string_view& rest);
// U+FFFD for what is no character.
void append_utf8(std::string& text, char32_t character);

// Leaves no mark and takes no room: zero-width characters, direction marks, variation selectors, byte order marks
// (Default_Ignorable_Code_Point).
bool is_invisible(char32_t character);

// Whether a reader would see nothing of it: spaces, control characters, and what is invisible.
bool shows_nothing(std::string_view text);

} // namespace pev
