#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

TEST_CASE("while a run is loaded the screen says so", "[ui][loading]")
{
    Headless screen;
    CHECK(screen.get(any(Role::Status)).states.busy);
    CHECK(screen.nodes().size() == 1);
    screen.answer_with_file("failed-run.json");
    CHECK_FALSE(screen.sees(status("Loading the run…")));
}

TEST_CASE("each refusal has its own words, the server's beside them, and a retry that works", "[ui][problem]")
{
    struct Case {
        int status;
        char const* code;
        char const* title;
    };
    auto const refused = GENERATE(Case{401, "UNAUTHORIZED", "You are not signed in"},
        Case{403, "NO_ORG_ACCESS", "You have no access to this run"}, Case{404, "NOT_FOUND", "The run was not found"},
        Case{422, "VALIDATION", "The server refused the run id"},
        Case{500, "INTERNAL_ERROR", "The server has a problem"}, Case{503, "UNAVAILABLE", "The server has a problem"});
    Headless screen;
    screen.answer(refused.status,
        R"({"success":false,"error":{"code":")" + std::string{refused.code} + R"(","message":"Words of the server"}})");
    Locator const problem = alert(refused.title);
    CHECK(screen.sees(heading(refused.title).within(problem)));
    auto const detail = screen.get(text("Words of the server").within(problem));
    CHECK(detail.value.find(std::to_string(refused.status)) != std::string::npos);
    CHECK(detail.value.find(refused.code) != std::string::npos);
    screen.click(button("Retry").within(problem));
    CHECK(screen.sees(button("Trying…").within(problem)));
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(heading("Journalist enrichment")));
    CHECK_FALSE(screen.sees(problem));
}

TEST_CASE("a server that can't be reached, or that answers with a page, is told apart", "[ui][problem]")
{
    Headless unreachable;
    unreachable.answer_failure("net::ERR_CONNECTION_REFUSED");
    CHECK(unreachable.sees(alert("The server could not be reached")));
    CHECK(unreachable.sees(text("net::ERR_CONNECTION_REFUSED")));

    Headless page;
    page.answer(200, "<!doctype html><title>Sign in</title>", "text/html");
    CHECK(page.sees(alert("The server's answer is not a playbook run")));
    CHECK(page.sees(text(containing("text/html"))));
}

TEST_CASE("no answer within the time limit is a problem of its own", "[ui][problem]")
{
    Headless screen;
    screen.wait(31s);
    CHECK(screen.sees(alert("The server does not answer")));
}

TEST_CASE("an address that names no usable run offers no retry", "[ui][problem]")
{
    Options options;
    options.run = "x";
    options.run_too_long = true;
    Headless const screen{1440, 900, options};
    CHECK(screen.sees(alert("This is not a run id")));
    CHECK(effects_of<Fetch>(screen.platform().effects).empty());
}

TEST_CASE("a problem can be read in the other theme and on a small screen", "[ui][problem]")
{
    Headless screen{320, 500};
    screen.answer(500, std::string(5'000, 'x'), "text/plain");
    ui::Rect const card = screen.get(any(Role::Alert)).rect;
    CHECK(card.x >= 0);
    CHECK(card.x + card.w <= 320);
    screen.click(button("Dark theme"));
    CHECK(screen.frame().dark);
}
