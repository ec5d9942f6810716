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

    // Appends the character of the \uXXXX, or the two of them, that `text` begins with; returns their size.
    std::size_t append_unit(std::string_view text, int unit, std::string& out)
    {
        int const low = is_high_surrogate(unit) ? escaped_unit(text.substr(kUnitSize)) : -1;
        if (is_low_surrogate(low)) {
            append_utf8(out, static_cast<char32_t>(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)));
            return 2 * kUnitSize;
        }
        append_utf8(out, static_cast<char32_t>(unit)); // U+FFFD for half a pair
        return kUnitSize;
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

bool is_escape(std::string_view behind)
{
    if (behind.starts_with('u'))
        return hex4(behind, 1) >= 0;
    return !behind.empty() && std::string_view{"\"\\/bfnrt"}.find(behind.front()) != std::string_view::npos;
}

void append_unescaped(std::string_view source, std::string& out)
{
    while (!source.empty()) {
        std::size_t const plain = std::min(source.find('\\'), source.size());
        out += source.substr(0, plain);
        source.remove_prefix(plain);
        if (source.empty())
            return;
        if (!is_escape(source.substr(1))) {
            out += '\\';
            source.remove_prefix(1);
        } else if (int const unit = escaped_unit(source); unit >= 0) {
            source.remove_prefix(append_unit(source, unit, out));
        } else {
            out += unescaped(source[1]);
            source.remove_prefix(2);
        }
    }
}

} // namespace pev
