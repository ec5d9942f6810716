#include "shared/view/current_step.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

StepRun started(std::string const& key, ExecutionState state, int at_second)
{
    StepRun made = step(key, state);
    made.started_at = at(at_second);
    return made;
}

StepRun failed(std::string const& key, std::optional<Instant> completed_at)
{
    StepRun made = step(key, ExecutionState::Failed);
    made.completed_at = completed_at;
    return made;
}

RunModel counted(RunModel run)
{
    run.recount();
    return run;
}

} // namespace

TEST_CASE("a run is at the step that began to run last", "[view][current]")
{
    RunModel const run = run_with({started("a", ExecutionState::Running, 1), started("b", ExecutionState::Running, 3),
        started("c", ExecutionState::Running, 2), started("d", ExecutionState::Success, 4)});
    CHECK(current_step_of(run, nullptr) == 1U);
}

TEST_CASE("the step that is held keeps its place while it runs, whatever begins beside it", "[view][current]")
{
    RunModel run = run_with({started("a", ExecutionState::Running, 1), started("b", ExecutionState::Running, 3)});
    run.current_step_key = "b";
    CHECK(current_step_of(run, &run.steps[0]) == 0U);
    run.steps[0].state = state_of(ExecutionState::Success);
    CHECK(current_step_of(run, &run.steps[0]) == 1U);
}

TEST_CASE(
    "a step that the server names as the current one does not count while it waits and another runs", "[view][current]")
{
    RunModel run = run_with({step("waits"), started("runs", ExecutionState::Running, 1), step("later")});
    run.current_step_key = "later";
    CHECK(current_step_of(run, nullptr) == 1U);
    run.steps[1].state = state_of(ExecutionState::Success);
    CHECK(current_step_of(run, nullptr) == 2U);
    run.current_step_key.clear();
    CHECK_FALSE(current_step_of(run, nullptr));
}

TEST_CASE("a run that is over is at no step", "[view][current]")
{
    RunModel run = run_with({started("a", ExecutionState::Running, 1)});
    run.state = state_of(ExecutionState::Canceled);
    CHECK_FALSE(current_step_of(run, &run.steps[0]));
}

TEST_CASE("the first step that failed is the one that ended first, not the one that stands first", "[view][current]")
{
    RunModel const run = counted(run_with({step("fine", ExecutionState::Success), failed("late", at(9)),
        failed("early", at(4)), failed("later", at(7))}));
    REQUIRE(first_failed_step(run) != nullptr);
    CHECK(first_failed_step(run)->key == "early");
}

TEST_CASE("failed steps without an end count in the order of the run", "[view][current]")
{
    RunModel const run = counted(run_with({failed("a", {}), failed("b", at(4))}));
    REQUIRE(first_failed_step(run) != nullptr);
    CHECK(first_failed_step(run)->key == "a");
}

TEST_CASE("where no step has failed, the one that the server blames is meant", "[view][current]")
{
    RunModel run = counted(run_with({step("a", ExecutionState::Success), step("b", ExecutionState::Canceled)}));
    CHECK(first_failed_step(run) == nullptr);
    run.failed_step_key = "b";
    REQUIRE(first_failed_step(run) != nullptr);
    CHECK(first_failed_step(run)->key == "b");
}
