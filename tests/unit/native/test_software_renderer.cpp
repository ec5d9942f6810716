// Draws by Dear ImGui's own calls and looks at pixels.
#include "native/software_renderer.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/glyphs/glyph_texels.h"
#include "ui/imgui_setup.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <functional>
#include <vector>

using namespace pev;
using native::Picture;

namespace {

constexpr ImU32 kWhite = IM_COL32(255, 255, 255, 255);
constexpr ImU32 kRed = IM_COL32(255, 0, 0, 255);

// Glyphs of 2 by 2 pixels right on the baseline, with coverages that tell their four pictures apart.
class ToyGlyphs {
public:
    explicit ToyGlyphs(bool coloured = false)
    {
        source.extent = [](ui::Face, float size) { return ui::FontExtent{.ascent = size, .descent = 0}; };
        source.draw = [this, coloured](ui::Face, float, ui::DrawnAs) {
            pixels_.clear();
            for (int row = 0; row < 2; ++row) {
                for (int phase = 0; phase < ui::kGlyphPhases; ++phase) {
                    for (int column = 0; column < 2; ++column) {
                        auto const coverage = static_cast<unsigned char>(coloured ? 255 : 40 + 50 * phase);
                        for (int const channel : {255, coloured ? 0 : 255, coloured ? 0 : 255})
                            pixels_.push_back(static_cast<unsigned char>(channel));
                        pixels_.push_back(coverage);
                    }
                }
            }
            return ui::DrawnGlyph{.advance = 3, .left = 0, .top = -2, .width = 2, .height = 2, .pixels = pixels_};
        };
    }
    ui::GlyphSource source;

private:
    std::vector<unsigned char> pixels_;
};

Picture draw(std::function<void(ImDrawList&)> const& what, float density = 1, ToyGlyphs* glyphs = nullptr)
{
    ImGuiContext* const context = ui::make_context();
    native::set_up_software_renderer();
    ToyGlyphs some;
    ui::add_fonts(*ImGui::GetIO().Fonts, (glyphs != nullptr ? *glyphs : some).source);
    Picture picture;
    for (int frame = 0; frame < 2; ++frame) {
        ui::new_frame({16 / density, 16 / density}, density, 0.1f);
        what(*ImGui::GetBackgroundDrawList());
        ImGui::Render();
        native::accept_textures(*ImGui::GetDrawData());
        picture = native::draw_software(*ImGui::GetDrawData());
    }
    ImGui::DestroyContext(context);
    return picture;
}

std::array<int, 4> pixel(Picture const& picture, int x, int y)
{
    std::array<int, 4> channels{};
    for (std::size_t i = 0; i < 4; ++i)
        channels[i] = picture.rgba[static_cast<std::size_t>(y * picture.width + x) * 4 + i];
    return channels;
}

int red(Picture const& picture, int x, int y)
{
    return pixel(picture, x, y)[0];
}

ImFontGlyph const& glyph_of(char character, float size)
{
    return *ImGui::GetIO().Fonts->Fonts[0]->GetFontBaked(size)->FindGlyph(static_cast<ImWchar>(character));
}

void glyph_at(ImDrawList& list, ImVec2 at, float size, ImU32 colour)
{
    ImFontGlyph const& glyph = glyph_of('x', size);
    ImVec2 const extent{glyph.X1 - glyph.X0, glyph.Y1 - glyph.Y0};
    list.PrimReserve(6, 4);
    list.PrimRectUV(at, at + extent, {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1},
        glyph.Colored ? colour | ~IM_COL32_A_MASK : colour);
}

} // namespace

TEST_CASE("a rectangle covers exactly its pixels", "[native][picture]")
{
    Picture const picture = draw([](ImDrawList& list) { list.AddRectFilled({2, 3}, {5, 7}, kRed); });
    REQUIRE(picture.width == 16);
    REQUIRE(picture.height == 16);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            INFO(x << ", " << y);
            bool const inside = x >= 2 && x < 5 && y >= 3 && y < 7;
            CHECK(pixel(picture, x, y) == std::array{inside ? 255 : 0, 0, 0, 255});
        }
    }
}

