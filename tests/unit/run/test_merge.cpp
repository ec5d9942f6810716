#include "shared/run/merge.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace pev;
using namespace pev::test;

namespace {

std::vector<std::string> merged(
    std::initializer_list<std::string_view> streamed, std::initializer_list<std::string_view> fetched)
{
    return texts(merge_logs(log_of(streamed, true), log_of(fetched)));
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("log lines of both sides are kept, in order, once", "[run][merge]")
{
    CHECK(merged({"a", "b"}, {"a", "b"}) == Lines{"a", "b"});
    CHECK(merged({"a", "b", "c"}, {"a", "b"}) == Lines{"a", "b", "c"}); // the document is a moment behind
    CHECK(merged({"b", "c"}, {"a", "b", "c"}) == Lines{"a", "b", "c"}); // the stream began later
    CHECK(merged({"a", "c"}, {"a", "b", "c"}) == Lines{"a", "b", "c"}); // the stream lost one
    CHECK(merged({"c", "d"}, {"a", "b", "c"}) == Lines{"a", "b", "c", "d"}); // began later, and is ahead
    CHECK(merged({"a", "b"}, {}) == Lines{"a", "b"}); // not stored yet
    CHECK(merged({}, {"a"}) == Lines{"a"});
    CHECK(merged({"retry", "x"}, {"retry", "retry", "x"}) == Lines{"retry", "retry", "x"});
    CHECK(merged({"retry", "retry"}, {"retry"}) == Lines{"retry", "retry"});
}

TEST_CASE("a line that both sides have keeps the level and time of the stream", "[run][merge]")
{
    LogBuffer const log = merge_logs(log_of({"b"}, true), log_of({"a", "b"}));
    CHECK(log[0].level == LogLevel::None);
    CHECK(log[1].level == LogLevel::Info);
    CHECK(log[1].from_stream);
}

TEST_CASE("whatever the stream loses, the document heals", "[run][merge]")
{
    std::minstd_rand random{7};
    for (int round = 0; round < 500; ++round) {
        // Few different texts, so that repetitions are common.
        LogBuffer truth;
        LogBuffer streamed;
        for (int i = 0; i < 40; ++i) {
            std::string const text = "line " + std::to_string(random() % 12);
            truth.append({.text = text, .level = {}, .at = {}, .from_stream = false});
            if (random() % 3 != 0)
                streamed.append({.text = text, .level = LogLevel::Info, .at = at(i), .from_stream = true});
        }
        CHECK(texts(merge_logs(streamed, truth)) == texts(truth));
    }
}

TEST_CASE("a document never takes back what events told since it was asked for", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Success), step("b", ExecutionState::Running)});
    run.find("a")->output = "{\"n\":1}";
    run.find("a")->completed_at = at(5);
    RunModel fetched = run_with({step("a", ExecutionState::Running), step("b", ExecutionState::Queued)});
    fetched.find("a")->worker = WorkerInfo{.worker_id = "worker-3", .started_at = {}, .finished_at = {}};
    merge(run, fetched, {"a"});
    CHECK(run.find("a")->state.kind == ExecutionState::Success);
    CHECK(run.find("a")->output == "{\"n\":1}");
    CHECK(run.find("a")->worker->worker_id == "worker-3"); // only the document knows
    CHECK(run.find("b")->state.kind == ExecutionState::Queued); // untouched: the document is right
    CHECK(run.progress.completed == 1);
    CHECK(run.progress.pending == 1);
}

TEST_CASE(
    "a document that is as far as the events fills in what they did not tell, and the other way round", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Success)});
    run.find("a")->output = "42";
    RunModel fetched = run_with({step("a", ExecutionState::Success)});
    fetched.find("a")->output = "null";
    fetched.find("a")->episodic_traces = "[{}]";
    merge(run, fetched, {"a"});
    CHECK(run.find("a")->output == "42");
    CHECK(run.find("a")->episodic_traces == "[{}]");
}

TEST_CASE("a run that is over stays over when the document lags", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Success)});
    run.state = state_of(ExecutionState::Success);
    run.status = "SUCCEEDED";
    run.completed_at = at(9);
    merge(run, run_with({step("a", ExecutionState::Success)}), {});
    CHECK(run.over());
    CHECK(run.completed_at == at(9));
}

TEST_CASE("steps that appear or vanish follow the document", "[run][merge]")
{
    RunModel run = run_with({step("a"), step("b")});
    merge(run, run_with({step("a"), step("c")}), {});
    CHECK(run.find("b") == nullptr);
    REQUIRE(run.find("c") != nullptr);
    CHECK(run.progress.total == 2);
}

TEST_CASE("a document without news leaves the revisions alone, so that nothing is derived again", "[run][merge]")
{
    RunModel run = run_with({step("a", ExecutionState::Running)});
    run.find("a")->logs = log_of({"x"}, true);
    std::uint64_t const revision = run.revision;
    merge(run, run_with({step("a", ExecutionState::Running)}), {});
    CHECK(run.revision == revision);
    CHECK(run.find("a")->revision == 0);
    merge(run, run_with({step("a", ExecutionState::Success)}), {});
    CHECK(run.revision == revision + 1);
    CHECK(run.find("a")->revision == 1);
}
