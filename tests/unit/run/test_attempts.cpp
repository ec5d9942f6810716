// A step that runs again, as documents tell of it: with and without a number that counts, with a log that goes on or is replaced.
#include "shared/run/attempts.h"
#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

using Lines = std::vector<std::string>;

constexpr char const* kError = R"({"message":"503","stack":"at x"})";

StepRun ran(ExecutionState state, double start, std::optional<double> end = {}, JsonText error = {})
{
    StepRun run = step("a", state);
    run.started_at = at(start);
    if (end)
        run.completed_at = at(*end);
    run.known_until = std::max(run.started_at, run.completed_at);
    run.error = std::move(error);
    return run;
}

StepRun with_log(StepRun run, std::initializer_list<std::string_view> lines)
{
    run.logs = log_of(lines);
    return run;
}

// One document after another, by polling: the run at the end.
RunModel polled(std::vector<StepRun> documents)
{
    double second = 100;
    RunModel run = run_with({documents.front()});
    note_document(run, {.sent = at(second), .received = at(second)});
    place_earlier_errors(run);
    for (std::size_t i = 1; i < documents.size(); ++i) {
        second += 2;
        merge(run, run_with({documents[i]}), {.sent = at(second), .received = at(second)});
    }
    return run;
}

} // namespace

TEST_CASE("stamps are compared as exactly as the coarser of them", "[run][attempts]")
{
    CHECK(compare_stamps(at(1), at(2)) < 0);
    CHECK(compare_stamps(at(2), at(1.9)) > 0); // another second
    CHECK(compare_stamps(at(1), at(1.9)) == 0);
    CHECK(compare_stamps(at(1.25), at(1.2501)) == 0);
    CHECK(compare_stamps(at(1.2502), at(1.2501)) > 0);
}

TEST_CASE("a step that is tried again keeps its attempt before, whose log was replaced", "[run][attempts]")
{
    std::vector<StepRun> const documents{
        with_log(ran(ExecutionState::Failed, 12, 13, kError), {"start", "call", "failed: 503"}),
        with_log(ran(ExecutionState::Running, 15, {}, kError), {"start", "call", "failed: 503"}),
        with_log(ran(ExecutionState::Success, 15, 19, kError), {"start", "call", "done"})};

    RunModel run = polled({documents[0], documents[1]});
    StepRun const& step = run.steps[0];
    CHECK(step.attempt_number() == 2);
    CHECK(step.has_earlier_error());
    CHECK_FALSE(step.completed_at);
    REQUIRE(step.past.size() == 1);
    CHECK(step.past[0].number == 1);
    CHECK(step.past[0].state.kind == ExecutionState::Failed);
    CHECK(step.past[0].started_at == at(12));
    CHECK(step.past[0].completed_at == at(13));
    CHECK(step.past[0].error == kError);
    CHECK(step.past[0].end == 3);
    CHECK(texts(step.logs) == Lines{"start", "call", "failed: 503"}); // as the server has it still

    run = polled(documents);
    CHECK(run.steps[0].past.size() == 1);
    CHECK(texts(run.steps[0].logs) == Lines{"start", "call", "done"});
    REQUIRE(run.steps[0].past[0].log);
    CHECK(texts(*run.steps[0].past[0].log) == Lines{"start", "call", "failed: 503"});
    CHECK(run.log_line_count == 3);
    CHECK(run.log_bytes == run.steps[0].log_bytes());
    CHECK(run.log_bytes > run.steps[0].logs.bytes());

    // Also where nobody saw how the first attempt ended.
    run = polled({with_log(ran(ExecutionState::Running, 12), {}), documents[1], documents[2]});
    REQUIRE(run.steps[0].past.size() == 1);
    CHECK(run.steps[0].past[0].state.kind == ExecutionState::Failed); // the error says so
    CHECK(run.steps[0].past[0].error == kError);
    // Or that there was one.
    run = polled({documents[1], documents[2]});
    REQUIRE(run.steps[0].past.size() == 1);
    CHECK(run.steps[0].attempt_number() == 2);
    CHECK(run.steps[0].past[0].error == kError);
    CHECK(texts(*run.steps[0].past[0].log) == Lines{"start", "call", "failed: 503"});
    CHECK(polled({documents[2]}).steps[0].attempt_number() == 2);
}

