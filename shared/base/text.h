// Small operations on text: percent-encoding, UTF-8 repair. What is searched for is found by shared/view/needle.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pev {

// RFC 3986: everything but unreserved characters becomes %XX. Fits path segments and query values alike.
std::string percent_encode(std::string_view text);
// The reverse. A '%' that starts no pair of digits stays as it is; `plus_is_space` for query strings.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

// As browsers decode: each sequence that is cut short, and each byte that starts none, becomes one U+FFFD.
// Source: WHATWG Encoding, "UTF-8 decoder".
std::string repair_utf8(std::string_view text);
bool is_utf8(std::string_view text);
struct Utf8Sequence {
    std::size_t size; // of a broken one: the bytes up to the one that breaks it, at least one
    bool well_formed;
};
Utf8Sequence utf8_sequence_at(std::string_view text, std::size_t at);

// 0 to 15; -1 where `c` is no hexadecimal digit.
int hex_value(char c);

// The letters of ASCII in lower case: for names of headers, levels, UUIDs.
std::string ascii_lower(std::string_view text);

// One line for a list: escape sequences are left out, line breaks, tabs and other control characters become spaces, runs of
// spaces one, and what is longer than `max_characters` ends in "…".
std::string one_line(std::string_view text, std::size_t max_characters);

} // namespace pev