TEST_CASE("triangles that share an edge share no pixel and leave none out", "[native][picture]")
{
    // A fan around a point: any pixel drawn twice would come out brighter than the others.
    auto const centre = GENERATE(ImVec2{8, 8}, ImVec2{7.3f, 8.6f}, ImVec2{8.5f, 8.5f}, ImVec2{3.25f, 12.75f});
    Picture const picture = draw([&](ImDrawList& list) {
        list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
        std::array const rim{ImVec2{0, 0}, ImVec2{9, 0}, ImVec2{16, 0}, ImVec2{16, 16}, ImVec2{5, 16}, ImVec2{0, 16}};
        for (std::size_t i = 0; i < rim.size(); ++i)
            list.AddTriangleFilled(centre, rim[i], rim[(i + 1) % rim.size()], IM_COL32(255, 255, 255, 100));
    });
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            INFO(x << ", " << y);
            CHECK(red(picture, x, y) == 100);
        }
    }
}

TEST_CASE("nothing is drawn outside of the clip rectangle or the picture", "[native][picture]")
{
    Picture const picture = draw([](ImDrawList& list) {
        list.PushClipRect({4, 4}, {6, 6});
        list.AddRectFilled({-1e9f, -50}, {1e9f, 50}, kWhite);
        list.PopClipRect();
    });
    CHECK(red(picture, 3, 4) == 0);
    CHECK(red(picture, 4, 4) == 255);
    CHECK(red(picture, 5, 5) == 255);
    CHECK(red(picture, 6, 5) == 0);
}

TEST_CASE("colours run from corner to corner", "[native][picture]")
{
    Picture const picture
        = draw([](ImDrawList& list) { list.AddRectFilledMultiColor({0, 0}, {16, 16}, 0, kWhite, kWhite, 0); });
    for (int x = 1; x < 16; ++x)
        CHECK(red(picture, x, 5) > red(picture, x - 1, 5));
    CHECK(red(picture, 0, 5) < 16);
    CHECK(red(picture, 15, 5) > 230);
}

TEST_CASE("a glyph stands on whole pixels, in the picture of the nearest quarter", "[native][picture]")
{
    struct Case {
        float x;
        int column;
        int phase;
    };
    auto const c = GENERATE(Case{4, 4, 0}, Case{4.1f, 4, 0}, Case{4.2f, 4, 1}, Case{4.5f, 4, 2}, Case{4.7f, 4, 3},
        Case{4.9f, 5, 0}, Case{-0.25f, -1, 3});
    INFO(c.x);
    Picture const picture = draw([&](ImDrawList& list) { glyph_at(list, {c.x, 7.4f}, 10, kWhite); });
    int lit = 0;
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            bool const inside = (x == c.column || x == c.column + 1) && (y == 7 || y == 8);
            lit += inside ? 1 : 0;
            CHECK((red(picture, x, y) != 0) == inside);
            if (inside)
                CHECK(std::abs(red(picture, x, y) - (40 + 50 * c.phase)) <= 1);
        }
    }
    CHECK(lit == (c.column < 0 ? 2 : 4));
}

TEST_CASE("glyphs are drawn at the picture's density", "[native][picture]")
{
    Picture const picture = draw([](ImDrawList& list) { glyph_at(list, {2, 2}, 10, kWhite); }, 2);
    CHECK(picture.width == 16);
    CHECK(red(picture, 4, 4) == 40); // its texels are device pixels
    CHECK(red(picture, 5, 5) == 40);
    CHECK(red(picture, 6, 4) == 0);
}

TEST_CASE("a coloured glyph keeps its colours and takes on the text's opacity", "[native][picture]")
{
    ToyGlyphs glyphs{true};
    Picture const picture
        = draw([](ImDrawList& list) { glyph_at(list, {4, 4}, 10, IM_COL32(0, 0, 255, 128)); }, 1, &glyphs);
    CHECK(pixel(picture, 4, 4) == std::array{128, 0, 0, 255});
}
