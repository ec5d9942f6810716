// What one came for is there first: the selection goes along with the run until the reader begins to read.
#include "tests/unit/ui/headless.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <format>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

struct Wanted {
    std::string key;
    std::string state = "queued";
    std::string more = {}; // JSON members, each with a comma before it
};

std::string as_document(std::vector<Wanted> const& wanted, std::string const& run_state = "running")
{
    std::string steps;
    for (Wanted const& step : wanted)
        steps += std::format(
            R"({}{{"id":"id-{}","key":"{}","name":"Step {}","type":"DATA","state":"{}","attempt":0,"maxAttempts":3{}}})",
            steps.empty() ? "" : ",", step.key, step.key, step.key, step.state, step.more);
    return std::format(R"({{"success":true,"data":{{"id":"run-1","playbookName":"Outreach","state":"{}",)"
                       R"("startedAt":"2026-11-20T14:00:00Z","steps":[{}]}}}})",
        run_state, steps);
}

std::string started(int second)
{
    return std::format(R"(,"startedAt":"2026-11-20T14:00:{:02}Z")", second);
}

std::string ended(int from, int to)
{
    return started(from) + std::format(R"(,"completedAt":"2026-11-20T14:00:{:02}Z")", to);
}

std::string log_of(int lines)
{
    std::string log;
    for (int i = 0; i < lines; ++i)
        log += std::format(R"({}"line {}")", i == 0 ? "" : ",", i);
    return R"(,"logs":[)" + log + "]";
}

// A run that is followed by its stream.
class Live {
public:
    explicit Live(std::vector<Wanted> const& steps, float width = 1440, float height = 900) : screen(width, height)
    {
        screen.answer(200, as_document(steps));
        screen.open_stream();
        screen.answer(200, as_document(steps));
        screen.wait(2s);
    }

    void tell(std::string const& type, std::string const& key, std::string const& payload)
    {
        ++second_;
        screen.send(type,
            std::format(R"({{"type":"{}","runId":"run-1","stepKey":"{}","timestamp":"2026-11-20T14:02:{:02}Z",)"
                        R"("payload":{}}})",
                type, key, second_, payload));
    }
    void start(std::string const& key)
    {
        tell("step.updated", key,
            std::format(R"({{"status":"RUNNING","startedAt":"2026-11-20T14:02:{:02}Z"}})", second_ + 1));
    }
    void complete(std::string const& key) { tell("step.completed", key, R"({"status":"SUCCESS","result":{}})"); }
    void fail(std::string const& key)
    {
        tell("step.failed", key, R"({"status":"FAILED","error":"no luck","attempt":1})");
    }
    void fail_run() { tell("run.failed", "", R"({"status":"FAILED","error":"no luck"})"); }
    void log(std::string const& key, std::string const& line)
    {
        tell("step.log.appended", key, std::format(R"({{"logEntry":{{"level":"info","message":"{}"}}}})", line));
    }
    // One step ends, the next begins, and time goes by in which that is seen.
    void go_on(std::string const& from, std::string const& to)
    {
        complete(from);
        start(to);
        screen.wait(1s);
    }
    std::string const& selected() const { return screen.state().view.selected_step; }

    Headless screen;

private:
    int second_ = 0;
};

std::vector<Wanted> three_steps()
{
    return {{"a", "success", ended(1, 2)}, {"b", "running", started(3)}, {"c"}, {"d"}};
}

std::vector<Wanted> many_steps(int count, int running)
{
    std::vector<Wanted> steps;
    for (int i = 0; i < count; ++i)
        steps.push_back({"s" + std::to_string(i),
            i < running        ? "success"
                : i == running ? "running"
                               : "queued",
            i == running ? started(5) : ""});
    return steps;
}

Locator const kFollow = button("Follow the run");

} // namespace

TEST_CASE("a run that failed shows its first failed step, and the list shows where it stands", "[ui][follow]")
{
    std::vector<Wanted> steps;
    for (int i = 0; i < 40; ++i)
        steps.push_back({"s" + std::to_string(i), "success", ended(1, 2)});
    steps[30] = {"s30", "failed", ended(1, 9)};
    steps[33] = {"s33", "failed", ended(1, 4)}; // earlier than the one above it
    auto const width = GENERATE(1440.0f, 420.0f);
    Headless screen{width, 700};
    screen.answer(200, as_document(steps, "failed"));
    CHECK(screen.state().view.selected_step == "s33");
    CHECK(screen.get(option("Step s33")).states.selected);
    CHECK(screen.address().find("step=") == std::string::npos);
    CHECK(screen.sees(region("Step inspector")) == (width > 700)); // in one column nothing opens by itself
}

