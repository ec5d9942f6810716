// Glyphs rasterised by the browser with Canvas 2D: its own fonts in every script, coloured emoji, nothing to download.
#pragma once

#include "ui/glyphs/glyph_source.h"

#include <cstddef>

namespace pev::wasm {

ui::GlyphSource browser_glyphs();

// How much thinner the browser draws black text than white, see js_text_contrast().
float text_contrast(float density);

// Room for the pixels of the glyph that js_draw_glyph() is at.
unsigned char* reserve_glyph_pixels(std::size_t bytes);

} // namespace pev::wasm
