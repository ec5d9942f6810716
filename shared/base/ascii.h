// Characters of ASCII, by what they are. No locale, and no surprise for bytes of UTF-8.
#pragma once

namespace pev {

constexpr bool is_ascii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}
constexpr bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace pev