TEST_CASE("the first picture of a failed run is not moved afterwards", "[ui][follow]")
{
    std::vector<Wanted> steps;
    for (int i = 0; i < 60; ++i)
        steps.push_back({"s" + std::to_string(i), i == 50 ? "failed" : "success"});
    Headless screen{1440, 700};
    screen.session().arrive(HttpAnswer{.id = screen.state().connection.run_fetch,
                                .status = 200,
                                .content_type = "application/json",
                                .date = {},
                                .body = as_document(steps, "failed"),
                                .failure = {}},
        screen.now());
    screen.frame();
    REQUIRE(screen.sees(option("Step s50")));
    float const y = screen.get(option("Step s50")).rect.y;
    screen.settle();
    CHECK(screen.get(option("Step s50")).rect.y == y);
}

TEST_CASE("of a run that goes on the running step is selected, and the selection follows", "[ui][follow]")
{
    Live live{three_steps()};
    CHECK(live.selected() == "b");
    live.go_on("b", "c");
    CHECK(live.selected() == "c");
    CHECK(live.screen.sees(heading("Step c").within(region("Step inspector"))));
    live.go_on("c", "d");
    CHECK(live.selected() == "d");
    CHECK(live.screen.address().find("step=") == std::string::npos); // nobody has gone there
    CHECK_FALSE(live.screen.sees(kFollow));
}

TEST_CASE("where nothing runs the first step is selected, and the run leads on when something does", "[ui][follow]")
{
    Headless over;
    over.answer(200, as_document({{"a", "success"}, {"b", "failed"}}, "success"));
    CHECK(over.state().view.selected_step == "a");

    Live live{{{"a"}, {"b"}, {"c"}}};
    CHECK(live.selected() == "a");
    live.start("b");
    live.screen.wait(1s);
    CHECK(live.selected() == "b");
    live.complete("b"); // and nothing runs: it stays
    live.screen.wait(5s);
    CHECK(live.selected() == "b");
}

TEST_CASE("parallel steps don't take turns: the one that is followed stays while it runs", "[ui][follow]")
{
    Live live{three_steps()};
    live.start("c");
    live.start("d");
    live.screen.wait(5s);
    CHECK(live.selected() == "b");
    CHECK(live.screen.get(option("Step b")).states.current);
    live.complete("b");
    live.screen.wait(1s);
    CHECK(live.selected() == "d"); // which began last
}

TEST_CASE("steps of a moment don't flicker past", "[ui][follow]")
{
    Live live{three_steps()};
    live.go_on("b", "c");
    REQUIRE(live.selected() == "c");
    live.screen.wait(2s);
    live.complete("c");
    live.start("d");
    CHECK(live.selected() == "d"); // it had its time
    live.complete("d");
    live.start("a");
    CHECK(live.selected() == "d");
    live.screen.wait(300ms);
    CHECK(live.selected() == "d");
    live.screen.wait(600ms);
    CHECK(live.selected() == "a");
}

TEST_CASE("a run that fails while it is followed leads to the step that failed, and stays there", "[ui][follow]")
{
    Live live{three_steps()};
    live.start("c");
    live.fail("c");
    CHECK(live.selected() == "b");
    live.fail_run();
    CHECK(live.selected() == "c");
    live.screen.wait(1min);
    CHECK(live.selected() == "c");
    CHECK(live.screen.get(option("Step c")).states.selected);
}

TEST_CASE("whoever reads is not taken along, and J or a button takes it up again", "[ui][follow]")
{
    using Act = std::pair<char const*, std::function<void(Headless&)>>;
    auto const act = GENERATE(as<Act>{}, Act{"selects", [](Headless& screen) { screen.click(option("Step b")); }},
        Act{"walks",
            [](Headless& screen) {
                screen.press(ImGuiKey_UpArrow);
                screen.press(ImGuiKey_DownArrow);
            }},
        Act{"scrolls the inspector",
            [](Headless& screen) { screen.wheel(button("Status").within(region("Step inspector")), {0, 40}); }},
        Act{"scrolls the log back", [](Headless& screen) { screen.wheel(any(Role::Log), {0, -60}); }},
        Act{"clicks into the log", [](Headless& screen) { screen.click(any(Role::Log)); }},
        Act{"types",
            [](Headless& screen) {
                screen.type("/");
                screen.type("s");
                screen.press(ImGuiKey_Escape);
            }},
        Act{"selects text", [](Headless& screen) {
                ui::Rect const name = screen.get(heading("Step b").within(region("Step inspector"))).rect;
                screen.drag(ImVec2{name.x + 2, name.y + 10}, {40, 0});
            }});
    INFO(act.first);
    std::vector<Wanted> steps = three_steps();
    steps[1].more += log_of(60);
    Live live{steps, 1440, 560};
    REQUIRE(live.selected() == "b");
    act.second(live.screen);
    CHECK_FALSE(live.screen.state().view.follows_run);
    live.go_on("b", "c");
    CHECK(live.selected() == "b");

    if (GENERATE(false, true)) {
        live.screen.press(ImGuiKey_J);
    } else {
        live.screen.click(kFollow);
    }
    CHECK(live.selected() == "c");
    CHECK(live.screen.address().find("step=") == std::string::npos);
    CHECK_FALSE(live.screen.sees(kFollow));
    live.go_on("c", "d");
    CHECK(live.selected() == "d");
}

