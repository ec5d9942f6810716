#include "ui/glyphs/glyphs_ahead.h"

#include "ui/glyphs/glyph_loader.h"
#include "ui/glyphs/glyph_source.h"
#include "ui/glyphs/glyph_texels.h"
#include "ui/imgui_setup.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>
#include <utility>
#include <vector>

using namespace pev;

namespace {

constexpr float kDensity = 1.5f;
constexpr int kSide = 24; // of each glyph, pixels

class Page {
public:
    Page() : context_(ui::make_context())
    {
        ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
        fonts = ui::add_fonts(*ImGui::GetIO().Fonts, source_);
    }
    ~Page() { ImGui::DestroyContext(context_); }
    Page(Page const&) = delete;
    Page& operator=(Page const&) = delete;

    bool draw_next() { return ahead_.draw_next(*ImGui::GetIO().Fonts, fonts, kDensity); }

    ui::Fonts fonts;
    std::map<std::pair<ui::Face, float>, std::multiset<unsigned>> drawn; // by face and size in device pixels

private:
    ui::GlyphSource source_{
        .extent = [](ui::Face, float size) { return ui::FontExtent{.ascent = size, .descent = 0}; },
        .draw =
            [this](ui::Face face, float size, ui::DrawnAs shown) {
                drawn[{face, size}].insert(shown.code_point);
                static std::vector<unsigned char> const kPixels(
                    static_cast<std::size_t>(ui::kGlyphPhases * kSide * kSide * 4), 255);
                return ui::DrawnGlyph{
                    .advance = 7, .left = 0, .top = -kSide, .width = kSide, .height = kSide, .pixels = kPixels};
            },
    };
    ui::GlyphsAhead ahead_;
    ImGuiContext* context_;
};

} // namespace

TEST_CASE("glyphs are drawn ahead one by one, each once, and the first frame finds them", "[glyphs]")
{
    Page page;
    while (page.draw_next()) {}
    std::size_t glyphs = 0;
    for (auto const& [style, drawn] : page.drawn) {
        CHECK(std::set<unsigned>(drawn.begin(), drawn.end()).size() == drawn.size());
        glyphs += drawn.size();
    }
    CHECK(glyphs > 200);
    CHECK_FALSE(page.draw_next());

    std::pair const small{ui::Face::Regular, 12 * kDensity};
    std::pair const capitals{ui::Face::Semibold, 11 * kDensity};
    auto const before = page.drawn;
    ui::new_frame({400, 300}, kDensity, 1);
    CHECK(page.fonts.regular->GetFontBaked(12)->GetCharAdvance('e') > 0);
    CHECK(page.fonts.semibold->GetFontBaked(11)->GetCharAdvance('E') > 0);
    ImGui::EndFrame();
    CHECK(page.drawn.at(small) == before.at(small));
    CHECK(page.drawn.at(capitals) == before.at(capitals));
}

TEST_CASE("glyphs may be drawn ahead when there have been frames, in an atlas that grows for them", "[glyphs]")
{
    Page page;
    ImFontAtlas const& atlas = *ImGui::GetIO().Fonts;
    ui::new_frame({400, 300}, kDensity, 1);
    ImGui::EndFrame();
    int const before = atlas.TexData->Width * atlas.TexData->Height;
    while (page.draw_next()) {}
    CHECK(atlas.TexData->Width * atlas.TexData->Height > before);

    ui::new_frame({400, 300}, kDensity, 1);
    ImFontGlyph const& glyph = *page.fonts.regular->GetFontBaked(12)->FindGlyph('e');
    CHECK(glyph.Visible);
    CHECK(glyph.U1 - glyph.U0 == static_cast<float>(kSide) / static_cast<float>(atlas.TexData->Width));
    ImGui::EndFrame();
}
