#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

TEST_CASE("a failed run says so, and leads to the step that failed", "[ui][notices]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(alert("Run failed: One or more steps failed")));
    screen.click(button("Go to failed step"));
    CHECK(screen.sees(heading("Enrich journalists").within(region("Step inspector"))));
    CHECK(screen.get(option("Enrich journalists")).states.selected);
}

TEST_CASE("a run that went well has no notice", "[ui][notices]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    CHECK(screen.count(Role::Alert) == 0);
}

TEST_CASE("when the server stops to answer the last run stays, said to be old, until it answers again", "[ui][notices]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    CHECK_FALSE(screen.sees(alert(containing("Not up to date"))));
    screen.wait(2s);
    screen.answer_failure("connection refused");
    Locator const notice = alert(containing("Not up to date"));
    CHECK_FALSE(screen.sees(notice)); // of two seconds ago
    screen.wait(3s);
    CHECK(screen.get(notice).name.find("connection refused") != std::string::npos);
    CHECK(screen.sees(heading("Product launch outreach")));
    CHECK(screen.sees(status("Not up to date")));

    // Its age ticks.
    std::string const before = screen.get(notice).name;
    screen.wait(1s);
    CHECK(screen.get(notice).name != before);

    screen.click(button("Retry"));
    screen.answer_with_file("live-run.initial.json");
    CHECK_FALSE(screen.sees(notice));
    CHECK(screen.sees(alert("Up to date again")));
    screen.wait(1s);
    screen.answer_with_file("live-run.initial.json");
    screen.wait(4s);
    CHECK_FALSE(screen.sees(alert("Up to date again")));
}

TEST_CASE("while nothing is heard running timers stand still, and go on when the server answers", "[ui][notices]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    for (int poll = 0; poll < 45; ++poll) { // the run began after the clock of these tests
        screen.wait(2s);
        screen.answer_with_file("live-run.initial.json");
    }
    screen.wait(6s); // the server does not answer
    auto const duration = [&] { return screen.definition_of("Duration", any(Role::Banner)); };
    std::string const before = duration();
    screen.wait(10s);
    CHECK(duration() == before);
    screen.answer_with_file("live-run.initial.json");
    CHECK(duration() != before);
}

TEST_CASE("a paused screen says of when it is", "[ui][notices]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    screen.click(button("Pause updates"));
    CHECK(screen.sees(alert(containing("Updates are paused"))));
    screen.click(button("Resume"));
    CHECK_FALSE(screen.sees(alert(containing("Updates are paused"))));
}

TEST_CASE("a server's words in a notice are one line, however many they were", "[ui][notices]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    screen.wait(2s);
    screen.answer(500, R"({"success":false,"error":{"code":"X","message":"first\nsecond\u001b[31m"}})");
    screen.wait(3s);
    std::string const words = screen.get(alert(containing("Not up to date"))).name;
    CHECK(words.find('\n') == std::string::npos);
    CHECK(words.find('\x1b') == std::string::npos);
    CHECK(words.find("second") != std::string::npos);
}

TEST_CASE("a run that is over says so where its last details could not be loaded, until they are", "[ui][notices]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    send(screen, "run.completed", "", R"({"status":"COMPLETED","completedAt":"2026-11-20T14:05:00Z"})");
    screen.answer(503, "{}");
    Locator const notice = alert(containing("its last details could not be loaded"));
    CHECK(screen.sees(notice));
    screen.click(button("Retry"));
    screen.answer_with_file("live-run.final.json");
    CHECK_FALSE(screen.sees(notice));
}
