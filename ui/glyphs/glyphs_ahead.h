// Draws the glyphs that a first frame is likely to need before there is one: while the run is still on its way, one after the
// other, so that the frame that shows it has few left to find.
//
// It only saves time: what is missing here is drawn when it is met, as ever.
#pragma once

#include "ui/fonts.h"

#include <cstddef>
#include <string_view>

struct ImFontAtlas;

namespace pev::ui {

class GlyphsAhead {
public:
    // Between frames only, in the density of those to come. Returns whether there are more.
    bool draw_next(ImFontAtlas& atlas, Fonts const& fonts, float density);

private:
    std::size_t style_ = 0;
    std::string_view left_; // of the style's text
};

} // namespace pev::ui
