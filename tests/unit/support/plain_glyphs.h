// A font for tests that look at places and words and not at pixels: every character is equally wide, and nothing is drawn.
#pragma once

#include "ui/glyphs/glyph_source.h"

namespace pev::test {

ui::GlyphSource& plain_glyphs();

} // namespace pev::test
