#include "shared/run/reduce.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace pev;
using namespace pev::test;

namespace {

StepUpdated running(std::string key, std::optional<int> attempt = 0, std::optional<Instant> started = at(1))
{
    return {.step_key = std::move(key), .status = "RUNNING", .attempt = attempt, .started_at = started};
}

StepCompleted completed(std::string key, Instant when, std::optional<JsonText> result = "{\"ok\":true}")
{
    return {.step_key = std::move(key), .completed_at = when, .result = std::move(result), .duration = {}};
}

StepFailed failed(std::string key, int attempt, bool will_retry, Instant when)
{
    return {.step_key = std::move(key),
        .error = "HTTP 502",
        .failed_at = when,
        .attempt = attempt,
        .will_retry = will_retry};
}

StepLogAppended line(std::string key, std::string text)
{
    return {.step_key = std::move(key), .level = LogLevel::Info, .text = std::move(text), .at = at(2)};
}

} // namespace

TEST_CASE("when a run ends, what has not ended is interrupted: it has a count of its own", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Success), step("b", ExecutionState::Running), step("c"),
        step("d", ExecutionState::WaitingForDependencies), step("e", ExecutionState::Blocked)});
    run.steps[1].started_at = at(1);
    bool const failed = GENERATE(true, false);
    if (failed)
        reduce(run, event(RunFailed{.error = "x", .failed_at = at(9), .failed_step_key = {}}, at(9)));
    else
        reduce(run, event(RunUpdated{.status = "CANCELLED", .current_step_key = {}}, at(9)));
    CHECK(run.progress == Progress{.total = 5, .completed = 1, .interrupted = 4});
    CHECK(run.interrupted(ExecutionState::Running));
    CHECK_FALSE(run.interrupted(ExecutionState::Skipped));
    CHECK(run.end_of(run.steps[1]) == at(9)); // it stands still
    CHECK_FALSE(run.end_of(run.steps[2]));
}

TEST_CASE("a step starts, and the counts follow", "[run][reduce]")
{
    RunModel run = run_with({step("a"), step("b")});
    CHECK(reduce(run, event(running("a"), at(1))) == Applied::Changed);
    CHECK(run.find("a")->state.kind == ExecutionState::Running);
    CHECK(run.find("a")->started_at == at(1));
    CHECK(run.progress.running == 1);
    CHECK(run.progress.pending == 1);
    CHECK(run.revision == 1);
}

TEST_CASE("a step's start without a time of its own began when the event was made", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a", std::nullopt, std::nullopt), at(4)));
    CHECK(run.find("a")->started_at == at(4));
}

TEST_CASE("a start that is told late, by the duration alone, is news", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    StepCompleted told = completed("a", at(5));
    reduce(run, event(told, at(5)));
    CHECK_FALSE(run.find("a")->started_at);
    std::uint64_t const revision = run.find("a")->revision;
    told.duration = std::chrono::seconds{2};
    CHECK(reduce(run, event(told, at(5))) == Applied::Changed);
    CHECK(run.find("a")->started_at == at(3));
    CHECK(run.find("a")->revision == revision + 1);
}

TEST_CASE("a result that is null, false or 0 is a result; one that is absent leaves the output", "[run][reduce]")
{
    for (JsonText const result : {"null", "false", "0", "\"\""}) {
        RunModel run = run_with({step("a", ExecutionState::Running)});
        run.find("a")->output = "\"partial\"";
        reduce(run, event(completed("a", at(3), result), at(3)));
        CHECK(run.find("a")->output == result);
    }
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->output = "\"partial\"";
    reduce(run, event(completed("a", at(3), std::nullopt), at(3)));
    CHECK(run.find("a")->output == "\"partial\"");
}

TEST_CASE("a failure that will be retried queues the next attempt and keeps its error", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    CHECK(reduce(run, event(failed("a", 0, true, at(2)), at(2))) == Applied::Changed);
    StepRun const& step = *run.find("a");
    CHECK(step.state.kind == ExecutionState::Queued);
    CHECK(step.attempt == 1);
    CHECK(step.error == "\"HTTP 502\"");
    CHECK_FALSE(step.completed_at);
    CHECK(run.progress.failed == 0);

    reduce(run, event(running("a", 1, at(5)), at(5)));
    CHECK(step.started_at == at(5));
    CHECK(step.error == "\"HTTP 502\"");

    reduce(run, event(completed("a", at(6)), at(6)));
    CHECK(step.error.empty());
    CHECK(step.attempt == 1);
}

