// Where glyphs come from: the browser, or font files. A platform fills one of these in.
//
// Sizes and positions are device pixels; positions count from where the glyph begins, on the baseline, y downwards.
#pragma once

#include "ui/glyphs/glyph_rules.h"

#include <cstdint>
#include <functional>
#include <span>

namespace pev::ui {

// The faces of ui::Fonts.
enum class Face : std::uint8_t { Regular, Medium, Semibold, Mono };
inline constexpr int kFaces = 4;

struct FontExtent {
    float ascent = 0;
    float descent = 0; // positive
};

struct DrawnGlyph {
    float advance = 0;
    int left = 0;
    int top = 0;
    int width = 0; // of one of the pictures; 0: nothing to see
    int height = 0;
    // kGlyphPhases pictures side by side, each a quarter of a pixel further right: RGBA with straight alpha, plain glyphs in
    // white. Good until the next glyph is drawn.
    std::span<unsigned char const> pixels;
};

struct GlyphSource {
    std::function<FontExtent(Face, float size)> extent;
    std::function<DrawnGlyph(Face, float size, DrawnAs)> draw;
    // A glyph found no room in the atlas and left a gap in its text. Whoever makes room takes this back.
    bool left_out = false;
};

} // namespace pev::ui
