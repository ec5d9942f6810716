// Control functions of terminals in text: what they are and how far they reach. What they do to the text: terminal_text.h.
//
// Source: ECMA-48, "xterm control sequences". The 8-bit forms (C1) come as UTF-8: U+009B for ESC '['.
#pragma once

#include <cstddef>
#include <string_view>

namespace pev {

// What a text begins with.
struct ControlFunction {
    std::size_t size = 0; // bytes that it takes; 0 where the text begins with none
    // The byte behind ESC: '[' for a control sequence, ']', 'P', '_', '^', 'X' for control strings, else that of an escape
    // sequence. 0 for a lone ESC, and for sequences and strings that are broken off.
    char kind = 0;
    char final = 0; // of a control sequence
    std::string_view body = {}; // of a control sequence its parameters, of a string what is in it
};
// A control string ends with BEL or ST. One that does not is broken off: only its introducer counts, since nobody can say
// where the text goes on.
ControlFunction control_function(std::string_view text);

// The length of the control function that `text` begins with; 0 where it begins with none. Control characters (C0) are
// none here.
inline std::size_t escape_size(std::string_view text)
{
    bool const may_be = !text.empty() && (text.front() == '\x1b' || text.front() == '\xC2');
    return may_be ? control_function(text).size : 0; // asked of each character of names
}

// Whether a terminal would show anything else than the text as it is: there are control characters in it, line breaks and
// tabs excepted. Quick.
bool has_controls(std::string_view text);
// The first of them; the text's size where there is none.
std::size_t find_control(std::string_view text, std::size_t from);

} // namespace pev
