// Glyphs out of font files, rasterised by FreeType.
//
// Outlines are drawn as they were designed: without hinting, so that the same files give the same pixels on every machine.
#pragma once

#include "native/font_files.h"
#include "ui/glyphs/glyph_source.h"

#include <memory>

namespace pev::native {

class FreeTypeGlyphs {
public:
    // Fails where a file of the four faces can't be read. The others are opened as they are needed, and passed over where
    // they can't be.
    static Result<std::unique_ptr<FreeTypeGlyphs>> open(FontFiles files);

    ~FreeTypeGlyphs();
    FreeTypeGlyphs(FreeTypeGlyphs const&) = delete;
    FreeTypeGlyphs& operator=(FreeTypeGlyphs const&) = delete;

    // Lives as long as this does.
    ui::GlyphSource& source() { return source_; }

private:
    struct Faces;
    explicit FreeTypeGlyphs(std::unique_ptr<Faces> faces);

    std::unique_ptr<Faces> faces_;
    ui::GlyphSource source_;
};

} // namespace pev::native
