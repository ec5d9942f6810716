#include "shared/run/merge.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

// A document that was asked for at that second, and was there at once.
DocumentTimes asked_at(double second)
{
    return {.sent = at(second), .received = at(second)};
}

// A run whose steps events have told at that second.
RunModel told_at(double second, std::vector<StepRun> steps)
{
    RunModel run = run_with(std::move(steps));
    for (StepRun& step : run.steps)
        step.told_at = at(second);
    return run;
}

} // namespace

TEST_CASE("a document never takes back what events told shortly before it was asked for, or since", "[run][merge]")
{
    for (double const told : {8.0, 10.5}) {
        RunModel run = run_with({step("a", ExecutionState::Success), step("b", ExecutionState::Running)});
        run.find("a")->output = "{\"n\":1}";
        run.find("a")->completed_at = at(5);
        run.find("a")->told_at = at(told);
        RunModel fetched = run_with({step("a", ExecutionState::Running), step("b", ExecutionState::Queued)});
        fetched.find("a")->worker = WorkerInfo{.worker_id = "worker-3", .started_at = {}, .finished_at = {}};
        Merged const merged = merge(run, fetched, asked_at(10));
        CHECK(run.find("a")->state.kind == ExecutionState::Success);
        CHECK(run.find("a")->output == "{\"n\":1}");
        CHECK(run.find("a")->worker->worker_id == "worker-3"); // only the document knows
        CHECK(run.find("b")->state.kind == ExecutionState::Queued); // untouched: the document is right
        CHECK(run.progress.completed == 1);
        CHECK(run.progress.pending == 1);
        // A document that lacks what came after its request does not lag.
        CHECK(merged.document_lags == (told < 10));
    }
}

TEST_CASE("what events told long before a document was asked for is the document's to judge", "[run][merge]")
{
    RunModel run = told_at(4, {step("a", ExecutionState::Success)});
    Merged const merged = merge(run, run_with({step("a", ExecutionState::Running)}), asked_at(10));
    CHECK(run.find("a")->state.kind == ExecutionState::Running);
    CHECK_FALSE(merged.document_lags);
}

TEST_CASE("where both sides have come as far, what was just told holds", "[run][merge]")
{
    RunModel run = told_at(9, {step("a", ExecutionState::Blocked)});
    merge(run, run_with({step("a", ExecutionState::Queued)}), asked_at(10));
    CHECK(run.find("a")->state.kind == ExecutionState::Blocked);
    CHECK(run.progress.blocked == 1);
    merge(run, run_with({step("a", ExecutionState::Queued)}), asked_at(20));
    CHECK(run.find("a")->state.kind == ExecutionState::Queued);
}

TEST_CASE(
    "a document that is as far as the events fills in what they did not tell, and the other way round", "[run][merge]")
{
    RunModel run = told_at(9, {step("a", ExecutionState::Success)});
    run.find("a")->output = "42";
    RunModel fetched = run_with({step("a", ExecutionState::Success)});
    fetched.find("a")->output = "null";
    fetched.find("a")->episodic_traces = "[{}]";
    merge(run, fetched, asked_at(10));
    CHECK(run.find("a")->output == "42");
    CHECK(run.find("a")->episodic_traces == "[{}]");
}

TEST_CASE("a step counts as documented when a document has told the state that it is in", "[run][merge]")
{
    RunModel run = told_at(9, {step("a", ExecutionState::Success)});
    merge(run, run_with({step("a", ExecutionState::Running)}), asked_at(10));
    CHECK_FALSE(run.find("a")->documented);
    CHECK(run.find("a")->documented_until == at(10)); // of its log it has told
    merge(run, run_with({step("a", ExecutionState::Success)}), asked_at(12));
    CHECK(run.find("a")->documented);
}

TEST_CASE("the document of one step is merged like that of a run", "[run][merge]")
{
    RunModel run = told_at(9, {step("a", ExecutionState::Success), step("b", ExecutionState::Running)});
    run.find("a")->logs = log_of({"one"}, true);
    StepRun fetched = step("a", ExecutionState::Success);
    fetched.output = "42";
    fetched.logs = log_of({"zero", "one"});
    std::uint64_t const revision = run.revision;
    merge_step(run, fetched, asked_at(10));
    CHECK(run.find("a")->output == "42");
    CHECK(run.find("a")->documented);
    CHECK(run.log_line_count == 2);
    CHECK(run.revision == revision + 1);
    CHECK(run.progress.completed == 1);
    CHECK(run.progress.running == 1);
    merge_step(run, step("unknown"), asked_at(11));
    CHECK(run.steps.size() == 2);
}

TEST_CASE("a run whose end was told stays over for a while, whatever documents say", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Success)});
    run.state = state_of(ExecutionState::Success);
    run.status = "SUCCEEDED";
    run.completed_at = at(9);
    run.told_at = at(9);
    Merged const merged = merge(run, run_with({step("a", ExecutionState::Success)}), asked_at(38));
    CHECK(run.over());
    CHECK(run.completed_at == at(9));
    CHECK(merged.document_lags);
    // It was started again: by then the document knows better.
    merge(run, run_with({step("a", ExecutionState::Success)}), asked_at(40));
    CHECK_FALSE(run.over());
}

TEST_CASE("a document that is older than the one before takes nothing back", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Queued)});
    RunModel newer = run_with({step("a", ExecutionState::Running)});
    newer.updated_at = at(8);
    merge(run, newer, asked_at(10));
    RunModel older = run_with({step("a", ExecutionState::Queued)});
    older.updated_at = at(7);
    CHECK(merge(run, older, asked_at(12)).document_lags);
    CHECK(run.find("a")->state.kind == ExecutionState::Running);
    // One that is older by far was stamped by a clock that was set: it would be refused for ever.
    older.updated_at = at(-3600);
    CHECK_FALSE(merge(run, older, asked_at(14)).document_lags);
    CHECK(run.find("a")->state.kind == ExecutionState::Queued);
}

TEST_CASE("steps that appear or vanish follow the document", "[run][merge]")
{
    RunModel run = run_with({step("a"), step("b")});
    merge(run, run_with({step("a"), step("c")}), asked_at(10));
    CHECK(run.find("b") == nullptr);
    REQUIRE(run.find("c") != nullptr);
    CHECK(run.progress.total == 2);
}

TEST_CASE("a document without news leaves the revisions alone, so that nothing is derived again", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->logs = log_of({"x"}, true);
    std::uint64_t const revision = run.revision;
    merge(run, run_with({step("a", ExecutionState::Running)}), asked_at(10));
    CHECK(run.revision == revision);
    CHECK(run.find("a")->revision == 0);
    merge(run, run_with({step("a", ExecutionState::Success)}), asked_at(20));
    CHECK(run.revision == revision + 1);
    CHECK(run.find("a")->revision == 1);
}

TEST_CASE("a document that tells of no steps takes none away", "[run][merge]")
{
    RunModel run = told_at(9, {step("a", ExecutionState::Success), step("b", ExecutionState::Running)});
    run.find("a")->logs.append({.text = "a line", .at = {}});
    std::uint64_t const order = run.order_revision;
    RunModel fetched = run_with({});
    fetched.state = state_of(ExecutionState::Running);
    merge(run, std::move(fetched), asked_at(60));
    REQUIRE(run.steps.size() == 2);
    CHECK(run.find("a")->logs.text(0) == "a line");
    CHECK(run.find("b")->state.kind == ExecutionState::Running);
    CHECK(run.progress.total == 2);
    CHECK(run.order_revision == order);
}
