#include "native/freetype_glyphs.h"

#include "shared/base/code_ranges.h"
#include "ui/glyphs/glyph_texels.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace pev::native {

namespace {

    constexpr float kUnits = 64; // FreeType's to a pixel
    constexpr int kMaxWidth = 2048; // device pixels: anything larger is absurd
    constexpr int kMaxHeight = 2048;

    // Source: Unicode 16, Emoji_Presentation, and all pictographs of the upper planes.
    bool shows_as_emoji(std::uint32_t code_point)
    {
        constexpr std::array kRanges = {CodeRange{0x231A, 0x231B}, CodeRange{0x23E9, 0x23EC}, CodeRange{0x23F0, 0x23F0},
            CodeRange{0x23F3, 0x23F3}, CodeRange{0x25FD, 0x25FE}, CodeRange{0x2614, 0x2615}, CodeRange{0x2648, 0x2653},
            CodeRange{0x267F, 0x267F}, CodeRange{0x2693, 0x2693}, CodeRange{0x26A1, 0x26A1}, CodeRange{0x26AA, 0x26AB},
            CodeRange{0x26BD, 0x26BE}, CodeRange{0x26C4, 0x26C5}, CodeRange{0x26CE, 0x26CE}, CodeRange{0x26D4, 0x26D4},
            CodeRange{0x26EA, 0x26EA}, CodeRange{0x26F2, 0x26F3}, CodeRange{0x26F5, 0x26F5}, CodeRange{0x26FA, 0x26FA},
            CodeRange{0x26FD, 0x26FD}, CodeRange{0x2705, 0x2705}, CodeRange{0x270A, 0x270B}, CodeRange{0x2728, 0x2728},
            CodeRange{0x274C, 0x274C}, CodeRange{0x274E, 0x274E}, CodeRange{0x2753, 0x2755}, CodeRange{0x2757, 0x2757},
            CodeRange{0x2795, 0x2797}, CodeRange{0x27B0, 0x27B0}, CodeRange{0x27BF, 0x27BF}, CodeRange{0x2B1B, 0x2B1C},
            CodeRange{0x2B50, 0x2B50}, CodeRange{0x2B55, 0x2B55}, CodeRange{0x1F000, 0x1FBFF}};
        return is_in(kRanges, code_point);
    }

    struct OpenFont {
        FontFile file;
        FT_Face face = nullptr;
        bool tried = false;
    };

    struct Glyph {
        OpenFont* font;
        FT_UInt index;
    };

    // Premultiplied, as FreeType delivers colours.
    struct Colour {
        float red = 0;
        float green = 0;
        float blue = 0;
        float alpha = 0;
    };

    // The mean of a coloured bitmap over [x0, x1) by [y0, y1), in its pixels; outside of it there is nothing.
    Colour mean(FT_Bitmap const& bitmap, float x0, float x1, float y0, float y1)
    {
        Colour sum;
        auto const first = [](float from) { return std::max(0, static_cast<int>(std::floor(from))); };
        auto const last = [](float to, unsigned limit) {
            return std::min(static_cast<int>(limit), static_cast<int>(std::ceil(to)));
        };
        auto const overlap = [](int pixel, float from, float to) {
            auto const low = static_cast<float>(pixel);
            return std::min(low + 1, to) - std::max(low, from);
        };
        for (int y = first(y0); y < last(y1, bitmap.rows); ++y) {
            unsigned char const* const row = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
            for (int x = first(x0); x < last(x1, bitmap.width); ++x) {
                unsigned char const* const bgra = row + static_cast<std::ptrdiff_t>(x) * 4;
                float const weight = overlap(x, x0, x1) * overlap(y, y0, y1);
                sum.blue += weight * bgra[0];
                sum.green += weight * bgra[1];
                sum.red += weight * bgra[2];
                sum.alpha += weight * bgra[3];
            }
        }
        float const area = (x1 - x0) * (y1 - y0);
        return {sum.red / area, sum.green / area, sum.blue / area, sum.alpha / area};
    }

    unsigned char byte(float value)
    {
        return static_cast<unsigned char>(std::clamp(std::lround(value), 0L, 255L));
    }

} // namespace

struct FreeTypeGlyphs::Faces {
    FT_Library library = nullptr;
    std::array<OpenFont, ui::kFaces> faces;
    OpenFont emoji;
    std::vector<OpenFont> fallbacks;
    std::vector<unsigned char> pixels; // of the glyph drawn last
    std::vector<unsigned char> coverage;

    ~Faces()
    {
        if (library != nullptr)
            FT_Done_FreeType(library); // and all faces with it
    }

    FT_Face open(OpenFont& font) const
    {
        if (!std::exchange(font.tried, true) && !font.file.path.empty()
            && FT_New_Face(library, font.file.path.c_str(), font.file.index, &font.face) != 0)
            font.face = nullptr;
        return font.face;
    }

