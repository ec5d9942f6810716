#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace pev;
using namespace pev::test;
using ui::Role;

namespace {

Locator const kList = any(Role::Listbox);

std::string many_steps(int count)
{
    std::string steps;
    for (int i = 0; i < count; ++i)
        steps += (i == 0 ? "" : ",") + step_of("step-" + std::to_string(i), "");
    return run_of(steps);
}

} // namespace

TEST_CASE("the timeline tells each step's name, state, attempt and duration, in order", "[ui][timeline]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.get(heading("Execution timeline")).value == "4 steps");
    CHECK(screen.get(any(Role::Option).nth(0)).name == "Load dataset");
    CHECK(screen.get(option("Load dataset")).value == "success, 0.8s");
    CHECK(screen.get(option("Enrich journalists")).value == "failed, Attempt 3/3, 3.4s");
    CHECK(screen.get(option("Build report")).value == "skipped");
}

TEST_CASE("parallel branches stand together, under what they wait for", "[ui][timeline]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    Locator const branches = group(containing("waits for Research outlets"));
    CHECK(screen.count(any(Role::Option).within(branches)) == 3);
    CHECK(screen.sees(option("Fact check claims").within(branches)));
    CHECK_FALSE(screen.sees(option("Pick the strongest angle").within(branches)));
}

TEST_CASE("a click selects a step, shows it, and puts it into the address", "[ui][timeline]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(option("Score outlets"));
    CHECK(screen.get(option("Score outlets")).states.selected);
    CHECK_FALSE(screen.get(option("Load dataset")).states.selected);
    CHECK(screen.sees(heading("Score outlets").within(region("Step inspector"))));
    CHECK(screen.address().find("step=score") != std::string::npos);
    Actions const actions = screen.take_actions();
    REQUIRE(actions.size() == 1);
    CHECK(std::get<SelectStep>(actions.front()).ref == "score");
}

TEST_CASE("the step that runs is the current one, and changes where it stands", "[ui][timeline]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    CHECK(screen.get(option("Research outlets")).value.starts_with("running"));
    send(screen, "step.completed", "research", R"({"status":"SUCCESS","result":{}})");
    CHECK(screen.get(option("Research outlets")).value.starts_with("success"));
}

TEST_CASE("keys walk a long list, and what they select comes into sight", "[ui][timeline]")
{
    Headless screen{1440, 500};
    screen.answer(200, many_steps(300));
    auto const selected_in_sight = [&](char const* name) {
        Locator const step = option(name);
        return screen.sees(step) && screen.get(step).states.selected;
    };
    CHECK(selected_in_sight("step-0"));
    screen.press(ImGuiKey_End);
    CHECK(selected_in_sight("step-299"));
    CHECK_FALSE(screen.sees(option("step-0")));
    screen.press(ImGuiKey_UpArrow);
    CHECK(selected_in_sight("step-298"));
    screen.press(ImGuiKey_PageUp);
    CHECK(screen.state().view.selected_step < "step-298");
    screen.press(ImGuiKey_Home);
    CHECK(selected_in_sight("step-0"));
    screen.press(ImGuiKey_UpArrow);
    CHECK(selected_in_sight("step-0"));
}

TEST_CASE("only what is in sight of a very long list is drawn", "[ui][timeline]")
{
    Headless screen{1440, 900};
    screen.answer(200, many_steps(2'000));
    CHECK(screen.count(Role::Option) < 40);
    screen.scroll_to(option("step-40"), kList);
    CHECK(screen.count(Role::Option) < 40);
}

TEST_CASE("more rows than may be measured at once take several frames, which don't count, and the list is as ever",
    "[ui][timeline]")
{
    Options options;
    options.step = "step-250";
    Headless screen{1440, 500, options};
    screen.environment.rows_at_once = 120;
    screen.answer(200, many_steps(300));
    CHECK(screen.get(option("step-250")).states.selected);
    float const height = screen.last_frame().wanted_height;

    ImGui::GetIO().DisplaySize.x = 1'300;
    CHECK(screen.frame().unfinished);
    CHECK_FALSE(screen.sees(option("step-250")));
    CHECK(screen.frame().unfinished);
    CHECK_FALSE(screen.frame().unfinished);
    CHECK(screen.sees(option("step-250")));
    CHECK(screen.last_frame().wanted_height == height);
    CHECK_FALSE(screen.frame().unfinished);
}

TEST_CASE("a dragged scrollbar moves the list", "[ui][timeline]")
{
    Headless screen{1440, 500};
    screen.answer(200, many_steps(300));
    ui::Rect const list = screen.get(kList).rect;
    // The thumb is at the top of the track, along the right edge.
    screen.drag(ImVec2{list.x + list.w - 6, list.y + 10}, {0, list.h});
    CHECK(screen.sees(option("step-299")));
}

TEST_CASE("steps with the same name are told apart", "[ui][timeline]")
{
    Headless screen{1440, 3'000};
    screen.answer_with_file("quirks-run.json");
    REQUIRE(screen.count(option("Same name")) == 2);
    screen.click(option("Same name").nth(1));
    CHECK(screen.state().view.selected_step == "dup-2");
    CHECK_FALSE(screen.get(option("Same name").nth(0)).states.selected);
    CHECK(screen.get(option("Same name").nth(1)).states.selected);
}

TEST_CASE("a run without steps says whether some may come", "[ui][timeline]")
{
    Headless over;
    over.answer(200, run_of(""));
    CHECK(over.sees(heading("This run had no steps")));
    CHECK(over.count(Role::Listbox) == 0);
    Headless running;
    running.answer(200, run_of("", "running"));
    CHECK(running.sees(heading("No steps yet")));
}
