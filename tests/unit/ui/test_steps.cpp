// The list of steps as its reader finds it: folding, following, failures, search, filters, times.
#include "tests/unit/ui/headless.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <format>
#include <string>
#include <vector>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

struct Wanted {
    std::string key;
    std::string state = "success";
    std::string more = {}; // JSON members, each with a comma before it
};

std::string as_document(std::vector<Wanted> const& wanted, std::string const& run_state = "running")
{
    std::string steps;
    for (Wanted const& step : wanted)
        steps += (steps.empty() ? R"({"id":"x","key":")" : R"(,{"id":"x","key":")") + step.key + R"(","name":"Step )"
            + step.key + R"(","type":"DATA","state":")" + step.state + R"(","attempt":0,"maxAttempts":3)" + step.more
            + "}";
    return R"({"success":true,"data":{"id":"run-1","playbookName":"Outreach","state":")" + run_state
        + R"(","startedAt":"2026-11-20T14:00:00Z","steps":[)" + steps + "]}}";
}

// A start, forty steps that wait for it, and an end.
std::vector<Wanted> fan_out()
{
    std::vector<Wanted> steps{{"start"}};
    for (int i = 0; i < 40; ++i)
        steps.push_back({"fan-" + std::to_string(i),
            i == 33      ? "failed"
                : i < 20 ? "success"
                         : "queued",
            R"(,"dependencies":["start"])"});
    steps.push_back({"end", "queued", R"(,"dependencies":["fan-0","fan-1"])"});
    return steps;
}

std::string times(int from, int to)
{
    auto const clock = [](int minute) {
        return "\"2026-11-20T13:" + std::string{minute < 10 ? "0" : ""} + std::to_string(minute) + ":00Z\"";
    };
    return ",\"startedAt\":" + clock(from) + (to > 0 ? ",\"completedAt\":" + clock(to) : "");
}

std::string const kTimeline = "Execution timeline";

} // namespace

TEST_CASE("a group of many branches stands as counts by state until somebody opens it", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document(fan_out()));
    CHECK(screen.count(Role::Option) == 2);
    auto const caption = button("Parallel · 40 steps · waits for Step start");
    CHECK(screen.get(caption).states.collapsed);
    CHECK(screen.get(group("40 steps folded")).value == "1 failed, 19 queued, 20 success");
    screen.click(caption);
    CHECK(screen.get(caption).states.expanded);
    CHECK(screen.sees(option("Step fan-0")));
    screen.click(caption);
    CHECK(screen.count(Role::Option) == 2);
    screen.click(group("40 steps folded"));
    CHECK(screen.sees(option("Step fan-0")));
}

TEST_CASE("a step that is selected is never folded away", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document(fan_out()));
    screen.press(ImGuiKey_F);
    CHECK(screen.state().view.selected_step == "fan-33");
    CHECK(screen.get(option("Step fan-33")).states.selected);

    Options options;
    options.step = "fan-21";
    Headless linked{1440, 900, options};
    linked.answer(200, as_document(fan_out()));
    CHECK(linked.get(option("Step fan-21")).states.selected);
}

TEST_CASE("a step that is filtered for is not folded away", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document(fan_out()));
    screen.click(toggle("queued 20"));
    CHECK(screen.count(Role::Option) > 5);
    CHECK(screen.get(heading(kTimeline)).value == "20 of 42 steps");
    screen.click(button("Clear filters"));
    CHECK(screen.count(Role::Option) == 2);
}

TEST_CASE("the arrow keys pass over a folded group", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document(fan_out()));
    screen.press(ImGuiKey_DownArrow);
    CHECK(screen.state().view.selected_step == "end");
    screen.press(ImGuiKey_UpArrow);
    CHECK(screen.state().view.selected_step == "start");
    screen.press(ImGuiKey_End);
    CHECK(screen.state().view.selected_step == "end");
}

