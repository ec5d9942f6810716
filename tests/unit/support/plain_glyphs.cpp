#include "tests/unit/support/plain_glyphs.h"

#include <cmath>

namespace pev::test {

namespace {

    constexpr float kWidth = 7.0f / 13; // of the size
    constexpr float kAscent = 10.0f / 13;

} // namespace

ui::GlyphSource& plain_glyphs()
{
    static ui::GlyphSource source{
        .extent = [](ui::Face,
                      float size) { return ui::FontExtent{.ascent = kAscent * size, .descent = (1 - kAscent) * size}; },
        .draw =
            [](ui::Face, float size, ui::DrawnAs) {
                ui::DrawnGlyph glyph;
                glyph.advance = std::round(kWidth * size);
                return glyph;
            },
    };
    return source;
}

} // namespace pev::test
