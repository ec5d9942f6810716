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
}

TEST_CASE("a server's words in a notice are one line, however many they were", "[ui][notices]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    screen.wait(2s);
    screen.answer(500, R"({"success":false,"error":{"code":"X","message":"first\nsecond\u001b[31m"}})");
    std::string const words = screen.get(alert(containing("Not up to date"))).name;
    CHECK(words.find('\n') == std::string::npos);
    CHECK(words.find('\x1b') == std::string::npos);
    CHECK(words.find("second") != std::string::npos);
}
