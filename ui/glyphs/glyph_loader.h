// Brings a platform's glyphs into Dear ImGui's atlas, at the device's density and as they are needed.
//
// Each glyph is kept in four pictures, for each quarter of a pixel that it may start at, as browsers do for their own text
// (see ui/glyphs/glyph_texels.h). A font's size is what CSS calls font-size, and text stands in its line as CSS puts it
// with `line-height: 1`.
#pragma once

#include "ui/fonts.h"
#include "ui/glyphs/glyph_source.h"

struct ImFontAtlas;

namespace pev::ui {

// The source has to outlive the atlas.
Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source);

// Draws all glyphs again as they are needed: there are new fonts, or the atlas is full of old glyphs. Between frames only.
void forget_glyphs(ImFontAtlas& atlas);

} // namespace pev::ui
