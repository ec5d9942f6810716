#include "tests/unit/support/recordings.h"
#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kHeader = any(Role::Banner);
Locator const kExport = button("Export the run");

// The one that was saved, as soon as it is there.
SaveFile saved_file(Headless& screen)
{
    screen.wait(1s);
    auto const files = effects_of<SaveFile>(screen.platform().effects);
    REQUIRE(files.size() == 1);
    CHECK_FALSE(files[0].more);
    return files[0];
}

} // namespace

TEST_CASE("the header tells name, state, version, times, and who started the run", "[ui][header]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(heading("Journalist enrichment").within(kHeader)));
    CHECK(screen.sees(status("failed").within(kHeader)));
    CHECK(screen.definition_of("Version", kHeader) == "v7");
    CHECK(screen.definition_of("Started", kHeader) == "14:03:11");
    CHECK(screen.definition_of("Duration", kHeader) == "12.3s");
    CHECK(screen.definition_of("Triggered by", kHeader) == "0928ca2c-eca4-48e9-8e6b-a18b8ad12fc9");
}

TEST_CASE("progress counts successful and skipped steps as done, and names the others", "[ui][header]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.get(Locator{Role::ProgressBar, "Progress"}).value == "50%, 2 / 4 steps");
    for (char const* const count : {"1 completed", "1 failed", "1 canceled", "1 skipped"})
        CHECK(screen.sees(text(count).within(kHeader)));
    CHECK_FALSE(screen.sees(text("0 running").within(kHeader)));
}

TEST_CASE("the run id is copied by a click or by keyboard", "[ui][header]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(button("Copy run id"));
    CHECK(screen.clipboard() == "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0");

    Headless by_keys;
    by_keys.answer_with_file("failed-run.json");
    for (int i = 0; i < 20 && !by_keys.get(button("Copy run id")).states.focused; ++i)
        by_keys.press(ImGuiKey_Tab);
    REQUIRE(by_keys.get(button("Copy run id")).states.focused);
    by_keys.press(ImGuiKey_Enter);
    CHECK(by_keys.clipboard() == "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0");
}

TEST_CASE("a running run's duration ticks once a second, and stands still while paused", "[ui][header]")
{
    Headless screen{1440, 900, live_run()};
    screen.environment.reduced_motion = true;
    go_live(screen);
    screen.wait(90s); // the run began after the clock of these tests
    screen.answer_with_file("live-run.initial.json"); // to the fetch that proves the stream
    std::string const before = screen.definition_of("Duration", kHeader);
    screen.wait(1s);
    std::string const after = screen.definition_of("Duration", kHeader);
    CHECK(before != after);
    screen.click(button("Pause updates"));
    std::string const paused = screen.definition_of("Duration", kHeader);
    screen.wait(30s);
    CHECK(screen.definition_of("Duration", kHeader) == paused);
}

TEST_CASE("the header says how the viewer keeps up: live, polling, paused", "[ui][header]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    CHECK(screen.sees(status("LIVE").within(kHeader)));
    screen.click(button("Pause updates"));
    CHECK(screen.sees(status("Paused").within(kHeader)));

    Headless polling{1440, 900, live_run(false)};
    polling.answer_with_file("live-run.initial.json");
    CHECK(polling.sees(status("Polling").within(kHeader)));
    polling.hover(status("Polling").within(kHeader));
    polling.wait(1s);
    CHECK(polling.get(any(Role::Tooltip)).name.find("switched off") != std::string::npos);
}

TEST_CASE("a stream that was lost is counted down to, and tried at once when asked", "[ui][header]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.wait(11s);
    screen.lose_stream();
    CHECK(screen.sees(status("Reconnecting in 3 s (try 1 of 5)")));
    screen.wait(1s);
    CHECK(screen.sees(status("Reconnecting in 2 s (try 1 of 5)")));
    screen.click(button("Retry now"));
    CHECK_FALSE(screen.sees(status(containing("Reconnecting"))));
    screen.answer_with_file("live-run.initial.json");
    screen.open_stream();
    CHECK(screen.sees(status("LIVE").within(kHeader)));
}

TEST_CASE("a stream that was given up says when it is tried again", "[ui][header]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.session().arrive(
        StreamWaits{screen.state().connection.stream}, screen.now()); // means nothing while it is open
    for (int tries = 0; tries < 6; ++tries) {
        screen.lose_stream();
        screen.wait(tries < 5 ? backoff(tries + 1) : 0s);
    }
    CHECK(screen.sees(status("No live stream, next try in 60 s")));
    screen.wait(2s);
    CHECK(screen.sees(status("No live stream, next try in 58 s")));
    CHECK(screen.sees(button("Retry now")));
}

TEST_CASE("a run plays from its first event to its last, and the screen keeps up", "[ui][header]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    CHECK(screen.sees(status("running").within(kHeader)));
    for (RecordedMessage const& recorded : read_stream("live-run.stream.ndjson"))
        screen.send(recorded.message.type, recorded.message.data);
    CHECK(screen.sees(status("success").within(kHeader)));
    CHECK(screen.get(Locator{Role::ProgressBar, "Progress"}).value == "100%, 10 / 10 steps");
    CHECK_FALSE(screen.sees(status("LIVE")));
    CHECK_FALSE(screen.sees(button("Pause updates")));
}