TEST_CASE("a document that says the same again changes nothing", "[run][attempts]")
{
    std::vector<StepRun> documents{
        with_log(ran(ExecutionState::Failed, 12, 13, kError), {"start", "call", "failed: 503"}),
        with_log(ran(ExecutionState::Running, 15, {}, kError), {"start", "call", "failed: 503"})};
    std::uint64_t const revision = polled(documents).revision;
    documents.push_back(documents[1]);
    documents.push_back(documents[1]);
    RunModel const run = polled(documents);
    CHECK(run.revision == revision);
    CHECK(run.steps[0].past.size() == 1);
    CHECK(run.steps[0].attempt_number() == 2);
}

TEST_CASE("a log that goes on over the attempts stays one, and each attempt knows its part", "[run][attempts]")
{
    auto numbered = [](StepRun run, int attempt) {
        run.attempt = attempt;
        return run;
    };
    RunModel const run = polled({with_log(ran(ExecutionState::Running, 12), {}),
        numbered(with_log(ran(ExecutionState::Queued, 12, {}, kError), {"a", "b"}), 1),
        numbered(with_log(ran(ExecutionState::Running, 15, {}, kError), {"a", "b"}), 1),
        numbered(with_log(ran(ExecutionState::Success, 15, 19), {"a", "b", "a", "c"}), 1)});
    StepRun const& step = run.steps[0];
    CHECK(texts(step.logs) == Lines{"a", "b", "a", "c"});
    REQUIRE(step.past.size() == 1);
    CHECK_FALSE(step.past[0].log);
    CHECK(step.past[0].error == kError);
    CHECK(step.attempt_number() == 2);
}

TEST_CASE("lines that the stream told stay with their attempt where the document's log is that of the next",
    "[run][attempts]")
{
    RunModel run = run_with({step("a")});
    auto const tell = [&](Event what, double second) {
        RunEvent told = event(std::move(what), at(second));
        told.happened_by = at(second);
        told.opening = 1;
        reduce(run, told);
    };
    auto const say = [&](std::string text, double second) {
        tell(StepLogAppended{.step_key = "a", .level = LogLevel::Info, .text = std::move(text), .at = at(second)},
            second);
    };
    auto const begin = [&](double second) {
        tell(StepUpdated{.step_key = "a", .status = "RUNNING", .attempt = {}, .started_at = at(second)}, second);
    };
    begin(1);
    say("start", 1.1);
    say("failed", 1.9);
    tell(StepFailed{.step_key = "a", .error = "503", .failed_at = at(2), .attempt = 0, .will_retry = false}, 2);
    begin(4);
    say("start", 4.1);
    say("done", 4.9);
    tell(StepCompleted{.step_key = "a", .completed_at = at(5), .result = "1", .duration = {}}, 5);
    CHECK(texts(run.steps[0].logs) == Lines{"start", "failed", "start", "done"});

    merge(run, run_with({with_log(ran(ExecutionState::Success, 4, 5), {"start", "done"})}),
        {.sent = at(6), .received = at(6)});
    StepRun const& step = run.steps[0];
    CHECK(texts(step.logs) == Lines{"start", "done"});
    CHECK(step.logs[0].at == at(4.1));
    REQUIRE(step.past[0].log);
    CHECK(texts(*step.past[0].log) == Lines{"start", "failed"});
    // A stream that is opened again repeats them: they are known.
    for (auto const& [text, second] : {std::pair{"failed", 1.9}, {"done", 4.9}}) {
        RunEvent again = event(
            StepLogAppended{.step_key = "a", .level = LogLevel::Info, .text = text, .at = at(second)}, at(second));
        again.happened_by = at(second);
        again.opening = 2;
        again.replayed = true;
        CHECK(reduce(run, again) == Applied::Nothing);
    }
    CHECK(texts(step.logs) == Lines{"start", "done"});
    CHECK(texts(*step.past[0].log) == Lines{"start", "failed"});
}

TEST_CASE("a document from before the attempt that events told leaves it alone", "[run][attempts]")
{
    RunModel run = run_with({with_log(ran(ExecutionState::Failed, 12, 13, kError), {"x", "failed"})});
    RunEvent told
        = event(StepUpdated{.step_key = "a", .status = "RUNNING", .attempt = {}, .started_at = at(15)}, at(15));
    told.happened_by = at(15);
    reduce(run, told);
    merge(run, run_with({with_log(ran(ExecutionState::Failed, 12, 13, kError), {"x", "failed"})}),
        {.sent = at(15.1), .received = at(15.2)});
    CHECK(run.steps[0].state.kind == ExecutionState::Running);
    CHECK(run.steps[0].attempt_number() == 2);
    // An older server's document, which is believed after a while, takes the attempt back and forgets it.
    merge(run, run_with({with_log(ran(ExecutionState::Failed, 12, 13, kError), {"x", "failed"})}),
        {.sent = at(40), .received = at(40)});
    CHECK(run.steps[0].state.kind == ExecutionState::Failed);
    CHECK(run.steps[0].past.empty());
    CHECK(run.steps[0].attempt_number() == 1);
}