TEST_CASE("the last failure ends the step", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    reduce(run, event(failed("a", 0, false, at(2)), at(2)));
    CHECK(run.find("a")->state.kind == ExecutionState::Failed);
    CHECK(run.find("a")->completed_at == at(2));
    CHECK(run.progress.failed == 1);
}

TEST_CASE("an error object with a stack is not replaced by the bare message of an event", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->error = R"({"message":"HTTP 502","stack":"at x"})";
    reduce(run, event(failed("a", 0, false, at(2)), at(2)));
    CHECK(run.find("a")->error == R"({"message":"HTTP 502","stack":"at x"})");
}

TEST_CASE("an event delivered twice changes nothing the second time", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    for (RunEvent const& told : {event(running("a"), at(1)), event(failed("a", 0, true, at(2)), at(2)),
             event(running("a", 1, at(5)), at(5)), event(completed("a", at(6)), at(6)),
             event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(6))}) {
        INFO(event_type(told.event));
        CHECK(reduce(run, told) == Applied::Changed);
        CHECK(reduce(run, told) == Applied::Nothing);
    }
}

TEST_CASE("an event that says anew what is known is applied, and nothing is laid out again", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a"), at(1)));
    reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(1)));
    std::uint64_t const revision = run.revision;
    CHECK(reduce(run, event(running("a"), at(2))) == Applied::Changed);
    CHECK(reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(3))) == Applied::Changed);
    CHECK(run.revision == revision);
    CHECK(run.updated_at == at(3));
}

TEST_CASE("news that arrives late changes nothing", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a", 0, at(1)), at(1)));
    reduce(run, event(completed("a", at(3)), at(3)));
    CHECK(reduce(run, event(running("a", 0, at(1)), at(1))) == Applied::Nothing);
    CHECK(run.find("a")->state.kind == ExecutionState::Success);
    CHECK(reduce(run, event(failed("a", 0, true, at(2)), at(2))) == Applied::Changed); // a later attempt is always news
    CHECK(run.find("a")->attempt == 1);
    CHECK(reduce(run, event(completed("a", at(3)), at(3))) == Applied::Changed);
}

TEST_CASE("news of an earlier attempt is old, whatever its time", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    reduce(run, event(failed("a", 0, true, at(2)), at(2)));
    CHECK(reduce(run, event(running("a", 0, at(1)), at(1))) == Applied::Nothing);
    CHECK(reduce(run, event(running("a", 0, at(9)), at(9))) == Applied::Nothing);
    CHECK(run.find("a")->state.kind == ExecutionState::Queued);
    CHECK(run.find("a")->attempt == 1);
}

TEST_CASE("a failure that is overtaken by its own retry is old", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a", 1, at(5)), at(5)));
    CHECK(reduce(run, event(failed("a", 0, true, at(2)), at(2))) == Applied::Nothing);
    CHECK(run.find("a")->state.kind == ExecutionState::Running);
}

TEST_CASE("any status of an update is taken, also words of tomorrow", "[run][reduce]")
{
    RunModel run = run_with({step("a"), step("b"), step("c")});
    reduce(run, event(StepUpdated{.step_key = "a", .status = "SKIPPED", .attempt = {}, .started_at = {}}, at(1)));
    CHECK(run.find("a")->state.kind == ExecutionState::Skipped);
    CHECK(run.progress.skipped == 1);
    CHECK_FALSE(run.find("a")->completed_at);
    reduce(run, event(StepUpdated{.step_key = "b", .status = "PAUSED", .attempt = {}, .started_at = {}}, at(1)));
    CHECK(run.find("b")->state == StateName{ExecutionState::Unknown, "PAUSED"});
    reduce(run, event(StepUpdated{.step_key = "c", .status = "BLOCKED", .attempt = {}, .started_at = {}}, at(1)));
    CHECK(run.find("c")->state.kind == ExecutionState::Blocked);
    CHECK(run.progress.blocked == 1);
}

