#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kPanel{Role::Dialog, "Diagnostics"};

} // namespace

TEST_CASE("a click on the mode badge opens the diagnostics, and they can be copied", "[ui][diagnostics]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    CHECK_FALSE(screen.sees(kPanel));
    screen.click(status("LIVE").within(any(Role::Banner)));
    REQUIRE(screen.sees(kPanel));
    CHECK(screen.definition_of("Run", kPanel) == kLiveRun);
    CHECK(screen.definition_of("Connection", kPanel) == "Live");
    CHECK(screen.definition_of("Applied", kPanel) == "0");
    send_log(screen, "research", "hello");
    CHECK(screen.definition_of("Applied", kPanel) == "1");
    screen.click(button("Copy diagnostics"));
    CHECK(screen.clipboard().find("Live: the stream is open") != std::string::npos);
    screen.click(button("Close"));
    CHECK_FALSE(screen.sees(kPanel));
}

TEST_CASE("the diagnostics open and close by the keyboard, which stays in them meanwhile", "[ui][diagnostics]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    for (int i = 0; i < 100 && !screen.get(button("Diagnostics")).states.focused; ++i)
        screen.press(ImGuiKey_Tab);
    screen.press(ImGuiKey_Enter);
    REQUIRE(screen.sees(kPanel));
    std::string const selected = screen.state().view.selected_step;
    screen.press(ImGuiKey_DownArrow); // is not for the list below
    CHECK(screen.state().view.selected_step == selected);
    CHECK(screen.get(button("Close")).states.focused);
    screen.press(ImGuiKey_Tab);
    CHECK(screen.get(button("Copy diagnostics")).states.focused);
    screen.press(ImGuiKey_Tab);
    CHECK(screen.get(button("Close")).states.focused);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(kPanel));
    CHECK(screen.get(button("Diagnostics")).states.focused);
}

TEST_CASE("a phone's screen holds the diagnostics, scrolled where they are long", "[ui][diagnostics]")
{
    Headless screen{420, 480, live_run()};
    go_live(screen);
    screen.tap(button("Diagnostics"));
    REQUIRE(screen.sees(kPanel));
    Locator const errors = heading("Errors").within(kPanel);
    CHECK_FALSE(screen.sees(errors));
    screen.scroll_to(errors, kPanel);
    CHECK(screen.sees(errors));
    screen.tap(button("Close"));
    CHECK_FALSE(screen.sees(kPanel));
}

TEST_CASE("a click beside the diagnostics closes them and does nothing else", "[ui][diagnostics]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(button("Diagnostics"));
    screen.take_actions();
    screen.click(option("Research outlets"));
    CHECK_FALSE(screen.sees(kPanel));
    CHECK(screen.take_actions().size() == 1);
}

TEST_CASE("where no run could be loaded the diagnostics tell why", "[ui][diagnostics]")
{
    Headless screen;
    screen.answer(500, "{}");
    screen.click(button("Diagnostics"));
    screen.scroll_to(definition(containing("The server has a problem")).within(kPanel), kPanel);
}

TEST_CASE(
    "values in the diagnostics are selected and copied, and Escape closes one thing at a time", "[ui][diagnostics]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(button("Diagnostics"));
    ui::Rect const value = screen.get(any(Role::Definition).within(kPanel).nth(0)).rect;
    std::string const words = screen.get(any(Role::Definition).within(kPanel).nth(0)).name;
    screen.click_at({value.x + 3, value.y + 9}, 3);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == words);
    screen.right_click(any(Role::Definition).within(kPanel).nth(0));
    CHECK(screen.sees(menu_item("Copy")));
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(menu_item("Copy")));
    CHECK(screen.sees(kPanel));
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(kPanel));
}
