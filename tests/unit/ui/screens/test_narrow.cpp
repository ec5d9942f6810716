#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using ui::Role;

namespace {

Locator const kInspector = region("Step inspector");

} // namespace

TEST_CASE("one column: a tap opens a step, and back there is the list again", "[ui][narrow]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    CHECK_FALSE(screen.sees(kInspector));
    screen.tap(option("Enrich journalists"));
    CHECK(screen.sees(heading("Enrich journalists").within(kInspector)));
    CHECK(screen.count(Role::Option) == 0);
    screen.tap(button("All steps"));
    CHECK_FALSE(screen.sees(kInspector));
    CHECK(screen.get(option("Enrich journalists")).states.selected);
}

TEST_CASE("one column by keys: Enter opens the selected step, Escape leads back", "[ui][narrow]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    CHECK_FALSE(screen.sees(kInspector));
    screen.press(ImGuiKey_Enter);
    CHECK(screen.sees(heading("Enrich journalists").within(kInspector)));
    screen.press(ImGuiKey_Escape);
    CHECK(screen.count(Role::Option) == 4);
}

TEST_CASE("the way to the failed step leads to the step in one column too", "[ui][narrow]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    screen.tap(button("Go to failed step"));
    CHECK(screen.sees(heading("Enrich journalists").within(kInspector)));
}

TEST_CASE("a window that changes its width changes the layout, and keeps the selection", "[ui][narrow]")
{
    Headless screen{1440, 900};
    screen.answer_with_file("failed-run.json");
    screen.click(option("Score outlets"));
    screen.resize(420, 900);
    screen.resize(1440, 900);
    CHECK(screen.get(option("Score outlets")).states.selected);
    CHECK(screen.sees(heading("Score outlets").within(kInspector)));
    CHECK(screen.count(Role::Option) == 4);
}

TEST_CASE("a finger scrolls the list, and selects nothing by it", "[ui][narrow][touch]")
{
    Headless screen{420, 600};
    screen.answer_with_file("live-run.final.json");
    std::string const before = screen.state().view.selected_step;
    CHECK_FALSE(screen.sees(option("Send to newsroom API")));
    for (int i = 0; i < 10 && !screen.sees(option("Send to newsroom API")); ++i)
        screen.swipe(any(Role::Listbox), {0, -150});
    CHECK(screen.sees(option("Send to newsroom API")));
    CHECK(screen.state().view.selected_step == before);
    CHECK_FALSE(screen.sees(kInspector));
}

TEST_CASE("what is on screen does not depend on its density", "[ui]")
{
    Headless screen{1440, 900};
    screen.answer_with_file("live-run.final.json");
    std::string const before = screen.dump();
    for (float const density : {1.25f, 2.0f, 3.0f}) {
        screen.set_density(density);
        CHECK(screen.dump() == before);
    }
}