TEST_CASE("branches of several steps are nested as deep as they fork", "[ui][steps]")
{
    auto const width = GENERATE(320.0f, 420.0f, 1440.0f);
    Headless screen{width, 2400};
    screen.answer(200,
        as_document({{"start"}, {"a", "success", R"(,"dependencies":["start"])"},
            {"b", "success", R"(,"dependencies":["start"])"}, {"a1", "success", R"(,"dependencies":["a"])"},
            {"a2", "success", R"(,"dependencies":["a"])"}, {"join", "queued", R"(,"dependencies":["a1","a2"])"},
            {"end", "queued", R"(,"dependencies":["join","b"])"}}));
    auto const outer = group("Parallel · 2 branches · 5 steps · waits for Step start");
    auto const inner = group("Parallel · 2 steps · waits for Step a");
    CHECK(screen.count(any(Role::Option).within(outer)) == 5);
    CHECK(screen.count(any(Role::Option).within(inner)) == 2);
    CHECK(screen.sees(inner.within(outer)));
    CHECK_FALSE(screen.sees(option("Step end").within(outer)));
    CHECK(screen.get(option("Step a1")).rect.x > screen.get(option("Step a")).rect.x);
    CHECK(screen.get(option("Step join")).rect.x == screen.get(option("Step a")).rect.x);
}

TEST_CASE("the list follows the step that runs until somebody scrolls, and finds back", "[ui][steps]")
{
    std::vector<Wanted> steps;
    for (int i = 0; i < 50; ++i)
        steps.push_back({"s" + std::to_string(i),
            i < 30        ? "success"
                : i == 30 ? "running"
                          : "queued",
            i == 30 ? times(50, 0) : ""});
    Headless screen{1440, 700};
    screen.answer(200, as_document(steps));
    screen.open_stream();
    CHECK(screen.get(option("Step s30")).states.current);
    CHECK_FALSE(screen.sees(button("Jump to running step")));

    int running = 30;
    auto const start = [&](int step) {
        screen.send("step.completed",
            R"({"type":"step.completed","runId":"run-1","stepKey":"s)" + std::to_string(running)
                + R"(","timestamp":"2026-11-20T14:01:)" + std::to_string(running)
                + R"(Z","payload":{"status":"SUCCESS","result":{}}})");
        running = step;
        screen.send("step.updated",
            R"({"type":"step.updated","runId":"run-1","stepKey":"s)" + std::to_string(step)
                + R"(","timestamp":"2026-11-20T14:01:00Z","payload":{"status":"RUNNING","startedAt":"2026-11-20T14:01:)"
                + std::to_string(step) + R"(Z"}})");
        screen.wait(1s);
    };
    start(45);
    CHECK(screen.get(option("Step s45")).states.current);

    screen.wheel(any(Role::Option).nth(1), {0, -5'000});
    CHECK(screen.sees(option("Step s0")));
    start(47);
    CHECK_FALSE(screen.sees(option("Step s47")));
    screen.click(button("Jump to running step"));
    CHECK(screen.get(option("Step s47")).states.current);
    CHECK_FALSE(screen.sees(button("Jump to running step")));
    start(49); // and along again
    CHECK(screen.sees(option("Step s49")));
}

TEST_CASE("F leads from failure to failure and round, with Shift back", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document({{"a"}, {"b", "failed"}, {"c"}, {"d", "failed"}, {"e", "failed"}}, "failed"));
    auto const selected = [&] { return screen.state().view.selected_step; };
    CHECK(selected() == "b");
    for (auto const* const next : {"d", "e", "b"}) {
        screen.press(ImGuiKey_F);
        CHECK(selected() == next);
    }
    screen.press(ImGuiKey_F, ImGuiMod_Shift);
    CHECK(selected() == "e");
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl); // the browser's
    CHECK(selected() == "e");

    Headless fine;
    fine.answer(200, as_document({{"a"}, {"b"}}, "success"));
    fine.press(ImGuiKey_F);
    CHECK(fine.state().view.selected_step == "a");
}

