// Fingers need room.
#include "tests/unit/ui/stories.h"
#include "ui/theme.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <initializer_list>
#include <string>

using namespace pev;
using namespace pev::test;
using ui::Role;

namespace {

bool is_control(Role role)
{
    return role == Role::Button || role == Role::Toggle || role == Role::Option || role == Role::SearchBox
        || role == Role::Link;
}

// What is scrolled half out of sight is not judged.
void check_targets(Headless const& screen, Locator const& scrolled)
{
    ui::Rect const list = screen.get(scrolled).rect;
    for (ui::SemanticNode const& node : screen.nodes()) {
        if (!is_control(node.role))
            continue;
        bool const cut = node.rect.y <= list.y || node.rect.y + node.rect.h >= list.y + list.h;
        bool const within = node.rect.y >= list.y;
        INFO(ui::role_word(node.role) << " '" << node.name << "': " << node.rect.w << " by " << node.rect.h);
        CHECK(node.rect.w >= ui::kTouchTarget);
        CHECK((node.rect.h >= ui::kTouchTarget || (within && cut)));
    }
}

Locator const kList = any(Role::Listbox);

} // namespace

TEST_CASE("everything that a finger can use is 40 px wide and high", "[ui][touch]")
{
    auto const width = GENERATE(320.0f, 420.0f, 700.0f);
    Headless screen{width, 900, live_run()};
    go_live(screen);
    screen.tap(heading("Execution timeline")); // from now on it is a finger
    check_targets(screen, kList);
    screen.tap(button("Filters"));
    screen.tap(toggle(containing("success")).within(region("Filters")));
    check_targets(screen, kList);
}

TEST_CASE("what floats over the list does not keep a thumb or a wheel from moving it, the panel of shortcuts does",
    "[ui][touch]")
{
    Headless wide{800, 600};
    wide.answer_with_file("live-run.final.json");
    auto const second = option("Research outlets");
    float const before = wide.get(second).rect.y;
    wide.wheel(button("Refresh"), {0, 20});
    CHECK(wide.get(second).rect.y == before - 20);
    wide.swipe(button("Refresh"), {0, -150});
    CHECK_FALSE(wide.sees(second));

    Headless covered{390, 600};
    covered.answer_with_file("live-run.final.json");
    float const top = covered.get(second).rect.y;
    covered.type("?");
    covered.wheel(heading("Steps"), {0, -20});
    covered.wheel(heading("Steps"), {0, 200});
    covered.press(ImGuiKey_Escape);
    CHECK(covered.get(second).rect.y == top);
}

TEST_CASE("a phone on its side keeps room for the list", "[ui][touch]")
{
    Headless screen{667, 375};
    screen.answer_with_file("live-run.final.json");
    CHECK(screen.get(kList).rect.h > 375.0f / 2);
    CHECK(screen.get(any(Role::ProgressBar)).value == "100%, 10 / 10 steps");
}

TEST_CASE("a small phone folds what the header says, and unfolds it", "[ui][touch]")
{
    Headless screen{320, 568};
    screen.environment.touch = true;
    screen.answer_with_file("live-run.final.json");
    CHECK(screen.get(kList).rect.h > 568.0f * 0.55f);
    CHECK_FALSE(screen.sees(text("10 completed")));
    screen.tap(button("More about the run"));
    CHECK(screen.sees(text("10 completed")));
    CHECK(screen.sees(button("Copy run id")));
    ui::Rect const fold = screen.get(button("Less about the run")).rect;
    CHECK(fold.w >= 40);
    CHECK(fold.h >= 40);
    screen.tap(button("Less about the run"));
    CHECK_FALSE(screen.sees(text("10 completed")));
}

TEST_CASE("up to 700 px there is one column, beyond there are two", "[ui][narrow]")
{
    for (float const width : {320.0f, 500.0f, 700.0f}) {
        Headless screen{width, 800};
        screen.answer_with_file("failed-run.json");
        CHECK_FALSE(screen.sees(region("Step inspector")));
    }
    Headless screen{701, 800};
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(region("Step inspector")));
}
