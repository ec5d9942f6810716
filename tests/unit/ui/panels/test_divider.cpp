// The line between list and inspector, by mouse, finger and keys; and what both have room for at every width.
#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace pev;
using namespace pev::test;
using ui::Role;

namespace {

Locator const kDivider = any(Role::Separator);
Locator const kList = any(Role::Listbox);
Locator const kInspector = region("Step inspector");

float list_width(Headless const& screen)
{
    return screen.get(kList).rect.w;
}

// The pixels right of the list's edge, in the middle of its height.
ImVec2 edge(Headless const& screen)
{
    ui::Rect const list = screen.get(kList).rect;
    return {list.x + list.w, list.y + list.h / 2};
}

void focus_divider(Headless& screen)
{
    for (int i = 0; i < 60 && !screen.get(kDivider).states.focused; ++i)
        screen.press(ImGuiKey_Tab);
    REQUIRE(screen.get(kDivider).states.focused);
}

} // namespace

TEST_CASE("the list is as wide as it is dragged, and the inspector has the rest", "[ui][divider]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    float const usual = list_width(screen);
    CHECK(usual == 420);
    screen.drag(edge(screen), {150, 40});
    CHECK(list_width(screen) == usual + 150);
    CHECK(screen.get(kInspector).rect.x == usual + 150);
    CHECK(screen.get(kInspector).rect.w == 1440 - usual - 150);
    CHECK(screen.get(kDivider).value == "570 px");
    CHECK(screen.state().view.list_width == 570);
    CHECK(screen.count(Role::Option) > 0);
}

TEST_CASE("a width is kept when the divider is let go, not at each pixel of the way", "[ui][divider]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.drag(edge(screen), {-60, 0});
    auto const stored = effects_of<StorePreferences>(screen.platform().effects);
    REQUIRE(stored.size() == 1);
    CHECK(stored.front().text.find("list=360") != std::string::npos);
    screen.click_at(edge(screen)); // moves nothing
    CHECK(effects_of<StorePreferences>(screen.platform().effects).size() == 1);
}

TEST_CASE("a finger drags the divider, and scrolls nothing by it", "[ui][divider][touch]")
{
    Headless screen{900, 1100};
    screen.answer_with_file("failed-run.json");
    screen.tap(heading("Execution timeline"));
    float const usual = list_width(screen);
    screen.swipe(kDivider, {90, 0});
    CHECK(std::abs(list_width(screen) - usual - 90) <= 2);
}

TEST_CASE("a double click gives back the usual width", "[ui][divider]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.drag(edge(screen), {200, 0});
    REQUIRE(list_width(screen) == 620);
    screen.click_at(edge(screen), 2);
    CHECK(list_width(screen) == 420);
    CHECK(screen.state().view.list_width == 0);
    screen.resize(2000, 900);
    CHECK(list_width(screen) == 583); // the usual one of this width
}

TEST_CASE("the divider is moved by keys once it has the focus", "[ui][divider][keyboard]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    focus_divider(screen);
    CHECK(screen.get(kDivider).name == "Width of the list");
    screen.press(ImGuiKey_RightArrow);
    CHECK(list_width(screen) == 436);
    screen.press(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    CHECK(list_width(screen) == 340);
    screen.press(ImGuiKey_Home);
    CHECK(screen.get(kDivider).value == "280 px");
    screen.press(ImGuiKey_LeftArrow);
    CHECK(list_width(screen) == 280);
    screen.press(ImGuiKey_End);
    CHECK(screen.get(kInspector).rect.w == 320);
    screen.press(ImGuiKey_Enter);
    CHECK(list_width(screen) == 420);
    CHECK(screen.state().view.selected_step == "enrich"); // the list has heard nothing of these keys
}

TEST_CASE("Enter leads from the list into the step, past the divider", "[ui][divider][keyboard]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.press(ImGuiKey_DownArrow);
    screen.press(ImGuiKey_Enter);
    CHECK_FALSE(screen.get(kDivider).states.focused);
    CHECK(screen.count(any(Role::Listbox)) == 1);
    CHECK_FALSE(screen.get(kList).states.focused);
}

TEST_CASE("the cursor tells what can be dragged", "[ui][divider]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.hover(kDivider);
    CHECK(screen.last_frame().cursor == ui::FrameResult::Cursor::ResizeX);
    screen.hover(heading("Execution timeline"));
    CHECK(screen.last_frame().cursor != ui::FrameResult::Cursor::ResizeX);
}

TEST_CASE("a width that was kept holds in the next visit, as far as there is room for both", "[ui][divider]")
{
    for (float const width : {701.0f, 768.0f, 1024.0f, 1440.0f, 2560.0f, 3840.0f}) {
        for (int const kept : {0, 1, 500, 1'200, 9'999}) {
            INFO(width << ", kept " << kept);
            Headless screen{width, 900};
            screen.session().act(SetListWidth{kept}, screen.now());
            screen.answer_with_file("live-run.final.json");
            CHECK(list_width(screen) >= 280);
            CHECK(screen.get(kInspector).rect.w >= 320);
            if (kept == 500 && width >= 1024)
                CHECK(list_width(screen) == 500);
        }
    }
}

TEST_CASE("one column has no divider", "[ui][divider][narrow]")
{
    Headless screen{700, 900};
    screen.answer_with_file("failed-run.json");
    CHECK_FALSE(screen.sees(kDivider));
    screen.resize(701, 900);
    CHECK(screen.sees(kDivider));
}