TEST_CASE("PENDING does not hide what a step waits for", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::WaitingForDependencies)});
    reduce(run, event(StepUpdated{.step_key = "a", .status = "PENDING", .attempt = {}, .started_at = {}}, at(1)));
    CHECK(run.find("a")->state.kind == ExecutionState::WaitingForDependencies);
    reduce(run, event(StepUpdated{.step_key = "a", .status = "QUEUED", .attempt = {}, .started_at = {}}, at(2)));
    CHECK(run.find("a")->state.kind == ExecutionState::Queued);
}

TEST_CASE("the run's end is taken once; only log lines follow it", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    reduce(run, event(RunFailed{.error = "Step a failed", .failed_at = at(9), .failed_step_key = "a"}, at(9)));
    CHECK(run.state.kind == ExecutionState::Failed);
    CHECK(run.status == "FAILED");
    CHECK(run.error == "\"Step a failed\"");
    CHECK(run.failed_step_key == "a");
    CHECK(run.completed_at == at(9));
    CHECK(reduce(run, event(RunCompleted{.completed_at = at(10)}, at(10))) == Applied::RunOver);
    CHECK(reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = {}}, at(10))) == Applied::RunOver);
    CHECK(reduce(run, event(completed("a", at(10)), at(10))) == Applied::RunOver);
    CHECK(reduce(run, event(line("a", "last words"), at(10))) == Applied::Changed);
    CHECK(texts(run.find("a")->logs) == std::vector<std::string>{"last words"});
}

TEST_CASE("a run does not go back to the queue", "[run][reduce]")
{
    RunModel run = run_with({});
    reduce(run, event(RunUpdated{.status = "QUEUED", .current_step_key = {}}));
    CHECK(run.state.kind == ExecutionState::Running);
}

TEST_CASE("events for other runs and unknown steps change nothing", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    RunEvent other = event(running("a"));
    other.run_id = "run-2";
    CHECK(reduce(run, other) == Applied::OtherRun);
    CHECK(reduce(run, event(running("z"))) == Applied::UnknownStep);
    CHECK(reduce(run, event(line("z", "x"))) == Applied::UnknownStep);
    CHECK(run.revision == 0);
}

TEST_CASE("a line that a document brought is not told twice by a replay", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->logs = log_of({"one", "two", "three"});
    run.find("a")->documented_until = at(5);
    run.log_line_count = 3;
    for (char const* const text : {"two", "three", "four"}) {
        RunEvent told = event(line("a", text), at(2));
        told.happened_by = at(2); // before the document
        CHECK(reduce(run, told) == Applied::Changed);
    }
    CHECK(texts(run.find("a")->logs) == std::vector<std::string>{"one", "two", "three", "four"});
    CHECK(run.find("a")->logs[1].level == LogLevel::Info);
    CHECK(run.log_line_count == 4);
    // A later line with the text of an earlier one is a new one.
    run.find("a")->logs = log_of({"retry", "retry"});
    RunEvent later = event(line("a", "retry"), at(7));
    later.happened_by = at(7);
    reduce(run, later);
    CHECK(run.find("a")->logs.size() == 3);
}

TEST_CASE("a late word about the current step does not undo a newer one", "[run][reduce]")
{
    RunModel run = run_with({step("a"), step("b")});
    reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "b"}, at(2)));
    reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(1)));
    CHECK(run.current_step_key == "b");
    reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(3)));
    CHECK(run.current_step_key == "a");
}

TEST_CASE("what an event changes is no longer what the document told", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->documented = true;
    RunEvent told = event(completed("a", at(3)), at(3));
    told.happened_by = at(4);
    reduce(run, told);
    CHECK_FALSE(run.find("a")->documented);
    CHECK(run.find("a")->told_at == at(4));
}

TEST_CASE("log lines are appended in the order of their arrival, equal ones too", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    for (char const* const text : {"one", "two", "two"})
        CHECK(reduce(run, event(line("a", text))) == Applied::Changed);
    CHECK(texts(run.find("a")->logs) == std::vector<std::string>{"one", "two", "two"});
    CHECK(run.log_line_count == 3);
    CHECK(run.find("a")->logs[0].level == LogLevel::Info);
}
