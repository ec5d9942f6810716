#include "shared/run/attempts.h"
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

StepLogAppended line(std::string key, std::string text, double second = 2)
{
    return {.step_key = std::move(key), .level = LogLevel::Info, .text = std::move(text), .at = at(second)};
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
    CHECK(
        reduce(run, event(failed("a", 0, true, at(2)), at(2))) == Applied::Nothing); // older, whatever its number says
    CHECK(run.find("a")->attempt == 0);
    CHECK(run.find("a")->past.empty());
}

TEST_CASE("attempts may count from one again: what is newer holds", "[run][reduce][attempts]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->attempt = 2;
    run.find("a")->started_at = at(0);
    // Where nothing tells what is newer, the attempt does.
    CHECK(reduce(run, event(running("a", 0, std::nullopt), std::nullopt)) == Applied::Nothing);
    reduce(run, event(failed("a", 2, false, at(2)), at(2)));
    CHECK(reduce(run, event(running("a", 0, at(1)), at(1))) == Applied::Nothing);
    // Somebody has it run again.
    CHECK(reduce(run, event(StepUpdated{.step_key = "a", .status = "QUEUED", .attempt = 0, .started_at = {}}, at(7)))
        == Applied::Changed);
    CHECK(reduce(run, event(running("a", 0, at(9)), at(9))) == Applied::Changed);
    StepRun const& step = *run.find("a");
    CHECK(step.state.kind == ExecutionState::Running);
    CHECK(step.attempt == 0);
    CHECK(step.attempt_number() == 1);
    CHECK_FALSE(step.completed_at);
    CHECK(step.past.back().state.kind == ExecutionState::Failed);
    CHECK(step.past.back().completed_at == at(2));
    CHECK(step.past.back().error == "\"HTTP 502\"");
}

TEST_CASE("an attempt is known by its start where the server's number stands still", "[run][reduce][attempts]")
{
    RunModel run = run_with({step("a")});
    StepRun const& step = *run.find("a");
    for (double const second : {1.0, 11.0, 21.0}) {
        reduce(run, event(running("a", std::nullopt, at(second)), at(second)));
        reduce(run, event(line("a", "calling", second + 1), at(second + 1)));
        if (second < 21)
            reduce(run, event(failed("a", 0, false, at(second + 2)), at(second + 2)));
    }
    CHECK(step.attempt_number() == 3);
    CHECK(step.attempt_limit() == 3);
    CHECK(step.started_at == at(21));
    CHECK(step.has_earlier_error());
    REQUIRE(step.past.size() == 2);
    CHECK(step.past[0].number == 1);
    CHECK(step.past[1].number == 2);
    CHECK(step.past[1].started_at == at(11));
    CHECK(step.past[1].completed_at == at(13));
    CHECK(step.past[1].error == "\"HTTP 502\"");
    CHECK(step.past[1].begin == 1);
    CHECK(step.past[1].end == 2);
    // An end that comes late is that of an attempt before.
    CHECK(reduce(run, event(failed("a", 0, false, at(13)), at(13))) == Applied::Nothing);
    CHECK(step.state.kind == ExecutionState::Running);
    reduce(run, event(completed("a", at(25)), at(25)));
    CHECK(step.error.empty());
    CHECK(step.past.size() == 2);
}

TEST_CASE("of two facts with one stamp on one stream, the one that comes later is newer", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    StepRun const& step = *run.find("a");
    auto const tell = [&](Event what, std::uint16_t opening) {
        RunEvent told = event(std::move(what), at(28));
        told.opening = opening;
        return reduce(run, told);
    };
    tell(running("a", std::nullopt, at(14)), 1);
    CHECK(tell(completed("a", at(28)), 1) == Applied::Changed);
    CHECK(tell(running("a", std::nullopt, at(28)), 1) == Applied::Changed);
    CHECK(step.state.kind == ExecutionState::Running);
    CHECK(step.started_at == at(28));
    CHECK(step.attempt_number() == 2);
    tell(completed("a", at(28)), 1);
    // What another stream repeats is no newer: the rank decides.
    CHECK(tell(running("a", std::nullopt, at(28)), 2) == Applied::Nothing);
    CHECK(step.state.kind == ExecutionState::Success);
}

