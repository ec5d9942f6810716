#include "shared/base/unicode.h"

#include "shared/base/code_ranges.h"
#include "shared/base/escapes.h"
#include "shared/base/text.h"

#include <algorithm>
#include <array>

namespace pev {

namespace {

    constexpr char32_t kReplacement = 0xFFFD;

    constexpr std::array kInvisible = {
        CodeRange{0x00AD, 0x00AD}, // soft hyphen
        CodeRange{0x034F, 0x034F}, // combining grapheme joiner
        CodeRange{0x061C, 0x061C}, // Arabic letter mark
        CodeRange{0x115F, 0x1160}, // Hangul fillers
        CodeRange{0x17B4, 0x17B5}, CodeRange{0x180B, 0x180F}, // Mongolian selectors
        CodeRange{0x200B, 0x200F}, // zero width space and joiners, direction marks
        CodeRange{0x2028, 0x202E}, // line and paragraph separator, direction overrides
        CodeRange{0x2060, 0x206F}, // word joiner, direction isolates
        CodeRange{0x3164, 0x3164}, CodeRange{0xFE00, 0xFE0F}, // variation selectors
        CodeRange{0xFEFF, 0xFEFF}, // byte order mark
        CodeRange{0xFFA0, 0xFFA0}, CodeRange{0xFFF0, 0xFFF8}, CodeRange{0x1BCA0, 0x1BCA3}, CodeRange{0x1D173, 0x1D17A},
        CodeRange{0xE0000, 0xE0FFF}, // tags, more variation selectors
    };

    bool is_blank(char32_t c)
    {
        return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F
            || c == 0x205F || c == 0x2800 || c == 0x3000;
    }

} // namespace

char32_t next_character(std::string_view& rest)
{
    auto const [size, well_formed] = utf8_sequence_at(rest, 0);
    auto const lead = static_cast<unsigned char>(rest.front());
    char32_t character = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i)
        character = character << 6U | (static_cast<unsigned char>(rest[i]) & 0x3FU);
    rest.remove_prefix(size);
    return well_formed ? character : kReplacement;
}

void append_utf8(std::string& text, char32_t character)
{
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = kReplacement;
    auto const add = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (character < 0x80) {
        add(character);
        return;
    }
    if (character < 0x800) {
        add(0xC0U | character >> 6U);
    } else {
        if (character < 0x10000) {
            add(0xE0U | character >> 12U);
        } else {
            add(0xF0U | character >> 18U);
            add(0x80U | (character >> 12U & 0x3FU));
        }
        add(0x80U | (character >> 6U & 0x3FU));
    }
    add(0x80U | (character & 0x3FU));
}

bool is_invisible(char32_t character)
{
    return character >= kInvisible.front().first && is_in(kInvisible, character);
}

bool shows_nothing(std::string_view text)
{
    // Nearly all text begins like this, and a long list asks about much of it.
    if (!text.empty() && text.front() > ' ' && text.front() <= '~')
        return false;
    while (!text.empty()) {
        if (std::size_t const escape = escape_size(text)) {
            text.remove_prefix(escape);
            continue;
        }
        char32_t const c = next_character(text);
        if (!is_blank(c) && !is_invisible(c))
            return false;
    }
    return true;
}

} // namespace pev