TEST_CASE("a step that the address names is not left for the running one", "[ui][follow]")
{
    Options options;
    options.step = "a";
    Headless screen{1440, 900, options};
    screen.answer(200, as_document(three_steps()));
    CHECK(screen.state().view.selected_step == "a");
    CHECK(screen.sees(kFollow));
    screen.click(kFollow);
    CHECK(screen.state().view.selected_step == "b");

    Options unknown;
    unknown.step = "nowhere";
    Headless lost{1440, 900, unknown};
    lost.answer(200, as_document(three_steps()));
    CHECK(lost.state().view.selected_step == "b");
}

TEST_CASE("whoever only read a followed step has not gone there: the address does not name it", "[ui][follow]")
{
    Live live{three_steps()};
    live.screen.click(option("Step a"));
    CHECK(live.screen.address().find("step=a") != std::string::npos);
    live.screen.press(ImGuiKey_J);
    CHECK(live.screen.address().find("step=") == std::string::npos);
    live.screen.type("/");
    live.screen.type("s");
    CHECK_FALSE(live.screen.state().view.follows_run);
    CHECK(live.screen.address().find("step=") == std::string::npos);
}

TEST_CASE("the way back to an address without a step is the way back to the run", "[ui][follow]")
{
    Live live{three_steps()};
    Options const earlier = live.screen.state().options;
    live.screen.click(option("Step a"));
    live.screen.session().act(GoTo{earlier}, live.screen.now());
    CHECK(live.selected() == "b");
}

TEST_CASE("one column: nothing opens by itself, an opened step stays, and J follows within it", "[ui][follow][narrow]")
{
    Locator const inspector = region("Step inspector");
    Live live{three_steps(), 420, 900};
    live.go_on("b", "c");
    CHECK(live.screen.get(option("Step c")).states.selected);
    CHECK_FALSE(live.screen.sees(inspector));

    live.screen.tap(option("Step c"));
    live.go_on("c", "d");
    CHECK(live.screen.sees(heading("Step c").within(inspector)));
    live.screen.tap(kFollow.within(inspector));
    CHECK(live.screen.sees(heading("Step d").within(inspector)));
    live.screen.tap(button("All steps"));
    CHECK(live.screen.get(option("Step d")).states.selected);
}

TEST_CASE("a log that is followed shows its end, of each step that the run comes to", "[ui][follow]")
{
    std::vector<Wanted> steps = three_steps();
    steps[1].more += log_of(80);
    Live live{steps};
    auto const shows
        = [&](char const* line) { return live.screen.get(any(Role::Log)).value.find(line) != std::string::npos; };
    CHECK(shows("line 79\n"));
    live.complete("b");
    live.start("c");
    for (int i = 0; i < 60; ++i)
        live.log("c", std::format("entry {}", i));
    live.screen.wait(1s);
    CHECK(shows("entry 59\n"));
}

TEST_CASE("a list that was scrolled stays where it is while the selection goes on", "[ui][follow]")
{
    Live live{many_steps(60, 30), 1440, 700};
    REQUIRE(live.screen.sees(option("Step s30")));
    live.screen.wheel(any(Role::Option).nth(1), {0, -5'000});
    REQUIRE(live.screen.sees(option("Step s0")));
    float const y = live.screen.get(option("Step s0")).rect.y;
    live.go_on("s30", "s31");
    CHECK(live.selected() == "s31");
    CHECK(live.screen.get(option("Step s0")).rect.y == y);
    live.screen.click(button("Jump to running step"));
    CHECK(live.screen.sees(option("Step s31")));
    live.go_on("s31", "s55");
    CHECK(live.screen.sees(option("Step s55"))); // and along again
}

TEST_CASE("rows that grow above what is read don't move it", "[ui][follow]")
{
    Live live{many_steps(60, 3), 1440, 700};
    live.screen.wheel(any(Role::Option).nth(1), {0, 1'500});
    REQUIRE_FALSE(live.screen.sees(option("Step s3")));
    std::string const name = live.screen.get(any(Role::Option).nth(3)).name;
    float const y = live.screen.get(option(name)).rect.y;
    live.fail("s3"); // its row has a line for the error now
    live.screen.wait(1s);
    CHECK(live.screen.get(option(name)).rect.y == y);
    live.screen.wheel(option(name), {0, -10'000});
    CHECK(live.screen.sees(option("Step s0")));
}
