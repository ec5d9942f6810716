#include "shared/json/json_string.h"

#include "shared/base/text.h"
#include "shared/base/unicode.h"

#include <algorithm>

namespace pev {

namespace {

    constexpr std::size_t kUnitSize = 6; // of \uXXXX

    bool is_high_surrogate(int unit)
    {
        return unit >= 0xD800 && unit < 0xDC00;
    }

    bool is_low_surrogate(int unit)
    {
        return unit >= 0xDC00 && unit < 0xE000;
    }

    // The unit of a \uXXXX that `text` begins with; -1 where it does not.
    int escaped_unit(std::string_view text)
    {
        return text.starts_with("\\u") ? hex4(text, 2) : -1;
    }

    char unescaped(char c)
    {
        switch (c) {
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return c; // a quote, a slash, a backslash
        }
    }

    // Takes the \uXXXX, or the two of them that are one character, off the front of `text`.
    char32_t take_unit(std::string_view& text, int unit)
    {
        text.remove_prefix(kUnitSize);
        int const low = is_high_surrogate(unit) ? escaped_unit(text) : -1;
        if (!is_low_surrogate(low))
            return static_cast<char32_t>(unit); // half a pair is no character
        text.remove_prefix(kUnitSize);
        return static_cast<char32_t>(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00));
    }

} // namespace

int hex4(std::string_view text, std::size_t at)
{
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        int const digit = i < text.size() ? hex_value(text[i]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

void append_unescaped(std::string_view source, std::string& out)
{
    while (!source.empty()) {
        std::size_t const plain = std::min(source.find('\\'), source.size());
        out += source.substr(0, plain);
        source.remove_prefix(plain);
        if (source.size() < 2) {
            out += source;
            return;
        }
        if (int const unit = escaped_unit(source); unit >= 0) {
            append_utf8(out, take_unit(source, unit)); // U+FFFD for half a pair
        } else {
            out += unescaped(source[1]);
            source.remove_prefix(2);
        }
    }
}

char32_t next_unescaped(std::string_view& source)
{
    if (source.size() < 2 || source.front() != '\\')
        return next_character(source);
    if (int const unit = escaped_unit(source); unit >= 0)
        return take_unit(source, unit);
    auto const character = static_cast<unsigned char>(unescaped(source[1]));
    source.remove_prefix(2);
    return character;
}

} // namespace pev