TEST_CASE("a step is told where the search found it, and how many steps there are", "[ui][steps][search]")
{
    Headless screen;
    screen.answer(200,
        as_document({{"needle"}, {"logs", "success", R"(,"logs":["a needle","b","needle"],"output":{"x":"Needle"})"},
            {"other"}}));
    screen.type("/");
    screen.type("needle");
    CHECK(screen.count(Role::Option) == 2);
    CHECK(screen.get(heading(kTimeline)).value == "2 of 3 steps");
    CHECK(screen.get(option("Step needle")).value == "success");
    CHECK(screen.get(option("Step logs")).value == "success, 2 matches in logs, 1 in output");
    CHECK(screen.address().find("q=needle") != std::string::npos);
    screen.click(button("Clear the search"));
    CHECK(screen.count(Role::Option) == 3);
    CHECK(screen.address().find("q=") == std::string::npos);
}

TEST_CASE("a search through more than fits a frame goes on by itself", "[ui][steps][search]")
{
    std::string logs;
    for (int i = 0; i < 300; ++i)
        logs += (i == 0 ? "\"" : ",\"") + std::string(100'000, 'x') + (i == 299 ? "needle\"" : "\"");
    Headless screen;
    screen.answer(200, as_document({{"a"}, {"b", "success", ",\"logs\":[" + logs + "]"}, {"needle"}}));
    screen.wait(1s); // until it has been read
    screen.session().act(SetSearch{"needle"}, screen.now());
    CHECK_FALSE(screen.state().derived.search.done());
    screen.wait(1s);
    CHECK(screen.state().derived.search.done());
    CHECK(screen.get(option("Step b")).value == "success, 1 match in logs");
    CHECK(screen.sees(option("Step needle")));
}

TEST_CASE("times of another day show their date", "[ui][steps][times]")
{
    Headless screen;
    screen.answer(200, as_document({{"a", "success", times(1, 2)}}, "success"));
    CHECK(screen.definition_of("Started", any(Role::Banner)) == "14:00:00");
    screen.wait(std::chrono::hours{48});
    CHECK(screen.definition_of("Started", any(Role::Banner)) == "20 Nov 14:00:00");
    screen.environment.local_offset = [](Instant) { return std::chrono::minutes{-15 * 60}; };
    screen.settle();
    CHECK(screen.definition_of("Started", any(Role::Banner)) == "19 Nov 23:00:00");
    screen.press(ImGuiKey_U);
    CHECK(screen.definition_of("Started", any(Role::Banner)) == "20 Nov 14:00:00");
}

TEST_CASE("a time is explained by its date, its zone and how long ago it was", "[ui][steps][times]")
{
    Headless screen;
    screen.environment.local_offset = [](Instant) { return std::chrono::minutes{90}; };
    screen.answer(200, as_document({{"a"}}));
    screen.hover(definition("15:30:00"));
    screen.wait(1s);
    std::string const tooltip = screen.get(any(Role::Tooltip)).name;
    CHECK(tooltip == "Started 2026-11-20 15:30:00 +01:30 · 2 m 1 s ago\n2026-11-20 14:00:00 UTC");
}

TEST_CASE("a name that was cut is told in full to a mouse that rests on it", "[ui][steps]")
{
    std::string const name = "A name " + std::string(200, 'x') + " with an end";
    Headless screen;
    screen.answer(200,
        R"({"success":true,"data":{"id":"r","playbookName":")" + name
            + R"(","state":"success","steps":[{"key":"k","name":"n","type":"DATA","state":"success"}]}})");
    screen.resize(800, 600);
    screen.hover(heading(name));
    screen.wait(1s);
    CHECK(screen.get(any(Role::Tooltip)).name == name);
}

TEST_CASE("a step without a name goes by its key", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, R"({"success":true,"data":{"id":"r","state":"success","steps":[
        {"key":"load","name":"","type":"DATA","state":"success"},{"key":"send","name":"​","type":"DATA","state":"success"},
        {"key":"","type":"DATA","state":"success"}]}})");
    CHECK(screen.sees(option("load")));
    CHECK(screen.sees(option("send")));
    CHECK(screen.sees(option("(a step without name and key)")));
    screen.click(option("send"));
    CHECK(screen.sees(heading("send").within(region("Step inspector"))));
}

