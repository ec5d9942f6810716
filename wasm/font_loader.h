// Dear ImGui's fonts, rasterised by the browser: its own fonts in every script, coloured emoji, nothing to download.
//
// A glyph is drawn with Canvas 2D at the device's density, once for each quarter of a pixel that it may start at, as
// browsers do for their own text; the four pictures share one place in the atlas (see wasm/glyph_texels.h).
//
// A font's size is the CSS font-size, and text stands in its line as CSS puts it with `line-height: 1`.
#pragma once

#include "ui/fonts.h"

#include <cstddef>

struct ImFontAtlas;

namespace pev::wasm {

ui::Fonts add_browser_fonts(ImFontAtlas& atlas);

// Draws all glyphs again as they are needed: the browser has got new fonts, or the atlas is full of old ones. Between
// frames only.
void forget_glyphs(ImFontAtlas& atlas);

// Whether a glyph found no room since the last call: it left a gap in its text.
bool glyph_was_left_out();

// How much thinner the browser draws black text than white, see js_text_contrast().
float text_contrast(float density);

// Room for the pixels of the glyph that js_draw_glyph() is at.
unsigned char* reserve_glyph_pixels(std::size_t bytes);

} // namespace pev::wasm
