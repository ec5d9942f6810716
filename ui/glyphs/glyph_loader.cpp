#include "ui/glyphs/glyph_loader.h"

#include "ui/glyphs/glyph_texels.h"

#include "imgui.h"
#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace pev::ui {

namespace {

    // What Dear ImGui keeps a copy of, in place of a font file.
    struct FontData {
        GlyphSource* source;
    };

    GlyphSource& source_of(ImFontConfig const& config)
    {
        return *static_cast<FontData const*>(config.FontData)->source;
    }

    Face face_of(ImFontConfig const& config)
    {
        return static_cast<Face>(config.FontNo);
    }

    float density_of(ImFontConfig const& config, ImFontBaked const& baked)
    {
        return config.RasterizerDensity * baked.RasterizerDensity;
    }

    bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar)
    {
        return true; // the source looks through all fonts there are, and draws a box in the end
    }

    // CSS centres ascent and descent, whole device pixels, in the line, and rounds the room above them down. Whoever draws the
    // text rounds the baseline to the nearest pixel, which is the same half a pixel higher.
    constexpr float kRoundsDown = 0.49f;

    bool init_baked(ImFontAtlas*, ImFontConfig* config, ImFontBaked* baked, void*)
    {
        float const density = density_of(*config, *baked);
        float const size = baked->Size * density;
        FontExtent const extent = source_of(*config).extent(face_of(*config), size);
        float const ascent = std::round(extent.ascent);
        float const descent = std::round(extent.descent);
        float const baseline = (size - ascent - descent) / 2 + ascent - kRoundsDown;
        baked->Ascent = baseline / density;
        baked->Descent = baked->Ascent - baked->Size;
        return true;
    }

    bool load_glyph(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, void*, ImWchar code_point,
        ImFontGlyph* glyph, float* advance_only)
    {
        if (code_point == '\t')
            return false; // Dear ImGui makes one out of spaces, for every font and size
        if (advance_only != nullptr)
            *advance_only = 0;
        if (glyph != nullptr)
            glyph->Codepoint = code_point;
        DrawnAs const shown = drawn_as(code_point);
        if (shown.code_point == 0)
            return true;

        GlyphSource& source = source_of(*config);
        float const density = density_of(*config, *baked);
        DrawnGlyph const drawn = source.draw(face_of(*config), baked->Size * density, shown);
        if (advance_only != nullptr) {
            *advance_only = drawn.advance / density;
            return true;
        }
        glyph->AdvanceX = drawn.advance / density;
        if (drawn.width <= 0)
            return true;

        ImFontAtlasRectId const place = ImFontAtlasPackAddRect(atlas, drawn.width, drawn.height);
        if (place == ImFontAtlasRectId_Invalid) {
            source.left_out = true;
            return true; // a gap in the text rather than the wrong letter
        }

        std::vector<unsigned char> texels(
            static_cast<std::size_t>(drawn.width) * static_cast<std::size_t>(drawn.height) * 4);
        glyph->Colored = pack_glyph(drawn.pixels, static_cast<std::size_t>(drawn.width), texels);
        glyph->Visible = true;
        glyph->X0 = static_cast<float>(drawn.left) / density;
        glyph->Y0 = static_cast<float>(drawn.top) / density + baked->Ascent;
        glyph->X1 = static_cast<float>(drawn.left + drawn.width) / density;
        glyph->Y1 = static_cast<float>(drawn.top + drawn.height) / density + baked->Ascent;
        glyph->PackId = place;
        ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, config, glyph, ImFontAtlasPackGetRect(atlas, place),
            texels.data(), ImTextureFormat_RGBA32, drawn.width * 4);
        return true;
    }

} // namespace

Fonts add_fonts(ImFontAtlas& atlas, GlyphSource& source)
{
    // Shapes are all drawn with the one white texel, so that everything else in the atlas is glyphs.
    atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;

    FontData data{&source};
    std::array<ImFont*, kFaces> fonts{};
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        ImFontConfig config;
        config.FontData = &data;
        config.FontDataSize = sizeof data;
        config.FontDataOwnedByAtlas = false;
        config.FontNo = static_cast<ImU32>(i);
        fonts[i] = atlas.AddFont(&config);
    }
    return {.regular = fonts[0], .medium = fonts[1], .semibold = fonts[2], .mono = fonts[3]};
}

void forget_glyphs(ImFontAtlas& atlas)
{
    for (ImFont* const font : atlas.Fonts)
        ImFontAtlasFontDiscardBakes(&atlas, font, 0);
}

} // namespace pev::ui

// The loader that Dear ImGui takes where none is named (see ui/imgui_config.h).
ImFontLoader const* ImGuiFreeType::GetFontLoader()
{
    static ImFontLoader const kLoader = [] {
        ImFontLoader loader;
        loader.Name = "pev";
        loader.FontSrcContainsGlyph = pev::ui::contains_glyph;
        loader.FontBakedInit = pev::ui::init_baked;
        loader.FontBakedLoadGlyph = pev::ui::load_glyph;
        return loader;
    }();
    return &kLoader;
}
