#include "shared/embed/reporter.h"
#include "shared/run/reduce.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::embed;
using namespace pev::test;

namespace {

using Texts = std::vector<std::string>;

// A state as a session leaves it, and a host that has heard of everything so far.
struct Told {
    AppState state;
    Reporter reporter;

    explicit Told(RunModel run)
    {
        run.recount();
        state.run = std::move(run);
        state.view.selected_step = "a";
        state.connection.phase = Phase::Live;
        (void)reporter.report(state);
    }
    void start_step(std::string const& key, int attempt = 0)
    {
        reduce(*state.run,
            event(StepUpdated{.step_key = key, .status = "RUNNING", .attempt = attempt, .started_at = at(1)}, at(1)));
    }
};

} // namespace

TEST_CASE("the first report tells how everything stands, and no single steps", "[embed]")
{
    AppState state;
    state.run = run_with({step("a"), step("b", ExecutionState::Success)});
    state.run->recount();
    state.view.selected_step = "a";
    state.connection.phase = Phase::Live;
    Reporter reporter;
    CHECK(reporter.report(state)
        == Texts{R"({"type":"run","id":"run-1","playbookName":"Outreach","state":"running","over":false,)"
                 R"("progress":{"total":2,"completed":1,"failed":0,"running":0,"pending":1,"blocked":0,"canceled":0,)"
                 R"("skipped":0,"interrupted":0,"percent":50}})",
            R"({"type":"selection","step":"a","key":"a","id":"","followed":true})",
            R"({"type":"mode","mode":"live"})"});
    CHECK(reporter.report(state).empty());
}

TEST_CASE("a step that changes is told once, by the run's new counts and by itself", "[embed]")
{
    Told told{run_with({step("a"), step("b")})};
    told.start_step("b");
    Texts const texts = told.reporter.report(told.state);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0].find(R"("running":1)") != std::string::npos);
    CHECK(texts[1]
        == R"({"type":"step","ref":"b","key":"b","id":"","name":"Step b","state":"running","attempt":0,"maxAttempts":3})");
    CHECK(told.reporter.report(told.state).empty());
}

TEST_CASE("steps that move to other places are not told again, new ones and changed ones are", "[embed]")
{
    Told told{run_with({step("a"), step("b")})};
    RunModel& run = *told.state.run;
    run.steps.insert(run.steps.begin(), step("new"));
    run.index_steps();
    ++run.revision;
    told.start_step("b");
    Texts const texts = told.reporter.report(told.state);
    REQUIRE(texts.size() == 3);
    CHECK(texts[1].find(R"("key":"new")") != std::string::npos);
    CHECK(texts[2].find(R"("key":"b")") != std::string::npos);
}

TEST_CASE("another run is told as a whole, selection included", "[embed]")
{
    Told told{run_with({step("a")})};
    told.state.run.reset();
    CHECK(told.reporter.report(told.state).empty());
    RunModel other = run_with({step("a", ExecutionState::Running)});
    other.id = "run-2";
    other.recount();
    told.state.run = std::move(other);
    Texts const texts = told.reporter.report(told.state);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0].starts_with(R"({"type":"run","id":"run-2")"));
    CHECK(texts[1] == R"({"type":"selection","step":"a","key":"a","id":"","followed":true})");
}

TEST_CASE("a problem is told when it comes, and told again when it comes again", "[embed]")
{
    Told told{run_with({step("a")})};
    Problem problem;
    problem.kind = ProblemKind::SignedOut;
    problem.status = 401;
    problem.title = "You are not signed in";
    problem.detail = "\"sorry\"";
    problem.code = "UNAUTHORIZED";
    told.state.problem = problem;
    Texts const wanted{R"({"type":"error","kind":"signed-out","title":"You are not signed in","detail":"\"sorry\"",)"
                       R"("status":401,"code":"UNAUTHORIZED"})"};
    CHECK(told.reporter.report(told.state) == wanted);
    CHECK(told.reporter.report(told.state).empty());
    told.state.problem.reset();
    CHECK(told.reporter.report(told.state).empty());
    told.state.problem = problem;
    CHECK(told.reporter.report(told.state) == wanted);
}

TEST_CASE("the wanted height is told when it is another one", "[embed]")
{
    Reporter reporter;
    CHECK(reporter.report_height(0).empty()); // nothing to say yet
    CHECK(reporter.report_height(812) == Texts{R"({"type":"resize","height":812})"});
    CHECK(reporter.report_height(812).empty());
    CHECK(reporter.report_height(640).size() == 1);
}

TEST_CASE("the first message says which messages are spoken", "[embed]")
{
    AppState state;
    state.options.run = "r";
    CHECK(ready_message(state) == R"({"type":"ready","protocol":1,"run":"r"})");
}

TEST_CASE("a step that the run has led to is told as followed, and once more when the reader stays with it", "[embed]")
{
    Told told{run_with({step("a"), step("b")})};
    told.state.view.selected_step = "b";
    CHECK(told.reporter.report(told.state)
        == Texts{R"({"type":"selection","step":"b","key":"b","id":"","followed":true})"});
    told.state.view.follows_run = false;
    CHECK(told.reporter.report(told.state)
        == Texts{R"({"type":"selection","step":"b","key":"b","id":"","followed":false})"});
    CHECK(told.reporter.report(told.state).empty());
}
