// How a glyph is kept in the atlas, and how the fragment shader reads it back.
//
// The texture has four channels, and a plain glyph needs one. So its four pictures, each drawn a quarter of a pixel further
// right, take a channel each, and text is as sharp and as evenly spaced as the browser's own at any position.
// Coloured glyphs, and the white texel that Dear ImGui fills shapes with, need all channels for themselves. The lowest bit
// of alpha tells: 0 for four pictures (the fourth has seven bits), 1 for a colour.
#pragma once

#include <cstddef>
#include <span>

namespace pev::ui {

inline constexpr int kGlyphPhases = 4;

// `drawn`: RGBA with straight alpha, the pictures side by side, kGlyphPhases * width pixels a row, drawn in white.
// `texels`: width pixels a row. Returns whether the glyph is coloured.
bool pack_glyph(std::span<unsigned char const> drawn, std::size_t width, std::span<unsigned char> texels);

} // namespace pev::ui
