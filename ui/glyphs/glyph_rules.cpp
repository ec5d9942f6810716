#include "ui/glyphs/glyph_rules.h"

#include "shared/base/unicode.h"

namespace pev::ui {
namespace {

    constexpr std::uint32_t kReplacement = 0xFFFD;

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
