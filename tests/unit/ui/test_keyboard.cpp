// Keys: what they do, where they are left alone, how the focus goes round.
#include "tests/unit/ui/headless.h"
#include "ui/shortcuts.h"
#include "wasm/input.h"
#include "wasm/keys.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace pev;
using namespace pev::test;
using ui::Role;

TEST_CASE(
    "a question mark shows the shortcuts, Escape takes them away, and nothing below reacts meanwhile", "[ui][keys]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.press(ImGuiKey_Home);
    auto const panel = Locator{Role::Dialog, "Keyboard shortcuts"};
    screen.type("?");
    CHECK(screen.sees(panel));
    CHECK(screen.sees(definition("The next failed step").within(panel)));
    CHECK(screen.sees(definition("Follow the run again").within(panel)));
    screen.press(ImGuiKey_DownArrow);
    screen.press(ImGuiKey_F);
    screen.press(ImGuiKey_U);
    CHECK(screen.state().view.selected_step == "load");
    CHECK(screen.state().view.time_zone == TimeZoneChoice::Local);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(panel));
    screen.press(ImGuiKey_F);
    CHECK(screen.state().view.selected_step == "enrich");

    screen.click(button("Keyboard shortcuts"));
    CHECK(screen.sees(panel));
    screen.press(ImGuiKey_Tab); // to the only thing that can be reached
    screen.press(ImGuiKey_Enter);
    CHECK_FALSE(screen.sees(panel));
}

TEST_CASE("the panel of shortcuts fits a small screen", "[ui][keys]")
{
    Headless screen{320, 480};
    screen.answer_with_file("failed-run.json");
    screen.type("?");
    auto const rect = screen.get(Locator{Role::Dialog, "Keyboard shortcuts"}).rect;
    CHECK(rect.x >= 0);
    CHECK(rect.y >= 0);
    CHECK(rect.x + rect.w <= 320);
    CHECK(rect.y + rect.h <= 480);
    CHECK(screen.sees(button("Close")));
}

TEST_CASE("what is typed into the search is no shortcut", "[ui][keys]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.type("/");
    screen.type("f?tu");
    CHECK(screen.state().view.filter.search == "f?tu");
    CHECK(screen.state().view.selected_step == "enrich"); // as before
    CHECK(screen.state().view.time_zone == TimeZoneChoice::Local);
    CHECK(screen.count(Role::Dialog) == 0);
}

TEST_CASE("letters switch theme, zone and updates", "[ui][keys]")
{
    Headless screen;
    screen.answer_with_file("live-run.initial.json");
    screen.open_stream();
    screen.press(ImGuiKey_U);
    CHECK(screen.state().view.time_zone == TimeZoneChoice::Utc);
    screen.press(ImGuiKey_P);
    CHECK(screen.state().mode() == Mode::Paused);
    screen.press(ImGuiKey_P);
    CHECK(screen.state().mode() != Mode::Paused);
    screen.press(ImGuiKey_T);
    CHECK(screen.state().view.theme == ThemeChoice::Dark);
}

TEST_CASE("Enter leads from the list into the step, Escape back", "[ui][keys]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    auto const list = Locator{Role::Listbox, "Execution timeline"};
    screen.press(ImGuiKey_DownArrow);
    CHECK(screen.get(list).states.focused);
    screen.press(ImGuiKey_Enter);
    CHECK_FALSE(screen.get(list).states.focused);
    auto const inspector = screen.get(region("Step inspector")).rect;
    std::size_t focused = 0;
    for (ui::SemanticNode const& node : screen.nodes()) {
        if (!node.states.focused)
            continue;
        ++focused;
        CHECK(node.rect.x >= inspector.x);
    }
    CHECK(focused == 1);
    screen.press(ImGuiKey_Escape);
    CHECK(screen.get(list).states.focused);
}

TEST_CASE("Tab reaches every button, toggle and field on screen", "[ui][keys]")
{
    Headless screen;
    screen.answer_with_file("live-run.initial.json");
    screen.open_stream();
    std::set<std::string> wanted;
    for (ui::SemanticNode const& node : screen.nodes()) {
        if (node.role == Role::Button || node.role == Role::Toggle || node.role == Role::SearchBox)
            wanted.insert(node.name);
    }
    std::set<std::string> reached;
    for (int i = 0; i < 100; ++i) {
        screen.press(ImGuiKey_Tab);
        for (ui::SemanticNode const& node : screen.nodes()) {
            if (node.states.focused)
                reached.insert(node.name);
        }
    }
    for (std::string const& name : wanted) {
        INFO(name);
        CHECK(reached.contains(name));
    }
}

TEST_CASE("keys that do nothing in the viewer are left to the browser", "[wasm][keys]")
{
    using wasm::KeyUse;
    wasm::Modifiers const none{};
    wasm::Modifiers const ctrl{.ctrl = true};
    wasm::Modifiers const alt{.alt = true};
    auto const use = [](ImGuiKey key, std::string_view text, wasm::Modifiers modifiers, bool typing) {
        return wasm::use_of(key, text, modifiers, {.typing = typing});
    };
    CHECK(use(ImGuiKey_F, "f", none, false) == KeyUse::Types);
    CHECK(use(ImGuiKey_F, "F", {.shift = true}, false) == KeyUse::Types);
    CHECK(use(ImGuiKey_F, "а", none, false) == KeyUse::Types); // the same key on a Cyrillic keyboard
    CHECK(use(ImGuiKey_Slash, "/", none, false) == KeyUse::Types);
    CHECK(use(ImGuiKey_None, "?", none, false) == KeyUse::Types);
    CHECK(use(ImGuiKey_DownArrow, "ArrowDown", none, false) == KeyUse::Viewer);
    CHECK(use(ImGuiKey_Enter, "Enter", none, false) == KeyUse::Viewer);
    CHECK(use(ImGuiKey_Escape, "Escape", none, false) == KeyUse::Shared);

    CHECK(use(ImGuiKey_None, "'", none, false) == KeyUse::Browser); // Firefox finds as you type
    CHECK(use(ImGuiKey_G, "g", none, false) == KeyUse::Browser);
    CHECK(use(ImGuiKey_Backspace, "Backspace", none, false) == KeyUse::Browser);
    CHECK(use(ImGuiKey_F, "f", ctrl, false) == KeyUse::Browser);
    CHECK(use(ImGuiKey_R, "r", ctrl, false) == KeyUse::Browser);
    CHECK(use(ImGuiKey_LeftArrow, "ArrowLeft", alt, false) == KeyUse::Browser);
    CHECK(use(ImGuiKey_None, "F5", none, false) == KeyUse::Browser);

    CHECK(use(ImGuiKey_G, "g", none, true) == KeyUse::Types);
    CHECK(use(ImGuiKey_Backspace, "Backspace", none, true) == KeyUse::Viewer);
    CHECK(use(ImGuiKey_None, "ф", none, true) == KeyUse::Types);
}
