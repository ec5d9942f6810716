#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kToolbar = region("Search and filters");
Locator const kSearch = any(Role::SearchBox);

} // namespace

TEST_CASE("chips name the states and types of the run, with their counts", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    for (char const* const chip : {"success 10", "AGENT 5", "DATA 2", "BRANCH 1", "API 2"})
        CHECK(screen.sees(toggle(chip).within(kToolbar)));
    CHECK_FALSE(screen.sees(toggle(containing("failed")).within(kToolbar)));
}

TEST_CASE("a chip filters the list and goes into the address, and again: it does not", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(toggle("failed 1"));
    CHECK(screen.get(toggle("failed 1")).states.pressed);
    CHECK(screen.count(Role::Option) == 1);
    CHECK(screen.sees(option("Enrich journalists")));
    CHECK(screen.address().find("state=failed") != std::string::npos);
    screen.click(toggle("failed 1"));
    CHECK_FALSE(screen.get(toggle("failed 1")).states.pressed);
    CHECK(screen.count(Role::Option) == 4);
    CHECK(screen.address().find("state=") == std::string::npos);
}

TEST_CASE("chips of one kind add up, of two kinds narrow down", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(toggle("failed 1"));
    screen.click(toggle("success 1"));
    CHECK(screen.count(Role::Option) == 2);
    screen.click(toggle("DATA 2"));
    CHECK(screen.count(Role::Option) == 1);
    CHECK(screen.sees(option("Load dataset")));
}

TEST_CASE("the search finds steps by name, log and output, and is cleared with the filters", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    screen.click(kSearch);
    CHECK(screen.get(kSearch).states.focused);
    screen.type("14 claims");
    CHECK(screen.get(kSearch).value == "14 claims");
    CHECK(screen.sees(option("Load campaign brief")));
    CHECK_FALSE(screen.sees(option("Write the pitch")));
    CHECK(screen.address().find("q=") != std::string::npos);
    screen.press(ImGuiKey_Escape);
    screen.click(button("Clear filters"));
    CHECK(screen.get(kSearch).value.empty());
    CHECK(screen.sees(option("Write the pitch")));
}

TEST_CASE("text in any script can be searched for, and deleted again", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("quirks-run.json");
    std::size_t const all = screen.count(Role::Option);
    screen.type("/");
    screen.type("שלב");
    CHECK(screen.get(kSearch).value == "שלב");
    CHECK(screen.count(Role::Option) == 1);
    for (int i = 0; i < 3; ++i)
        screen.press(ImGuiKey_Backspace);
    CHECK(screen.get(kSearch).value.empty());
    CHECK(screen.count(Role::Option) == all);
}

TEST_CASE("what an input method composes is seen at the caret, and is no text before it ends", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("quirks-run.json");
    std::size_t const all = screen.count(Role::Option);
    screen.type("/");
    screen.type("qz");
    screen.press(ImGuiKey_LeftArrow);
    screen.compose("しゃ");
    Locator const composed = Locator{Role::Text, "しゃ"}.within(kToolbar);
    REQUIRE(screen.sees(composed));
    ui::Rect const field = screen.get(kSearch).rect;
    ui::Rect const place = screen.get(composed).rect;
    CHECK(place.x > field.x + 12); // behind the "q"
    CHECK(place.x + place.w < field.x + field.w);
    CHECK(place.y > field.y);
    CHECK(place.w > 10);
    CHECK(screen.get(kSearch).value == "qz");
    screen.compose("社");
    CHECK_FALSE(screen.sees(composed));
    CHECK(screen.count(Role::Option) == 0); // of "qz"
    screen.compose("");
    screen.type("社");
    CHECK(screen.get(kSearch).value == "q社z");
    CHECK_FALSE(screen.sees(Locator{Role::Text, "社"}.within(kToolbar)));
    CHECK(all > 0);
}

TEST_CASE("a long composition keeps its caret in the field", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("quirks-run.json");
    screen.type("/");
    screen.type("needle in a haystack of many words ");
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += "に";
    screen.compose(text);
    ui::Rect const field = screen.get(kSearch).rect;
    ui::Rect const place = screen.get(Locator{Role::Text, text}.within(kToolbar)).rect;
    CHECK(place.x >= field.x);
    CHECK(place.x + place.w <= field.x + field.w);
    CHECK(place.w > field.w / 2);
}

TEST_CASE("what nothing matches is said, with a way out", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.type("/");
    screen.type("no such words");
    CHECK(screen.count(Role::Option) == 0);
    CHECK(screen.sees(status("No step matches the filters")));
    screen.press(ImGuiKey_Escape);
    screen.click(button("Clear filters").within(any(Role::Listbox)));
    CHECK(screen.count(Role::Option) == 4);
}

TEST_CASE("keys that are typed into the search do not move the list", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(kSearch);
    screen.press(ImGuiKey_DownArrow);
    screen.press(ImGuiKey_End);
    CHECK(screen.state().view.selected_step == "enrich"); // the one that failed, as before
}