    // Index 0 is the box for what a font lacks.
    FT_UInt index_in(OpenFont& font, std::uint32_t code_point) const
    {
        auto* const face = open(font);
        return face != nullptr ? FT_Get_Char_Index(face, code_point) : 0;
    }

    Glyph find(ui::Face face, ui::DrawnAs shown)
    {
        std::vector<OpenFont*> order;
        OpenFont& chosen = faces[static_cast<std::size_t>(face)];
        if (shown.emoji || shows_as_emoji(shown.code_point))
            order.push_back(&emoji);
        order.push_back(&chosen);
        for (OpenFont& fallback : fallbacks)
            order.push_back(&fallback);
        order.push_back(&emoji);
        for (OpenFont* const font : order) {
            if (FT_UInt const index = index_in(*font, shown.code_point); index != 0)
                return {font, index};
        }
        return {&chosen, 0};
    }

    ui::FontExtent extent(ui::Face which, float size)
    {
        auto* const face = faces[static_cast<std::size_t>(which)].face;
        float const scale = size / static_cast<float>(std::max<int>(face->units_per_EM, 1));
        return {.ascent = static_cast<float>(face->ascender) * scale,
            .descent = -static_cast<float>(face->descender) * scale};
    }

    ui::DrawnGlyph draw(ui::Face which, float size, ui::DrawnAs shown)
    {
        Glyph const glyph = find(which, shown);
        auto* const face = glyph.font->face;
        if (FT_IS_SCALABLE(face) == 0)
            return draw_bitmap(face, glyph.index, size);
        if (FT_Set_Char_Size(face, 0, std::lround(size * kUnits), 72, 72) != 0
            || FT_Load_Glyph(face, glyph.index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_COLOR) != 0)
            return {};
        float const advance = static_cast<float>(face->glyph->linearHoriAdvance) / 65536;
        if (&emoji == glyph.font) {
            if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0)
                return {.advance = advance, .pixels = {}};
            if (face->glyph->bitmap.pixel_mode == FT_PIXEL_MODE_BGRA)
                return scaled_colours(*face->glyph, 1, advance);
        }
        if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
            return {.advance = advance, .pixels = {}};
        return draw_outline(face->glyph->outline, advance);
    }

    ui::DrawnGlyph draw_outline(FT_Outline& outline, float advance)
    {
        FT_BBox box;
        FT_Outline_Get_CBox(&outline, &box);
        constexpr FT_Pos kQuarter = 16;
        constexpr auto kPhases = static_cast<std::size_t>(ui::kGlyphPhases);
        auto const floored = [](FT_Pos units) { return static_cast<int>(units >> 6); };
        auto const ceiled = [](FT_Pos units) { return static_cast<int>((units + 63) >> 6); };
        ui::DrawnGlyph drawn{.advance = advance, .left = floored(box.xMin), .top = -ceiled(box.yMax), .pixels = {}};
        int const width = ceiled(box.xMax + (ui::kGlyphPhases - 1) * kQuarter) - drawn.left;
        int const height = -floored(box.yMin) - drawn.top;
        if (outline.n_points == 0 || width <= 0 || height <= 0 || width > kMaxWidth || height > kMaxHeight)
            return drawn;
        drawn.width = width;
        drawn.height = height;

        std::size_t const columns = static_cast<std::size_t>(width);
        std::size_t const rows = static_cast<std::size_t>(height);
        pixels.assign(columns * rows * kPhases * 4, 255);
        coverage.resize(columns * rows);
        FT_Bitmap bitmap{};
        bitmap.width = static_cast<unsigned>(width);
        bitmap.rows = static_cast<unsigned>(height);
        bitmap.pitch = width;
        bitmap.buffer = coverage.data();
        bitmap.num_grays = 256;
        bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
        FT_Outline_Translate(&outline, -FT_Pos{drawn.left} * 64, FT_Pos{drawn.top + height} * 64);
        for (std::size_t phase = 0; phase < kPhases; ++phase) {
            std::ranges::fill(coverage, static_cast<unsigned char>(0));
            FT_Outline_Get_Bitmap(library, &outline, &bitmap); // where it fails, the glyph stays empty
            for (std::size_t y = 0; y < rows; ++y) {
                for (std::size_t x = 0; x < columns; ++x)
                    pixels[((y * kPhases + phase) * columns + x) * 4 + 3] = coverage[y * columns + x];
            }
            FT_Outline_Translate(&outline, kQuarter, 0);
        }
        drawn.pixels = pixels;
        return drawn;
    }

    // Fonts of pictures, such as Noto Color Emoji: the smallest that is large enough, scaled.
    ui::DrawnGlyph draw_bitmap(FT_Face face, FT_UInt index, float size)
    {
        int strike = 0;
        for (int i = 1; i < face->num_fixed_sizes; ++i) {
            auto const ppem = [&](int at) { return static_cast<float>(face->available_sizes[at].y_ppem) / kUnits; };
            bool const better
                = ppem(strike) < size ? ppem(i) > ppem(strike) : ppem(i) >= size && ppem(i) < ppem(strike);
            if (better)
                strike = i;
        }
        if (face->num_fixed_sizes == 0 || FT_Select_Size(face, strike) != 0
            || FT_Load_Glyph(face, index, FT_LOAD_COLOR) != 0)
            return {};
        float const scale = size * kUnits / static_cast<float>(face->available_sizes[strike].y_ppem);
        float const advance = static_cast<float>(face->glyph->metrics.horiAdvance) / kUnits * scale;
        if (face->glyph->bitmap.pixel_mode != FT_PIXEL_MODE_BGRA)
            return {.advance = advance, .pixels = {}};
        return scaled_colours(*face->glyph, scale, advance);
    }

    ui::DrawnGlyph scaled_colours(FT_GlyphSlotRec const& slot, float scale, float advance)
    {
        FT_Bitmap const& bitmap = slot.bitmap;
        auto const x0 = static_cast<float>(slot.bitmap_left) * scale;
        auto const y0 = static_cast<float>(-slot.bitmap_top) * scale;
        ui::DrawnGlyph drawn{.advance = advance,
            .left = static_cast<int>(std::floor(x0)),
            .top = static_cast<int>(std::floor(y0)),
            .pixels = {}};
        int const width = static_cast<int>(std::ceil(x0 + static_cast<float>(bitmap.width) * scale)) - drawn.left;
        int const height = static_cast<int>(std::ceil(y0 + static_cast<float>(bitmap.rows) * scale)) - drawn.top;
        if (width <= 0 || height <= 0 || width > kMaxWidth || height > kMaxHeight)
            return drawn;
        drawn.width = width;
        drawn.height = height;

        constexpr auto kPhases = static_cast<std::size_t>(ui::kGlyphPhases);
        std::size_t const columns = static_cast<std::size_t>(width);
        pixels.assign(columns * static_cast<std::size_t>(height) * kPhases * 4, 0);
        auto const in_bitmap = [&](int at, float origin) { return (static_cast<float>(at) - origin) / scale; };
        for (int y = 0; y < height; ++y) {
            float const top = in_bitmap(drawn.top + y, y0);
            float const bottom = in_bitmap(drawn.top + y + 1, y0);
            for (int x = 0; x < width; ++x) {
                Colour const colour
                    = mean(bitmap, in_bitmap(drawn.left + x, x0), in_bitmap(drawn.left + x + 1, x0), top, bottom);
                if (colour.alpha <= 0)
                    continue;
                std::array const straight{byte(colour.red * 255 / colour.alpha),
                    byte(colour.green * 255 / colour.alpha), byte(colour.blue * 255 / colour.alpha),
                    byte(colour.alpha)};
                for (std::size_t phase = 0; phase < kPhases; ++phase) {
                    std::size_t const at = (static_cast<std::size_t>(y) * kPhases + phase) * columns;
                    std::ranges::copy(straight, &pixels[(at + static_cast<std::size_t>(x)) * 4]);
                }
            }
        }
        drawn.pixels = pixels;
        return drawn;
    }
};

