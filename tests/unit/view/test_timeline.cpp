#include "shared/view/filter.h"
#include "shared/view/timeline.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

// "a | b c | d": groups and the keys in them.
std::string shape_of(RunModel const& run, Filter const& filter = {}, Instant now = at(100))
{
    std::string shape;
    for (TimelineGroup const& group : lay_out_timeline(run, passing_steps(run, filter), now).groups) {
        std::string keys;
        for (std::size_t const index : group.steps)
            keys += (keys.empty() ? "" : " ") + run.steps[index].key;
        shape += (shape.empty() ? "" : " | ") + keys;
    }
    return shape;
}

StepRun waiting_for(std::string const& key, std::vector<std::string> dependencies)
{
    StepRun made = step(key);
    made.dependencies = std::move(dependencies);
    return made;
}

StepRun during(std::string const& key, double from, std::optional<double> to)
{
    StepRun made = step(key, to ? ExecutionState::Success : ExecutionState::Running);
    made.started_at = at(from);
    if (to)
        made.completed_at = at(*to);
    return made;
}

} // namespace

TEST_CASE("steps that wait for the same steps are parallel branches", "[timeline]")
{
    RunModel const run = run_with({step("start"), waiting_for("b", {"start"}), waiting_for("c", {"start"}),
        waiting_for("join", {"c", "b"}), waiting_for("d", {"start"}), waiting_for("also", {"b", "c"})});
    CHECK(shape_of(run) == "start | b c d | join also");
    Timeline const timeline = lay_out_timeline(run, passing_steps(run, {}), at(0));
    CHECK(timeline.groups[1].caption == "waits for Step start");
    CHECK(timeline.groups[2].caption == "waits for Step b and 1 more");
    CHECK(timeline.groups[0].caption.empty());
    CHECK(timeline.step_count == 6);
}

TEST_CASE("without dependencies, neighbours that run at the same time are parallel", "[timeline]")
{
    CHECK(shape_of(run_with({during("a", 0, 2), during("b", 3, 9), during("c", 4, {}), during("d", 5, 8), step("e")}))
        == "a | b c d | e");
    CHECK(shape_of(run_with({during("a", 0, 2), during("b", 2, 4)})) == "a | b"); // one after the other
    CHECK(shape_of(run_with({during("a", 0, 5), during("b", 4, 9), during("c", 8, 12)}))
        == "a b | c"); // no moment is common to all
    CHECK(shape_of(run_with({during("a", 0, 5), during("b", 4, 9), during("c", 1, 3)})) == "a b | c");
    CHECK(shape_of(run_with({step("a"), step("b")})) == "a | b");
}

TEST_CASE("filtered steps leave their groups", "[timeline]")
{
    RunModel run = run_with({step("start"), waiting_for("b", {"start"}), waiting_for("c", {"start"})});
    run.steps[2].state = state_of(ExecutionState::Failed);
    CHECK(shape_of(run, {.search = {}, .states = {state_of(ExecutionState::Failed)}, .types = {}}) == "c");
}

TEST_CASE("the recorded run shows its three parallel drafts", "[timeline]")
{
    RunModel const run = read_run("live-run.initial.json");
    CHECK(shape_of(run, {}, *run.started_at + std::chrono::seconds{2})
        == "load-brief | research assets | angle-tech angle-biz fact-check | route | compliance | pitch | send");
}

TEST_CASE("search looks at names, keys, types, inputs, outputs, errors and logs", "[filter]")
{
    RunModel run = run_with({step("a"), step("b"), step("c"), step("d"), step("e")});
    run.steps[0].name = "Fact check";
    run.steps[1].input = R"({"fact":1})";
    run.steps[2].error = R"("not a FACT")";
    run.steps[3].logs = log_of({"nothing", "a fact"});
    CHECK(passing_steps(run, {.search = "FACT", .states = {}, .types = {}}) == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(passing_steps(run, {.search = "", .states = {}, .types = {type_named("API")}}).empty());
    CHECK(passing_steps(run, {}).size() == 5);
}

TEST_CASE("chips count all steps, in a fixed order", "[filter]")
{
    RunModel const run = run_with(
        {step("a", ExecutionState::Failed), step("b", ExecutionState::Running), step("c", ExecutionState::Failed)});
    auto const counts = count_states(run);
    REQUIRE(counts.size() == 2);
    CHECK(counts[0].state.kind == ExecutionState::Running);
    CHECK(counts[1].steps == 2);
    CHECK(count_types(run).front().steps == 3);
}