TEST_CASE("a newer start holds against a larger number that events told", "[run][attempts]")
{
    StepRun known = ran(ExecutionState::Failed, 12, 16, kError);
    known.attempt = 2;
    known.told_at = at(99);
    RunModel run = run_with({known});
    merge(run, run_with({ran(ExecutionState::Running, 23)}), {.sent = at(100), .received = at(100)});
    CHECK(run.steps[0].state.kind == ExecutionState::Running);
    CHECK(run.steps[0].attempt_number() == 1); // it counts from one again
    CHECK(run.steps[0].past.back().number == 3);
}

TEST_CASE("starts that are a moment apart, by two clocks, are one", "[run][attempts]")
{
    RunModel const run = polled({ran(ExecutionState::Running, 12), ran(ExecutionState::Running, 12.3),
        ran(ExecutionState::Success, 12.31, 12.9), ran(ExecutionState::Success, 12.3, 13)});
    CHECK(run.steps[0].past.empty());
    CHECK(run.steps[0].attempt_number() == 1);
}

TEST_CASE("an output whose keys come back in another order is no change, however often", "[run][merge]")
{
    RunModel run = run_with({ran(ExecutionState::Success, 12, 13)});
    run.steps[0].output = R"({"rows":1,"at":{"b":2,"a":1}})";
    run.steps[0].told_at = at(13);
    StepRun fetched = ran(ExecutionState::Success, 12, 13);
    fetched.output = R"({"at": {"a": 1, "b": 2}, "rows": 1})";
    for (double const second : {14.0, 30.0, 32.0}) {
        merge(run, run_with({fetched}), {.sent = at(second), .received = at(second)});
        CHECK(run.revision == 0);
        CHECK(run.steps[0].revision == 0);
        CHECK(run.steps[0].output == R"({"rows":1,"at":{"b":2,"a":1}})");
    }
    fetched.output = R"({"at": {"a": 1, "b": 3}, "rows": 1})";
    merge(run, run_with({fetched}), {.sent = at(34), .received = at(34)});
    CHECK(run.steps[0].output == fetched.output);
    CHECK(run.revision == 1);
}

TEST_CASE("a run whose end was told goes on as soon as a document shows what began after it", "[run][merge]")
{
    RunModel run = run_with({ran(ExecutionState::Failed, 1, 2, kError)});
    RunEvent failed = event(RunFailed{.error = "503", .failed_at = at(2), .failed_step_key = "a"}, at(2));
    failed.happened_by = at(2);
    reduce(run, failed);
    merge(run, run_with({ran(ExecutionState::Failed, 1, 2, kError)}), {.sent = at(2.5), .received = at(2.6)});
    CHECK(run.over()); // the database was not as quick
    merge(run, run_with({ran(ExecutionState::Running, 3, {}, kError)}), {.sent = at(3.5), .received = at(3.6)});
    CHECK_FALSE(run.over());
    CHECK(run.failed_step_key.empty());
}

TEST_CASE("the logs of attempts before give way like all others", "[run][attempts][memory]")
{
    std::vector<StepRun> documents;
    for (int attempt = 0; attempt < 6; ++attempt) {
        StepRun run = ran(ExecutionState::Failed, attempt * 10, attempt * 10 + 5, kError);
        for (int i = 0; i < 200; ++i) {
            run.logs.append({.text = "attempt " + std::to_string(attempt) + " line " + std::to_string(i),
                .level = {},
                .at = {},
                .from_stream = false});
        }
        documents.push_back(run);
    }
    RunModel run = run_with({documents.front()});
    run.memory = 64U << 10U;
    for (std::size_t i = 1; i < documents.size(); ++i) {
        double const second = 100.0 + static_cast<double>(i);
        merge(run, run_with({documents[i]}), {.sent = at(second), .received = at(second)});
    }
    StepRun const& step = run.steps[0];
    REQUIRE(step.past.size() == 5);
    CHECK(run.log_bytes + run.other_bytes <= run.memory);
    CHECK(run.log_bytes == step.log_bytes());
    for (PastAttempt const& attempt : step.past) {
        REQUIRE(attempt.log);
        CHECK(attempt.log->text(attempt.log->end() - 1).ends_with("line 199"));
    }
    CHECK(step.logs.text(step.logs.end() - 1) == "attempt 5 line 199");
}