TEST_CASE("a playbook without a name is called so", "[ui][header]")
{
    Headless screen;
    screen.answer(200, R"({"success":true,"data":{"id":"run-1","state":"success","status":"SUCCEEDED","steps":[]}})");
    CHECK(screen.sees(heading("Unnamed playbook").within(kHeader)));
}

TEST_CASE("badges stand beside the run's name, or under it where they would cut it", "[ui][header]")
{
    for (auto const& [width, is_below] :
        {std::pair{1440.0f, false}, std::pair{420.0f, true}, std::pair{320.0f, true}}) {
        INFO(width);
        Headless screen{width, 900, live_run()};
        screen.answer(200,
            R"({"success":true,"data":{"id":"6b0d549b-6f03-475a-9600-a35a099950d8","playbookName":"A launch with a longer name",)"
            R"("state":"waiting_for_dependencies","steps":[]}})");
        ui::Rect const name = screen.get(heading("A launch with a longer name")).rect;
        ui::Rect const badge = screen.get(status("waiting for dependencies").within(kHeader)).rect;
        CHECK((badge.y >= name.y + name.h) == is_below);
        CHECK((badge.x >= name.x + name.w) == !is_below);
        CHECK(badge.x + badge.w <= width);
    }
}

TEST_CASE("a menu of the header exports what there is, by mouse, keyboard and finger", "[ui][header][export]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click(kExport);
    REQUIRE(screen.sees(any(Role::Menu)));
    CHECK(screen.sees(menu_item("Steps as CSV")));
    screen.click(menu_item("Run as JSON"));
    SaveFile const json = saved_file(screen);
    CHECK(json.name == "Journalist enrichment-6bb4d3fd-23b0-4845-b9b8-f4a70554fad0.json");
    CHECK(json.media_type == "application/json");

    Headless by_keys;
    by_keys.answer_with_file("failed-run.json");
    for (int i = 0; i < 20 && !by_keys.get(kExport).states.focused; ++i)
        by_keys.press(ImGuiKey_Tab);
    for (int const key : {ImGuiKey_Enter, ImGuiKey_DownArrow, ImGuiKey_DownArrow, ImGuiKey_Enter})
        by_keys.press(key);
    CHECK(saved_file(by_keys).name.ends_with("-steps.csv"));

    Headless narrow{420, 900};
    narrow.answer_with_file("failed-run.json");
    narrow.tap(button("More about the run"));
    narrow.tap(kExport);
    narrow.tap(menu_item("Steps as CSV"));
    CHECK(saved_file(narrow).name.ends_with("-steps.csv"));
}

TEST_CASE("logs are offered for export where there are some", "[ui][header][export]")
{
    Headless screen;
    screen.answer_with_file("quirks-run.json");
    for (StepRun const& step : screen.state().run->steps) {
        screen.session().act(SelectStep{step.key}, screen.now());
        screen.settle();
        screen.click(kExport);
        INFO(step.key);
        CHECK(screen.sees(menu_item("All logs as text")));
        CHECK(screen.sees(menu_item("Logs of this step as text")) == !step.logs.empty());
        screen.press(ImGuiKey_Escape);
    }
    Headless without{1440, 900};
    without.answer(200, run_of(step_of("a", "", "queued"), "queued"));
    without.click(kExport);
    CHECK(without.sees(menu_item("Run as JSON")));
    CHECK(without.sees(menu_item("Timeline as PNG")));
    CHECK_FALSE(without.sees(menu_item("All logs as text")));
}

TEST_CASE(
    "in one column the head takes at most a quarter of the height, and the rest comes by a tap", "[ui][header][narrow]")
{
    for (auto const& [width, height] :
        {std::pair{320.0f, 568.0f}, std::pair{390.0f, 844.0f}, std::pair{420.0f, 800.0f}, std::pair{700.0f, 600.0f},
            std::pair{390.0f, 300.0f}, std::pair{844.0f, 390.0f}, std::pair{1024.0f, 300.0f}}) {
        INFO(width << " x " << height);
        Headless screen{width, height, live_run()};
        go_live(screen);
        ui::Rect const head = screen.get(kHeader).rect;
        CHECK(head.h <= height / 4);
        CHECK(screen.sees(heading("Product launch outreach").within(kHeader)));
        CHECK(screen.sees(status("running").within(kHeader)));
        CHECK(screen.sees(any(Role::ProgressBar).within(kHeader)));
        CHECK_FALSE(screen.sees(Locator{Role::Term, "Started"}.within(kHeader)));
        screen.click(button("More about the run"));
        CHECK(screen.sees(Locator{Role::Term, "Started"}.within(kHeader)));
        CHECK(screen.sees(kExport));
        screen.click(button("Less about the run"));
        CHECK(screen.get(kHeader).rect.h == head.h);
    }
}
