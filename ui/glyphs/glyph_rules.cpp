#include "ui/glyphs/glyph_rules.h"

#include <algorithm>
#include <array>

namespace pev::ui {
namespace {

    constexpr std::uint32_t kReplacement = 0xFFFD;

    struct Range {
        std::uint32_t first;
        std::uint32_t last;
    };

    // They steer the text around them, which is drawn one code point at a time here.
    constexpr std::array kInvisible = {
        Range{0x00AD, 0x00AD}, // soft hyphen
        Range{0x034F, 0x034F}, // combining grapheme joiner
        Range{0x061C, 0x061C}, // Arabic letter mark
        Range{0x115F, 0x1160}, // Hangul fillers
        Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F}, // Mongolian selectors
        Range{0x200B, 0x200F}, // zero width space and joiners, direction marks
        Range{0x2028, 0x202E}, // line and paragraph separator, direction overrides
        Range{0x2060, 0x206F}, // word joiner, direction isolates
        Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F}, // variation selectors
        Range{0xFEFF, 0xFEFF}, // byte order mark
        Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFF8}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
        Range{0xE0000, 0xE0FFF}, // tags, more variation selectors
    };

    bool is_invisible(std::uint32_t code_point)
    {
        auto const* found = std::ranges::lower_bound(kInvisible, code_point, {}, &Range::last);
        return found != kInvisible.end() && code_point >= found->first;
    }

} // namespace

DrawnAs drawn_as(std::uint32_t code_point)
{
    if (code_point < 0x20)
        return {0x2400 + code_point}; // ␀ ␛ …: a log shows that they are there
    if (code_point == 0x7F)
        return {0x2421};
    if (code_point >= 0x80 && code_point < 0xA0)
        return {kReplacement};
    if ((code_point >= 0xD800 && code_point <= 0xDFFF) || code_point > 0x10FFFF)
        return {kReplacement};
    if (is_invisible(code_point))
        return {};
    // The icon of DATA steps. Unicode makes it plain by default; the design has it coloured like its neighbours.
    return {code_point, code_point == 0x2699};
}

} // namespace pev::ui