TEST_CASE("stamps of whole seconds are compared as such", "[run][reduce]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a", 0, at(15.42)), at(15.42)));
    CHECK(reduce(run, event(completed("a", at(15)), at(15))) == Applied::Changed);
    CHECK(run.find("a")->state.kind == ExecutionState::Success);
}

TEST_CASE("a failure that will be tried again leaves its attempt behind, with its end and its lines",
    "[run][reduce][attempts]")
{
    RunModel run = run_with({step("a")});
    reduce(run, event(running("a", 0, at(1)), at(1)));
    reduce(run, event(line("a", "one"), at(2)));
    reduce(run, event(failed("a", 0, true, at(3)), at(3)));
    StepRun const& step = *run.find("a");
    REQUIRE(step.past.size() == 1);
    CHECK(step.past[0].state.kind == ExecutionState::Failed);
    CHECK(step.past[0].completed_at == at(3));
    CHECK(step.past[0].end == 1);
    CHECK(step.between_attempts);
    CHECK(step.attempt_number() == 2);
    CHECK(run.progress.failed == 0);
    CHECK(run.progress.pending == 1);
    // A line of that attempt that comes late is counted to it.
    reduce(run, event(running("a", 1, at(5)), at(5)));
    CHECK(step.past.size() == 1);
    CHECK_FALSE(step.between_attempts);
    RunEvent late = event(line("a", "two"), at(4));
    std::get<StepLogAppended>(late.event).at = at(4);
    reduce(run, late);
    CHECK(step.past[0].end == 2);
    CHECK(texts(step.logs) == std::vector<std::string>{"one", "two"});
}

TEST_CASE("so many rounds of a loop are kept", "[run][reduce][attempts]")
{
    RunModel run = run_with({step("a")});
    for (int round = 0; round < 50; ++round) {
        reduce(run, event(running("a", std::nullopt, at(round * 2)), at(round * 2)));
        reduce(run, event(completed("a", at(round * 2 + 1)), at(round * 2 + 1)));
    }
    CHECK(run.find("a")->past.size() == kMostPastAttempts);
    CHECK(run.find("a")->past.back().number == 49);
    CHECK(run.find("a")->attempt_number() == 50);
    std::size_t const bytes = run.other_bytes;
    run.recount();
    CHECK(run.other_bytes == bytes);
}

TEST_CASE("a result whose keys stand in another order than the document's is no change", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    reduce(run, event(completed("a", at(3), R"({"b":1,"a":[1,2]})"), at(3)));
    run.find("a")->output = R"({"a": [1, 2], "b": 1})";
    std::uint64_t const revision = run.revision;
    reduce(run, event(completed("a", at(3), R"({"b":1,"a":[1,2]})"), at(3)));
    CHECK(run.revision == revision);
    reduce(run, event(completed("a", at(3), R"({"b":1,"a":[2,1]})"), at(3)));
    CHECK(run.revision == revision + 1);
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
    CHECK(reduce(run, event(RunFailed{.error = "Step a failed", .failed_at = at(9), .failed_step_key = "a"}, at(9)))
        == Applied::Nothing);
    // From before the end, and so no news.
    CHECK(reduce(run, event(RunCompleted{.completed_at = at(8)}, at(8))) == Applied::RunOver);
    CHECK(reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = {}}, at(8))) == Applied::RunOver);
    CHECK(reduce(run, event(completed("a", at(8)), at(8))) == Applied::RunOver);
    CHECK(reduce(run, event(line("a", "last words"), at(10))) == Applied::Changed);
    CHECK(texts(run.find("a")->logs) == std::vector<std::string>{"last words"});
    CHECK(run.over());
}

