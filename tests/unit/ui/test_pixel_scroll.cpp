#include "ui/pixel_scroll.h"

#include "tests/unit/support/builders.h"
#include "tests/unit/support/plain_glyphs.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace std::chrono_literals;
using test::at;

namespace {

// A list of 1000 pixels in a panel of 600, in a window of 300 pixels' height.
class Page {
public:
    Page()
    {
        ImGuiIO& io = ImGui::GetIO();
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
        ui::add_fonts(*io.Fonts, test::plain_glyphs());
        for (int i = 0; i < 3; ++i)
            frame();
    }
    ~Page() { ImGui::DestroyContext(context_); }
    Page(Page const&) = delete;
    Page& operator=(Page const&) = delete;

    void point_at(float x, float y)
    {
        ImGui::GetIO().AddMousePosEvent(x, y);
        frame();
    }
    void wheel(ImVec2 by)
    {
        scroll.add(by);
        frame();
        frame(); // Dear ImGui scrolls one frame later
    }
    void frame()
    {
        ui::new_frame({400, 300}, 1, 1.0f / 60);
        scroll.apply(now);
        draw();
        ImGui::EndFrame();
    }

    ui::PixelScroll scroll;
    Instant now = at(0);
    float list_y = 0; // how far the list is scrolled
    float list_x = 0;
    float panel_y = 0;

private:
    void draw()
    {
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize({400, 300});
        ImGui::SetNextWindowContentSize({400, 600});
        ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        panel_y = ImGui::GetScrollY();
        ImGui::SetNextWindowContentSize({500, 1'000});
        ImGui::BeginChild("list", {200, 200}, ImGuiChildFlags_None, ImGuiWindowFlags_NoScrollbar);
        list_y = ImGui::GetScrollY();
        list_x = ImGui::GetScrollX();
        ImGui::EndChild();
        ImGui::End();
        ImGui::PopStyleVar();
    }

    ImGuiContext* context_ = ui::make_context();
};

} // namespace

TEST_CASE("the wheel moves what is under the pointer by CSS pixels", "[scroll]")
{
    Page page;
    page.point_at(100, 100);
    page.wheel({0, 37});
    CHECK(page.list_y == 37);
    CHECK(page.panel_y == 0);
    page.wheel({25, 0});
    CHECK(page.list_x == 25);
    page.wheel({0, -10});
    CHECK(page.list_y == 27);
}

TEST_CASE("parts of pixels add up", "[scroll]")
{
    Page page;
    page.point_at(100, 100);
    for (int i = 0; i < 4; ++i)
        page.wheel({0, 0.25f});
    CHECK(page.list_y == 1);
}

TEST_CASE("outside of the list its panel moves", "[scroll]")
{
    Page page;
    page.point_at(300, 100);
    page.wheel({0, 50});
    CHECK(page.list_y == 0);
    CHECK(page.panel_y == 50);
}

TEST_CASE("one movement of the wheel stays with its panel, the next goes on where the list has ended", "[scroll]")
{
    Page page;
    page.point_at(100, 50);
    page.wheel({0, 5'000});
    CHECK(page.list_y == 800);
    page.now += 100ms;
    page.wheel({0, 50});
    CHECK(page.panel_y == 0);
    page.now += 1s;
    page.wheel({0, 50});
    CHECK(page.panel_y == 50);
}

TEST_CASE("a pointer that moved on begins a new movement", "[scroll]")
{
    Page page;
    page.point_at(100, 100);
    page.wheel({0, 20});
    page.point_at(300, 100);
    page.wheel({0, 30});
    CHECK(page.list_y == 20);
    CHECK(page.panel_y == 30);
}

TEST_CASE("where nothing can be scrolled nothing happens", "[scroll]")
{
    Page page;
    page.point_at(100, 100);
    page.wheel({0, -50});
    page.now += 1s;
    page.wheel({-50, 0});
    CHECK(page.list_y == 0);
    CHECK(page.list_x == 0);
    CHECK(page.panel_y == 0);
    page.point_at(-50, -50);
    page.wheel({0, 50});
    CHECK(page.list_y == 0);
    CHECK(page.panel_y == 0);
}

TEST_CASE("a wheel that moves nothing here is for the page around", "[scroll]")
{
    Page page;
    ImVec2 const pointer{100, 50};
    CHECK(ui::anything_scrolls());
    CHECK(page.scroll.takes({0, 10}, pointer, page.now));
    CHECK_FALSE(page.scroll.takes({0, -10}, pointer, page.now)); // list and panel are at their tops
    CHECK_FALSE(page.scroll.takes({-10, 0}, pointer, page.now));
    CHECK(page.scroll.takes({10, -10}, pointer, page.now)); // the one way is enough
    CHECK_FALSE(page.scroll.takes({0, 0}, pointer, page.now));
    CHECK_FALSE(page.scroll.takes({0, 10}, {900, 900}, page.now));

    page.point_at(pointer.x, pointer.y);
    page.wheel({0, 5'000});
    page.now += 1s;
    page.wheel({0, 5'000});
    CHECK(page.scroll.takes({0, 10}, pointer, page.now)); // the movement that reached the end
    page.now += 1s;
    CHECK_FALSE(page.scroll.takes({0, 10}, pointer, page.now));
    CHECK(page.scroll.takes({0, -10}, pointer, page.now));
}