TEST_CASE("counts of all states are told, and add up to all steps", "[ui][steps]")
{
    Headless screen;
    screen.answer(200,
        as_document({{"a"}, {"b", "failed"}, {"c", "running"}, {"d", "blocked"}, {"e", "canceled"}, {"f", "skipped"},
            {"g", "queued"}, {"h", "waiting_for_dependencies"}, {"i", "hibernating"}}));
    int sum = 0;
    for (auto const* const words :
        {"1 completed", "1 failed", "1 running", "1 blocked", "1 canceled", "1 skipped", "3 pending"}) {
        CHECK(screen.sees(text(words)));
        sum += words[0] - '0';
    }
    CHECK(sum == 9);
    CHECK(screen.get(any(Role::ProgressBar)).value == "22%, 2 / 9 steps");
}

TEST_CASE("of a run that is over nothing runs or waits: such steps say what they were, and stand still", "[ui][steps]")
{
    Headless screen;
    std::vector<Wanted> const steps{{"a"}, {"b", "running", times(1, 0)}, {"c", "queued"},
        {"d", "waiting_for_dependencies"}, {"e", "blocked"}, {"f", "hibernating"}};
    std::string document = as_document(steps, "canceled");
    document.replace(document.find(R"("steps")"), 7, R"("completedAt":"2026-11-20T14:04:00Z","steps")");
    screen.answer(200, document);
    CHECK(screen.sees(text("1 completed")));
    CHECK(screen.sees(text("5 interrupted")));
    for (auto const* const words : {"1 running", "1 pending", "1 blocked"})
        CHECK_FALSE(screen.sees(text(words)));
    CHECK(screen.get(option("Step b")).value == "was running when the run ended, 1h 03m");
    CHECK(screen.get(option("Step c")).value == "not started when the run ended");
    CHECK(screen.get(option("Step d")).value == "was waiting when the run ended");
    CHECK(screen.get(option("Step e")).value == "was blocked when the run ended");
    CHECK(screen.get(option("Step f")).value == "hibernating"); // or did it end so?
    screen.click(option("Step b"));
    CHECK(screen.definition_of("State", region("Step inspector")) == "was running when the run ended");
    CHECK(screen.definition_of("Duration", region("Step inspector")) == "1h 03m");
    CHECK(screen.sees(Locator{Role::Toggle, "was running 1"}));
    CHECK_FALSE(screen.last_frame().next_frame_at);
}

TEST_CASE("a start in the future counts from nothing and says why", "[ui][steps]")
{
    Headless screen;
    screen.answer(200, as_document({{"a", "running", R"(,"startedAt":"2036-11-20T14:00:00Z")"}}));
    CHECK(screen.get(option("Step a")).value == "running, 0s");
    screen.click(option("Step a"));
    CHECK(screen.dump().find("in the future: clocks differ") != std::string::npos);
}

TEST_CASE("what a frame draws does not grow with the run: boxes are drawn where they are seen", "[ui][steps]")
{
    auto const moment = [](int ms) {
        return std::format("\"2026-01-01T00:{:02}:{:02}.{:03}Z\"", ms / 60'000, ms / 1'000 % 60, ms % 1'000);
    };
    auto const vertices_of = [&](int steps) {
        std::vector<Wanted> wanted;
        for (int i = 0; i < steps; ++i) // a few at a time
            wanted.push_back({.key = std::to_string(i),
                .more = R"(,"startedAt":)" + moment(i * 40) + R"(,"completedAt":)" + moment(i * 40 + 180)});
        Headless screen;
        screen.answer(200, as_document(wanted, "success"));
        screen.settle();
        CHECK(screen.sees(group(containing("branches"))));
        screen.wheel(any(Role::Option).nth(1), {0, 1'000});
        screen.settle();
        return ImGui::GetDrawData()->TotalVtxCount;
    };
    CHECK(vertices_of(2'000) < vertices_of(100) * 5 / 4);
}