TEST_CASE("after a run has failed its step is tried again, and the run can succeed", "[run][reduce]")
{
    RunModel run = run_with({step("a"), step("b")});
    reduce(run, event(running("a", std::nullopt, at(1)), at(1)));
    reduce(run, event(running("b", std::nullopt, at(1)), at(1)));
    reduce(run, event(failed("a", 0, false, at(2)), at(2)));
    reduce(run, event(RunFailed{.error = "Step a failed", .failed_at = at(2), .failed_step_key = "a"}, at(2.1)));
    // What was under way beside it ends: that is news, and the run stays over.
    CHECK(reduce(run, event(completed("b", at(3)), at(3))) == Applied::Changed);
    CHECK(run.find("b")->state.kind == ExecutionState::Success);
    CHECK(run.over());
    // A step that starts makes it live again.
    CHECK(reduce(run, event(running("a", std::nullopt, at(4)), at(4))) == Applied::Changed);
    CHECK_FALSE(run.over());
    CHECK(run.state.kind == ExecutionState::Running);
    CHECK_FALSE(run.completed_at);
    CHECK(run.error.empty());
    CHECK(run.failed_step_key.empty());
    CHECK(run.find("a")->attempt_number() == 2);
    reduce(run, event(completed("a", at(5)), at(5)));
    CHECK(reduce(run, event(RunCompleted{.completed_at = at(5)}, at(5))) == Applied::Changed);
    CHECK(run.state.kind == ExecutionState::Success);
    CHECK(run.completed_at == at(5));
    // An end after an end holds too.
    CHECK(reduce(run, event(RunFailed{.error = "no", .failed_at = at(6), .failed_step_key = {}}, at(6)))
        == Applied::Changed);
    CHECK(run.state.kind == ExecutionState::Failed);
}

TEST_CASE("a run that was over and is told to run is live again", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Success)});
    reduce(run, event(RunCompleted{.completed_at = at(9)}, at(9)));
    CHECK(reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, at(20))) == Applied::Changed);
    CHECK_FALSE(run.over());
    CHECK(run.status == "RUNNING");
    CHECK(run.current_step_key == "a");
    // With one stamp, the order on the stream tells.
    reduce(run, event(RunCompleted{.completed_at = at(30)}, at(30)));
    CHECK(reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = {}}, at(30))) == Applied::Changed);
    CHECK_FALSE(run.over());
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

TEST_CASE("a stamp that the server's clock has not reached orders nothing", "[run][reduce]")
{
    constexpr double kHour = 3'600;
    RunModel run = run_with({step("a", ExecutionState::Running), step("b")});
    StepRun& a = *run.find("a");
    auto const tell = [&](Event what, double stamped, double now) {
        RunEvent told = event(std::move(what), at(stamped));
        told.happened_by = at(now);
        told.latest_stamp = at(now + 1);
        return reduce(run, told);
    };
    SECTION("a document's step that is to start in an hour ends")
    {
        a.started_at = a.known_until = at(kHour);
        a.documented_until = at(1);
        CHECK(tell(completed("a", at(5)), 5, 5) == Applied::Changed);
        CHECK(a.state.kind == ExecutionState::Success);
        CHECK_FALSE(a.completed_at); // before its start
        CHECK(a.known_until == at(5));
        CHECK(tell(running("a", 0, at(2)), 2, 6) == Applied::Nothing); // late
    }
    SECTION("an event that is stamped an hour ahead does not hide what follows")
    {
        tell(running("b", 0, std::nullopt), kHour, 2);
        CHECK(run.find("b")->state.kind == ExecutionState::Running);
        CHECK(tell(completed("b", at(5)), 5, 5) == Applied::Changed);
        CHECK(run.find("b")->state.kind == ExecutionState::Success);
        tell(RunUpdated{.status = "RUNNING", .current_step_key = "a"}, kHour, 6);
        tell(RunUpdated{.status = "RUNNING", .current_step_key = "b"}, 7, 7);
        CHECK(run.current_step_key == "b");
        CHECK(run.updated_at == at(7));
    }
    SECTION("nor does a run that is said to have ended in an hour")
    {
        tell(RunFailed{.error = "x", .failed_at = at(kHour), .failed_step_key = {}}, 8, 8);
        CHECK(tell(running("b", 1, at(9)), 9, 9) == Applied::Changed);
        CHECK_FALSE(run.over());
    }
}

