#include "shared/view/filter.h"
#include "shared/view/search.h"
#include "shared/view/timeline.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace pev;
using namespace pev::test;

namespace {

std::vector<std::size_t> passing(RunModel const& run, Filter const& filter)
{
    StepSearch search;
    search.begin(run, filter.search);
    while (!search.done())
        search.look(run, 1'000);
    return passing_steps(run, filter, search);
}

// "a [b, c d] e": the keys of steps from top to bottom, groups in brackets with their branches.
struct Shape {
    RunModel const& run;
    Timeline const& timeline;

    std::string branches(std::uint32_t first, std::uint32_t end, std::uint32_t group) const
    {
        std::string shape;
        for (std::uint32_t at = first; at < end;) {
            std::uint32_t branch_end = at + 1;
            for (TimelineBranch const& branch : timeline.branches) {
                if (branch.group == group && branch.first == at)
                    branch_end = branch.end;
            }
            shape += (shape.empty() ? "" : ", ") + steps(at, branch_end, group);
            at = branch_end;
        }
        return shape;
    }

    std::string steps(std::uint32_t first, std::uint32_t end, std::uint32_t around) const
    {
        std::string shape;
        for (std::uint32_t at = first; at < end;) {
            shape += shape.empty() ? "" : " ";
            auto const inner = std::ranges::find_if(timeline.groups,
                [&](TimelineGroup const& group) { return group.parent == around && group.first == at; });
            if (inner == timeline.groups.end()) {
                shape += run.steps[timeline.entries[at++].step].key;
                continue;
            }
            shape += "["
                + branches(inner->first, inner->end, static_cast<std::uint32_t>(inner - timeline.groups.begin())) + "]";
            at = inner->end;
        }
        return shape;
    }
};

std::string shape_of(RunModel const& run, Filter const& filter = {})
{
    Timeline const timeline = TimelineLayout{}.lay_out(run, passing(run, filter));
    return Shape{run, timeline}.branches(0, static_cast<std::uint32_t>(timeline.entries.size()), kNoGroup);
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
    CHECK(shape_of(run) == "start [b, c, d] [join, also]");
    Timeline const timeline = TimelineLayout{}.lay_out(run, passing(run, {}));
    REQUIRE(timeline.groups.size() == 2);
    CHECK(timeline.groups[0].caption == "waits for Step start");
    CHECK(timeline.groups[1].caption == "waits for Step b and 1 more");
    CHECK(timeline.groups[0].key == "b");
    CHECK(timeline.groups[0].branches == 3);
}

TEST_CASE("a branch goes on with what waits for its steps alone, and may fork again", "[timeline]")
{
    CHECK(shape_of(run_with({step("start"), waiting_for("a", {"start"}), waiting_for("b", {"start"}),
              waiting_for("a2", {"a"}), waiting_for("a3", {"a2"}), waiting_for("join", {"a3", "b"})}))
        == "start [a a2 a3, b] join");
    CHECK(shape_of(run_with({step("s"), waiting_for("a", {"s"}), waiting_for("b", {"s"}), waiting_for("x", {"a"}),
              waiting_for("y", {"a"}), waiting_for("y2", {"y"}), waiting_for("a2", {"x", "y2"}),
              waiting_for("end", {"a2", "b"})}))
        == "s [a [x, y y2] a2, b] end");
    // Steps that stand in the list after the join still belong to their branch.
    CHECK(shape_of(run_with({step("s"), waiting_for("a", {"s"}), waiting_for("b", {"s"}),
              waiting_for("join", {"a", "b"}), waiting_for("late", {"b"})}))
        == "s [a, b late] join");
}

TEST_CASE("counts by state are those of all steps in a group, and of the groups in it", "[timeline]")
{
    RunModel run = run_with({step("s"), waiting_for("a", {"s"}), waiting_for("b", {"s"}), waiting_for("x", {"a"}),
        waiting_for("y", {"a"})});
    run.steps[2].state = state_of(ExecutionState::Failed);
    run.steps[3].state = state_of(ExecutionState::Failed);
    Timeline const timeline = TimelineLayout{}.lay_out(run, passing(run, {}));
    REQUIRE(timeline.groups.size() == 2);
    CHECK(timeline.groups[0].steps() == 4);
    CHECK(timeline.groups[0].states[static_cast<std::size_t>(ExecutionState::Failed)] == 2);
    CHECK(timeline.groups[0].states[static_cast<std::size_t>(ExecutionState::Queued)] == 2);
    CHECK(timeline.groups[1].states[static_cast<std::size_t>(ExecutionState::Failed)] == 1);
    CHECK(timeline.groups[1].parent == 0);
    CHECK(timeline.groups[1].depth == 1);
}

TEST_CASE("dependencies that make no sense still give every step one place", "[timeline]")
{
    CHECK(shape_of(run_with({waiting_for("a", {"b"}), waiting_for("b", {"a"})})) == "a b"); // a circle
    CHECK(shape_of(run_with({waiting_for("a", {"a"}), step("b")})) == "a b");
    RunModel const unknown
        = run_with({waiting_for("a", {"gone"}), waiting_for("b", {"gone", "gone"}), waiting_for("c", {"other"})});
    CHECK(shape_of(unknown) == "[a, b] c");
    CHECK(TimelineLayout{}.lay_out(unknown, passing(unknown, {})).groups.front().caption == "waits for gone");

    // A fork in a fork in a fork …
    std::vector<StepRun> steps{step("0")};
    for (int i = 1; i < 200; ++i) {
        steps.push_back(waiting_for(std::to_string(i), {std::to_string(i - 1)}));
        steps.push_back(waiting_for(std::to_string(i) + "b", {std::to_string(i - 1)}));
    }
    RunModel const deep = run_with(std::move(steps));
    Timeline const timeline = TimelineLayout{}.lay_out(deep, passing(deep, {}));
    CHECK(timeline.entries.size() == deep.steps.size());
    for (TimelineGroup const& group : timeline.groups)
        CHECK(group.depth < kMostNestedGroups);
}

TEST_CASE("without dependencies, neighbours that run at the same time are parallel", "[timeline]")
{
    CHECK(shape_of(run_with({during("a", 0, 2), during("b", 3, 9), during("c", 4, {}), during("d", 5, 8), step("e")}))
        == "a [b, c, d] e");
    CHECK(shape_of(run_with({during("a", 0, 2), during("b", 2, 4)})) == "a b"); // one after the other
    CHECK(shape_of(run_with({during("a", 0, 5), during("b", 3.9, 9), during("c", 7.9, 12)}))
        == "[a, b] c"); // no moment is common to all
    CHECK(shape_of(run_with({during("a", 0, 5), during("b", 3.9, 9), during("c", 1, 3)})) == "[a, b] c");
    CHECK(shape_of(run_with({step("a"), step("b")})) == "a b");
}

TEST_CASE("without dependencies, a step that starts as another ends carries on its branch", "[timeline]")
{
    CHECK(shape_of(run_with({during("a", 0, 20), during("b", 0.2, 5), during("b2", 5.3, 9), during("b3", 9.1, {}),
              during("c", 30, {})}))
        == "[a, b b2 b3] c");
    CHECK(shape_of(run_with({during("a", 0, 20), during("b", 0.2, 5), during("c", 8, 12)})) == "[a, b] c");
    // Once all have ended, the run goes on.
    CHECK(shape_of(run_with({during("a", 0, 5), during("b", 0, 5), during("c", 5.1, 6)})) == "[a, b] c");
}

TEST_CASE("filtered steps leave their groups", "[timeline]")
{
    RunModel run = run_with({step("start"), waiting_for("b", {"start"}), waiting_for("c", {"start"}),
        waiting_for("c2", {"c"}), waiting_for("d", {"start"})});
    run.steps[2].state = state_of(ExecutionState::Failed);
    run.steps[3].state = state_of(ExecutionState::Failed);
    Filter const filter{.search = {}, .states = {state_of(ExecutionState::Failed)}, .types = {}};
    CHECK(shape_of(run, filter) == "c c2");
    run.steps[4].state = state_of(ExecutionState::Failed);
    CHECK(shape_of(run, filter) == "[c c2, d]");
}

TEST_CASE("the recorded run shows its three parallel drafts within the branch that does the research", "[timeline]")
{
    RunModel const run = read_run("live-run.initial.json");
    CHECK(shape_of(run)
        == "load-brief [research [angle-tech, angle-biz, fact-check] route compliance, assets] pitch send");
}

TEST_CASE("a hundred thousand steps are laid out in one go", "[timeline]")
{
    std::vector<StepRun> steps;
    std::size_t constexpr kSteps = 100'000;
    for (std::size_t i = 0; i < kSteps; ++i)
        steps.push_back(i % 1'000 == 0
                ? during("k" + std::to_string(i), 0, {})
                : waiting_for("k" + std::to_string(i), {"k" + std::to_string(i / 1'000 * 1'000)}));
    RunModel const run = run_with(std::move(steps));
    Timeline const timeline = TimelineLayout{}.lay_out(run, passing(run, {}));
    CHECK(timeline.entries.size() == kSteps);
}

TEST_CASE("search looks at names, keys, types, inputs, outputs, errors and logs", "[filter]")
{
    RunModel run = run_with({step("a"), step("b"), step("c"), step("d"), step("e")});
    run.steps[0].name = "Fact check";
    run.steps[1].input = R"({"fact":1})";
    run.steps[2].error = R"("not a FACT")";
    run.steps[3].logs = log_of({"nothing", "a fact"});
    CHECK(passing(run, {.search = "FACT", .states = {}, .types = {}}) == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(passing(run, {.search = "", .states = {}, .types = {type_named("API")}}).empty());
    CHECK(passing(run, {}).size() == 5);
}

TEST_CASE("chips count all steps, what needs attention first", "[filter]")
{
    RunModel run = run_with({step("z", ExecutionState::Success), step("a", ExecutionState::Failed),
        step("b", ExecutionState::Running), step("c", ExecutionState::Failed), step("d")});
    run.steps[4].state = state_named("hibernating");
    auto const counts = count_states(run);
    REQUIRE(counts.size() == 4);
    CHECK(counts[0].state.kind == ExecutionState::Failed);
    CHECK(counts[0].steps == 2);
    CHECK(counts[1].state.kind == ExecutionState::Running);
    CHECK(counts[2].state.kind == ExecutionState::Success);
    CHECK(counts[3].state.word == "hibernating");
    CHECK(count_types(run).front().steps == 5);
    run.steps[1].type = type_named("HUMAN");
    CHECK(count_types(run).back().type.word == "HUMAN");
}

TEST_CASE("an overlap that two clocks can explain makes no parallel branches", "[timeline]")
{
    CHECK(shape_of(run_with({during("a", 0, 10), during("b", 9.5, 20), during("c", 19.2, 30)})) == "a b c");
    CHECK(shape_of(run_with({during("a", 0, 10), during("b", 9, 15)})) == "a b"); // just a second
    CHECK(shape_of(run_with({during("a", 0, 10), during("b", 8.9, 20)})) == "[a, b]");
    CHECK(shape_of(run_with({during("a", 0, 1.5), during("b", 0.7, 2.2)})) == "a b");
    // A tenth of the shorter one.
    CHECK(shape_of(run_with({during("a", 0, 100), during("b", 94, 160)})) == "a b");
    CHECK(shape_of(run_with({during("a", 0, 100), during("b", 94, 114)})) == "[a, b]");
    CHECK(shape_of(run_with({during("a", 0, 10), during("b", 9.5, {})})) == "a b"); // which still runs
    CHECK(shape_of(run_with({during("a", 0, {}), during("b", 0.5, {})})) == "[a, b]");
    // No clock explains a step in the midst of another one, or two that begin at once, however short.
    CHECK(shape_of(run_with({during("a", 0, 100), during("b", 50, 50.4)})) == "[a, b]");
    CHECK(shape_of(run_with({during("a", 0, 0.8), during("b", 0.02, 0.9)})) == "[a, b]");
    CHECK(shape_of(run_with({during("a", 0, 0.8), during("b", 0.5, 1.4)})) == "a b");
    // A branch goes on though its next step begins a little early.
    CHECK(shape_of(run_with({during("a", 0, 30), during("b", 1, 10), during("c", 9.6, 20)})) == "[a, b c]");
}

TEST_CASE("of several steps of one key the nearest before is waited for", "[timeline][twins]")
{
    RunModel const run = run_with({step("s"), waiting_for("x", {"s"}), waiting_for("y", {"x"}), waiting_for("x", {"y"}),
        waiting_for("y", {"x"}), waiting_for("end", {"y"})});
    CHECK(shape_of(run) == "s x y x y end");
}
