// Which font files text is drawn with.
#pragma once

#include "shared/base/result.h"
#include "ui/glyphs/glyph_source.h"

#include <array>
#include <string>
#include <vector>

namespace pev::native {

struct FontFile {
    std::string path;
    int index = 0; // of the font in a collection; as FT_New_Face() takes it
};

struct FontFiles {
    std::array<FontFile, ui::kFaces> faces; // by ui::Face
    FontFile emoji; // in colour; an empty path where there is none
    std::vector<FontFile> fallbacks; // for what the face lacks, tried in order
};

// What the system has: Inter and JetBrains Mono, or what stands in for them, and all others as fallbacks.
Result<FontFiles> system_fonts();

} // namespace pev::native
