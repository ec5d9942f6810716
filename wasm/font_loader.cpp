#include "wasm/font_loader.h"

#include "wasm/glyph_rules.h"
#include "wasm/glyph_texels.h"
#include "wasm/js_imports.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace pev::wasm {
namespace {

    constexpr std::string_view kSans
        = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
    constexpr std::string_view kMono = "'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

    struct Face {
        int weight;
        std::string_view families;
    };
    constexpr std::array kFaces = {Face{400, kSans}, Face{500, kSans}, Face{600, kSans}, Face{400, kMono}};

    // What js_draw_glyph() reports.
    struct DrawnGlyph {
        float advance;
        float left;
        float top;
        float width;
        float height;
    };

    // One glyph is drawn at a time; these only keep their memory from glyph to glyph.
    std::vector<unsigned char> drawn_pixels;
    std::vector<unsigned char> packed_pixels;
    bool left_out = false;

    int face_of(ImFontConfig const* source)
    {
        return static_cast<int>(source->FontNo);
    }

    float density_of(ImFontConfig const* source, ImFontBaked const* baked)
    {
        return source->RasterizerDensity * baked->RasterizerDensity;
    }

    bool contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar)
    {
        return true; // the browser looks through all fonts there are, and draws a box in the end
    }

    // CSS centres ascent and descent, whole device pixels, in the line, and rounds the room above them down. Whoever draws the
    // text rounds the baseline to the nearest pixel, which is the same half a pixel higher.
    constexpr float kRoundsDown = 0.49f;

    bool init_baked(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*)
    {
        auto const density = density_of(source, baked);
        auto const size_px = baked->Size * density;
        std::array<float, 2> extent{};
        js_font_extent(face_of(source), static_cast<double>(size_px), extent.data());
        auto const ascent = std::round(extent[0]);
        auto const descent = std::round(extent[1]);
        auto const baseline = (size_px - ascent - descent) / 2 + ascent - kRoundsDown;
        baked->Ascent = baseline / density;
        baked->Descent = baked->Ascent - baked->Size;
        return true;
    }

    bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar code_point,
        ImFontGlyph* glyph, float* advance_only)
    {
        if (code_point == '\t')
            return false; // Dear ImGui makes one out of spaces, for every font and size
        if (advance_only)
            *advance_only = 0;
        auto const shown = drawn_as(code_point);
        if (glyph)
            glyph->Codepoint = code_point;
        if (shown.code_point == 0)
            return true;

        auto const density = density_of(source, baked);
        DrawnGlyph drawn{};
        js_draw_glyph(
            face_of(source), static_cast<double>(baked->Size * density), shown.code_point, shown.emoji, &drawn.advance);
        if (advance_only) {
            *advance_only = drawn.advance / density;
            return true;
        }
        glyph->AdvanceX = drawn.advance / density;
        if (drawn.width <= 0)
            return true;

        auto const width = static_cast<int>(drawn.width);
        auto const height = static_cast<int>(drawn.height);
        auto const place = ImFontAtlasPackAddRect(atlas, width, height);
        if (place == ImFontAtlasRectId_Invalid) {
            left_out = true;
            return true; // a gap in the text rather than the wrong letter
        }

        packed_pixels.resize(static_cast<std::size_t>(width * height) * 4);
        glyph->Colored = pack_glyph(drawn_pixels, static_cast<std::size_t>(width), packed_pixels);
        glyph->Visible = true;
        glyph->X0 = drawn.left / density;
        glyph->Y0 = drawn.top / density + baked->Ascent;
        glyph->X1 = (drawn.left + drawn.width) / density;
        glyph->Y1 = (drawn.top + drawn.height) / density + baked->Ascent;
        glyph->PackId = place;
        ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, place),
            packed_pixels.data(), ImTextureFormat_RGBA32, width * 4);
        return true;
    }

    ImFontLoader const& browser_loader()
    {
        static ImFontLoader const kLoader = [] {
            ImFontLoader l;
            l.Name = "browser";
            l.FontSrcContainsGlyph = contains_glyph;
            l.FontBakedInit = init_baked;
            l.FontBakedLoadGlyph = load_glyph;
            return l;
        }();
        return kLoader;
    }

} // namespace

ui::Fonts add_browser_fonts(ImFontAtlas& atlas)
{
    // Shapes are all drawn with the one white texel, so that everything else in the atlas is glyphs.
    atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;

    std::array<ImFont*, kFaces.size()> fonts{};
    for (std::size_t i = 0; i < kFaces.size(); ++i) {
        auto const& face = kFaces[i];
        js_add_font(static_cast<int>(i), face.weight, face.families.data(), face.families.size());
        ImFontConfig config;
        config.FontLoader = &browser_loader();
        // Dear ImGui wants some data to hold on to; the face is told by its number.
        config.FontData = const_cast<Face*>(&face);
        config.FontDataSize = sizeof face;
        config.FontDataOwnedByAtlas = false;
        config.FontNo = static_cast<ImU32>(i);
        fonts[i] = atlas.AddFont(&config);
    }
    return {.regular = fonts[0], .medium = fonts[1], .semibold = fonts[2], .mono = fonts[3]};
}

void forget_glyphs(ImFontAtlas& atlas)
{
    for (auto* font : atlas.Fonts)
        ImFontAtlasFontDiscardBakes(&atlas, font, 0);
}

bool glyph_was_left_out()
{
    return std::exchange(left_out, false);
}

float text_contrast(float density)
{
    return static_cast<float>(js_text_contrast(0, 13.0 * static_cast<double>(density)));
}

unsigned char* reserve_glyph_pixels(std::size_t bytes)
{
    drawn_pixels.resize(bytes);
    return drawn_pixels.data();
}

} // namespace pev::wasm
