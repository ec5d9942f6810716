#include "wasm/font_loader.h"

#include "wasm/js_imports.h"

#include <array>
#include <string_view>
#include <vector>

namespace pev::wasm {
namespace {

    constexpr std::string_view kSans
        = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
    constexpr std::string_view kMono = "'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

    struct FaceInCss {
        int weight;
        std::string_view families;
    };
    // By ui::Face.
    constexpr std::array<FaceInCss, ui::kFaces> kFaces
        = {FaceInCss{400, kSans}, FaceInCss{500, kSans}, FaceInCss{600, kSans}, FaceInCss{400, kMono}};

    // What js_draw_glyph() reports.
    struct Metrics {
        float advance;
        float left;
        float top;
        float width;
        float height;
    };

    // One glyph is drawn at a time; this only keeps its memory from glyph to glyph.
    std::vector<unsigned char> drawn_pixels;

    ui::FontExtent extent(ui::Face face, float size)
    {
        std::array<float, 2> extent{};
        js_font_extent(static_cast<int>(face), static_cast<double>(size), extent.data());
        return {.ascent = extent[0], .descent = extent[1]};
    }

    ui::DrawnGlyph draw(ui::Face face, float size, ui::DrawnAs shown)
    {
        Metrics drawn{};
        js_draw_glyph(static_cast<int>(face), static_cast<double>(size), shown.code_point, shown.emoji, &drawn.advance);
        return {.advance = drawn.advance,
            .left = static_cast<int>(drawn.left),
            .top = static_cast<int>(drawn.top),
            .width = static_cast<int>(drawn.width),
            .height = static_cast<int>(drawn.height),
            .pixels = drawn_pixels};
    }

} // namespace

ui::GlyphSource browser_glyphs()
{
    for (std::size_t i = 0; i < kFaces.size(); ++i)
        js_add_font(static_cast<int>(i), kFaces[i].weight, kFaces[i].families.data(), kFaces[i].families.size());
    return {.extent = extent, .draw = draw};
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