TEST_CASE("times are shown in the reader's zone or in UTC", "[ui][toolbar]")
{
    Headless screen;
    screen.environment.local_offset = [](Instant) { return std::chrono::minutes{330}; };
    screen.answer_with_file("failed-run.json");
    Locator const header = any(Role::Banner);
    CHECK(screen.definition_of("Started", header) == "19:33:11");
    screen.click(button("Local times: show UTC"));
    CHECK(screen.definition_of("Started", header) == "14:03:11");
    CHECK(screen.address().find("tz=utc") != std::string::npos);
    screen.click(button("Times in UTC: show local times"));
    CHECK(screen.definition_of("Started", header) == "19:33:11");
}

TEST_CASE("the theme follows the system, unless the reader wants the other one", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK_FALSE(screen.frame().dark);
    screen.environment.system_prefers_dark = true;
    CHECK(screen.frame().dark);
    screen.settle();
    screen.click(button("Light theme"));
    CHECK_FALSE(screen.frame().dark);
    CHECK(screen.address().find("theme=light") != std::string::npos);
    screen.environment.system_prefers_dark = false;
    CHECK_FALSE(screen.frame().dark);
    screen.environment.system_prefers_dark = true;
    screen.settle();
    screen.click(button("Dark theme")); // what the system wants: it is followed again
    CHECK(screen.frame().dark);
    CHECK(screen.address().find("theme=") == std::string::npos);
    screen.environment.system_prefers_dark = false;
    CHECK_FALSE(screen.frame().dark);
}

TEST_CASE("where the chips have no room they are behind a button, and those that are on stay in sight", "[ui][toolbar]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    CHECK(screen.count(any(Role::Toggle).within(kToolbar)) == 0);
    screen.click(button("Filters"));
    Locator const panel = region("Filters");
    CHECK(screen.sees(panel));
    screen.click(toggle("failed 1").within(panel));
    CHECK(screen.count(Role::Option) == 1);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(panel));
    CHECK(screen.sees(toggle("failed 1").within(kToolbar)));
    CHECK(screen.sees(button("Filters · 1")));

    screen.click(button("Filters · 1"));
    screen.click(button("Clear filters").within(panel));
    CHECK(screen.count(Role::Option) == 4);
    screen.click(kSearch); // elsewhere
    CHECK_FALSE(screen.sees(panel));
}

TEST_CASE(
    "the reader can ask to be told of the end, where that is possible and there is an end to come", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("live-run.initial.json");
    CHECK_FALSE(screen.sees(button("Notify when the run ends")));
    screen.environment.can_notify = true;
    screen.settle();
    screen.click(button("Notify when the run ends"));
    Actions const actions = screen.take_actions();
    REQUIRE(actions.size() == 1);
    CHECK(std::get<SetNotify>(actions.front()).wanted);
    CHECK(screen.sees(button("Notify when the run ends"))); // nobody has allowed it yet
    screen.session().arrive(NotifyAnswer{true}, screen.now());
    screen.settle();
    screen.click(button("Notifies when the run ends: switch off"));
    CHECK(screen.sees(button("Notify when the run ends")));
    screen.session().act(Refresh{}, screen.now());
    screen.answer_with_file("live-run.final.json");
    CHECK_FALSE(screen.sees(button("Notify when the run ends")));
}

TEST_CASE("a step that is filtered out stays to be read, and says so, with a way back", "[ui][toolbar]")
{
    Locator const inspector = region("Step inspector");
    Locator const notice = status("Not among the filtered steps").within(inspector);
    for (float const width : {1440.0f, 420.0f}) {
        INFO(width);
        Options options;
        options.step = "enrich"; // opened
        options.states = {"failed"};
        Headless screen{width, 900, options};
        screen.answer_with_file("failed-run.json");
        CHECK_FALSE(screen.sees(notice));
        screen.session().act(ToggleStateFilter{state_of(ExecutionState::Failed)}, screen.now());
        screen.session().act(ToggleStateFilter{state_of(ExecutionState::Skipped)}, screen.now());
        screen.settle();
        CHECK(screen.sees(heading("Enrich journalists").within(inspector)));
        CHECK(screen.sees(notice));
        screen.click(button("Show in the list"));
        CHECK_FALSE(screen.sees(notice));
        CHECK_FALSE(screen.state().view.filter.active());
    }
}

TEST_CASE("a step that was filtered out is scrolled to when it is back in the list", "[ui][toolbar]")
{
    std::string steps;
    for (int i = 0; i < 100; ++i)
        steps += (i == 0 ? "" : ",") + step_of("step-" + std::to_string(i), "", i < 50 ? "success" : "failed");
    Headless screen{1440, 600};
    screen.answer(200, run_of(steps));
    screen.press(ImGuiKey_End);
    REQUIRE(screen.state().view.selected_step == "step-99");
    screen.click(toggle("success 50"));
    CHECK(screen.count(option("step-99")) == 0);
    screen.click(button("Show in the list"));
    CHECK(screen.get(option("step-99")).states.selected);
}

TEST_CASE("Enter leads from the search to the list", "[ui][toolbar]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.type("/");
    screen.type("outlets");
    screen.press(ImGuiKey_Enter);
    CHECK_FALSE(screen.get(kSearch).states.focused);
    CHECK(screen.state().view.filter.search == "outlets");
    screen.press(ImGuiKey_DownArrow);
    CHECK(screen.state().view.selected_step == "score");
    screen.type("t"); // a shortcut again
    CHECK(screen.state().view.filter.search == "outlets");
}