FreeTypeGlyphs::FreeTypeGlyphs(std::unique_ptr<Faces> faces) : faces_(std::move(faces))
{
    source_.extent = [this](ui::Face face, float size) { return faces_->extent(face, size); };
    source_.draw = [this](ui::Face face, float size, ui::DrawnAs shown) { return faces_->draw(face, size, shown); };
}

FreeTypeGlyphs::~FreeTypeGlyphs() = default;

Result<std::unique_ptr<FreeTypeGlyphs>> FreeTypeGlyphs::open(FontFiles files)
{
    auto faces = std::make_unique<Faces>();
    if (FT_Init_FreeType(&faces->library) != 0)
        return Error{"FreeType can't be set up"};
    for (std::size_t i = 0; i < files.faces.size(); ++i) {
        OpenFont& font = faces->faces[i];
        font.file = std::move(files.faces[i]);
        if (faces->open(font) == nullptr || FT_IS_SCALABLE(font.face) == 0)
            return Error{font.file.path + ": not a font that can be drawn at any size"};
    }
    faces->emoji.file = std::move(files.emoji);
    for (FontFile& file : files.fallbacks)
        faces->fallbacks.push_back({.file = std::move(file)});
    return std::unique_ptr<FreeTypeGlyphs>(new FreeTypeGlyphs(std::move(faces)));
}

} // namespace pev::native