TEST_CASE(
    "a failed step that is tried again by hand runs, whatever the number of that attempt", "[run][reduce][attempts]")
{
    RunModel run = run_with({step("a", ExecutionState::Failed)});
    StepRun& a = *run.find("a");
    a.attempt = 2;
    a.started_at = at(1);
    a.completed_at = a.known_until = at(5);
    a.documented_until = at(10);
    RunEvent told = event(running("a", 0, at(9)), at(9));
    told.happened_by = at(9); // the document can have told of it
    CHECK(reduce(run, told) == Applied::Changed);
    CHECK(a.state.kind == ExecutionState::Running);
    CHECK(a.past.size() == 1);
    // What only repeats what led to what the document shows is none.
    a.attempt = 2;
    a.told_opening.reset();
    told = event(failed("a", 0, false, at(9)), at(10));
    told.happened_by = at(10);
    CHECK(reduce(run, told) == Applied::Nothing);
}

TEST_CASE("a step in a state of tomorrow may have ended: it is not interrupted", "[run]")
{
    RunModel run = run_with({step("a", ExecutionState::Unknown), step("b", ExecutionState::Running)});
    reduce(run, event(RunCompleted{.completed_at = at(9)}, at(9)));
    CHECK_FALSE(run.interrupted(ExecutionState::Unknown));
    CHECK(run.progress == Progress{.total = 2, .interrupted = 2});
}

TEST_CASE("an end from before the start is not believed of events either", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running), step("b", ExecutionState::Running)});
    for (StepRun& step : run.steps)
        step.started_at = at(20);
    run.started_at = at(15);
    bool const in_time = GENERATE(true, false);
    std::optional<Instant> const stamp = in_time ? std::optional{at(30)} : std::nullopt;
    reduce(run, event(completed("a", at(10)), stamp));
    CHECK(run.find("a")->completed_at == stamp); // the event's own, or none
    reduce(run, event(failed("b", 0, false, at(10)), stamp));
    CHECK(run.find("b")->completed_at == stamp);
    reduce(run, event(RunCompleted{.completed_at = at(10)}, stamp));
    CHECK(run.completed_at == stamp);
}

TEST_CASE("a run that failed goes on where a step that it left running starts anew", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Running), step("b", ExecutionState::Running)});
    run.find("a")->started_at = run.find("b")->started_at = at(1);
    reduce(run, event(RunFailed{.error = "x", .failed_at = at(9), .failed_step_key = {}}, at(9)));
    reduce(run, event(running("b", 0, at(1)), at(10))); // that it still runs is no start
    CHECK(run.over());
    reduce(run, event(running("a", 0, at(12)), at(12)));
    CHECK_FALSE(run.over());
    CHECK(run.find("a")->past.size() == 1);
    CHECK(run.progress.running == 2);
}

TEST_CASE("a run that runs may be blocked or wait", "[run][reduce]")
{
    RunModel run = run_with({});
    reduce(run, event(RunUpdated{.status = "BLOCKED", .current_step_key = {}}, at(1)));
    CHECK(run.state.kind == ExecutionState::Blocked);
    reduce(run, event(RunUpdated{.status = "RUNNING", .current_step_key = {}}, at(2)));
    reduce(run, event(RunUpdated{.status = "waiting", .current_step_key = {}}, at(3)));
    CHECK(run.state.kind == ExecutionState::WaitingForDependencies);
}

TEST_CASE("of what has no time, that is news which arrives after the document of the end", "[run][reduce]")
{
    RunModel run = run_with({step("a", ExecutionState::Failed)});
    run.state = state_of(ExecutionState::Failed);
    run.completed_at = run.find("a")->completed_at = at(3);
    run.documented_until = run.find("a")->documented_until = at(5);
    RunEvent told = event(running("a", std::nullopt, std::nullopt), std::nullopt);
    told.happened_by = at(4);
    told.opening = 1;
    CHECK(reduce(run, told) == Applied::RunOver);
    told.happened_by = at(6);
    CHECK(reduce(run, told) == Applied::Changed);
    CHECK_FALSE(run.over());
    CHECK(run.find("a")->state.kind == ExecutionState::Running);
}
