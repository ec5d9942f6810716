#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kInspector = region("Step inspector");

constexpr char const* kFailed
    = R"("startedAt":"2026-11-20T14:00:12Z","completedAt":"2026-11-20T14:00:13Z","logs":["start","call","failed: 503"],
         "error":{"message":"503 Service Unavailable","stack":"Error: 503\n    at call"})";
constexpr char const* kRunning
    = R"("startedAt":"2026-11-20T14:00:15Z","completedAt":"2026-11-20T14:00:13Z","logs":["start","call","failed: 503"],
         "error":{"message":"503 Service Unavailable","stack":"Error: 503\n    at call"})";
constexpr char const* kSucceeded
    = R"("startedAt":"2026-11-20T14:00:15Z","completedAt":"2026-11-20T14:00:19Z","logs":["start","call","done"],
         "error":{"message":"503 Service Unavailable","stack":"Error: 503\n    at call"})";

// A step that is tried again, followed by polling.
class TriedAgain : public Headless {
public:
    TriedAgain() : Headless(1440, 2'000, polled())
    {
        answer(200, run_of(step_of("flaky", kFailed, "failed"), "running"));
        click(option("flaky"));
    }

    void poll(char const* step, char const* state)
    {
        wait(2'100ms);
        answer(200, run_of(step_of("flaky", step, state), "running"));
        settle();
    }

private:
    static Options polled()
    {
        Options options;
        options.run = "run-1";
        options.stream = false;
        return options;
    }
};

} // namespace

TEST_CASE("a step that is tried again runs, with the error of the attempt before as that", "[ui][inspector][attempts]")
{
    TriedAgain screen;
    CHECK(screen.sees(heading("Error").within(kInspector)));
    CHECK(screen.definition_of("Attempt", kInspector) == "1 / 3");
    CHECK_FALSE(screen.sees(heading("Attempt before").within(kInspector)));

    screen.poll(kRunning, "running");
    CHECK(screen.definition_of("State", kInspector) == "running");
    CHECK(screen.definition_of("Attempt", kInspector) == "2 / 3");
    CHECK(screen.sees(heading("Error of the attempt before").within(kInspector)));
    CHECK_FALSE(screen.sees(any(Role::Alert).within(kInspector)));
    CHECK(screen.get(heading("Logs").within(kInspector)).value == "3 lines · of the attempt before");

    screen.poll(kSucceeded, "success");
    CHECK_FALSE(screen.sees(heading("Error of the attempt before").within(kInspector)));
    CHECK_FALSE(screen.sees(heading("Error").within(kInspector)));
    CHECK(screen.get(heading("Logs").within(kInspector)).value == "3 lines");
    CHECK(screen.get(any(Role::Log)).value == "start\ncall\ndone\n");
    CHECK(screen.sees(heading("Attempt before").within(kInspector)));
}

TEST_CASE("an attempt before opens its error and its log, and is copied", "[ui][inspector][attempts]")
{
    TriedAgain screen;
    screen.poll(kRunning, "running");
    screen.poll(kSucceeded, "success");
    Locator const line = button("Attempt 1 of 3 · failed · 1.0s · 3 lines").within(kInspector);
    CHECK(screen.get(line).states.collapsed);
    CHECK_FALSE(screen.sees(text(containing("failed: 503")).within(kInspector)));
    screen.click(line);
    CHECK(screen.get(line).states.expanded);
    CHECK(screen.sees(alert("503 Service Unavailable").within(kInspector)));
    CHECK(screen.sees(text(containing("failed: 503")).within(kInspector)));
    CHECK(screen.sees(text(containing("at call")).within(kInspector)));
    screen.click(button("Copy Attempt before"));
    CHECK(screen.clipboard()
        == "Attempt 1 of 3 · failed · 1.0s · 3 lines\n503 Service Unavailable\nError: 503\n    at call\n"
           "start\ncall\nfailed: 503\n");
    screen.click(line);
    CHECK_FALSE(screen.sees(text(containing("failed: 503")).within(kInspector)));
}
