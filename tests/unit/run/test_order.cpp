#include "shared/run/merge.h"
#include "shared/run/order.h"
#include "shared/run/reduce.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <random>

using namespace pev;
using namespace pev::test;

namespace {

// A row that was made in one statement with the others.
StepRun row(std::string const& key, std::optional<double> from = {}, std::vector<std::string> dependencies = {})
{
    StepRun made = step(key, from ? ExecutionState::Running : ExecutionState::Queued);
    made.id = "id of " + key;
    made.created_at = at(0);
    made.dependencies = std::move(dependencies);
    if (from)
        made.started_at = at(*from);
    return made;
}

RunModel opened(std::vector<StepRun> steps)
{
    RunModel run = run_with(std::move(steps));
    note_document(run, {.sent = at(1), .received = at(1)});
    return run;
}

void take(RunModel& run, std::vector<StepRun> steps, double second)
{
    merge(run, run_with(std::move(steps)), {.sent = at(second), .received = at(second)});
}

// "a b c": from top to bottom. Checks on the way that what finds steps finds these.
std::string order_of(RunModel const& run)
{
    std::string keys;
    for (StepRun const& step : run.steps) {
        keys += (keys.empty() ? "" : " ") + step.key;
        CHECK(run.find(step.ref) == &step);
    }
    return keys;
}

} // namespace

TEST_CASE("rows of one statement stand as they ran, and nothing else moves", "[run][order]")
{
    RunModel run = opened({row("fourth"), row("first", 2), row("second"), row("third")});
    CHECK(order_of(run) == "first fourth second third");
    std::uint64_t const order = run.order_revision;
    take(run, {row("third"), row("second"), row("fourth"), row("first", 2)}, 3);
    CHECK(order_of(run) == "first fourth second third");
    CHECK(run.order_revision == order);
    take(run, {row("fourth"), row("second", 5), row("third"), row("first", 2)}, 6);
    CHECK(order_of(run) == "first second fourth third");
    CHECK(run.order_revision > order);
    take(run, {row("fourth"), row("third", 8), row("first", 2), row("second", 5)}, 9);
    CHECK(order_of(run) == "first second third fourth");
}

TEST_CASE("what was skipped stays where it stood", "[run][order]")
{
    auto const skipped = [] {
        StepRun made = row("skipped");
        made.state = state_of(ExecutionState::Skipped);
        return made;
    };
    RunModel run = opened({row("a", 2), skipped(), row("b"), row("c")});
    take(run, {row("c", 5), row("b"), skipped(), row("a", 2)}, 6);
    CHECK(order_of(run) == "a skipped c b");
}

TEST_CASE("a step that is tried again keeps its place", "[run][order]")
{
    RunModel run = opened({row("b", 3), row("a", 2), row("c")});
    CHECK(order_of(run) == "a b c");
    take(run, {row("c", 8), row("a", 9), row("b", 3)}, 10);
    CHECK(order_of(run) == "a b c");
    take(run, {row("c", 8), row("a"), row("b", 3)}, 20);
    CHECK(order_of(run) == "a b c");
}

TEST_CASE("an event that begins a step moves it when the order is settled", "[run][order]")
{
    RunModel run = opened({row("a", 2), row("b"), row("c")});
    std::uint64_t const order = run.order_revision;
    reduce(run, event(StepUpdated{.step_key = "c", .status = "RUNNING", .attempt = 0, .started_at = at(4)}, at(4)));
    CHECK(run.order_revision == order); // indices hold until then
    settle_order(run);
    CHECK(order_of(run) == "a c b");
    CHECK(run.order_revision == order + 1);
    settle_order(run);
    CHECK(run.order_revision == order + 1);
}

TEST_CASE("what has not begun stands behind what it waits for", "[run][order]")
{
    RunModel const run = opened({row("d", {}, {"c"}), row("c", {}, {"b"}), row("a", 2), row("b", {}, {"a"}), row("e")});
    CHECK(order_of(run) == "a b c d e");
    CHECK(order_of(opened({row("x", {}, {"y"}), row("y", {}, {"x", "x", "gone"}), row("z", 1)})) == "z y x");
    RunModel circle = opened({row("x", {}, {"y"}), row("y", {}, {"x"}), row("z", 1)});
    for (int i = 2; i < 5; ++i) {
        take(circle, {row("x", {}, {"y"}), row("y", {}, {"x"}), row("z", 1)}, i);
        CHECK(order_of(circle) == "z y x");
    }
}

TEST_CASE("an order that means something stays", "[run][order]")
{
    // Steps that all stand behind what they wait for.
    RunModel planned = opened({row("a", 1), row("b", {}, {"a"}), row("b2", {}, {"b"}), row("c", 3, {"a"})});
    CHECK(order_of(planned) == "a b b2 c");
    take(planned, {row("a", 1), row("b", 4, {"a"}), row("b2", {}, {"b"}), row("c", 3, {"a"})}, 5);
    CHECK(order_of(planned) == "a b b2 c");
    // Steps that were made one after the other.
    std::vector<StepRun> made{row("a"), row("b", 3), row("c", 2)};
    for (std::size_t i = 0; i < made.size(); ++i)
        made[i].created_at = at(static_cast<double>(i));
    CHECK(order_of(opened(made)) == "a b c");
    CHECK(order_of(opened({step("b"), step("a")})) == "b a"); // nothing is known
    // Steps that ran without a word of when.
    std::vector<StepRun> untold{row("a"), row("b", 3), row("c")};
    untold[0].state = state_of(ExecutionState::Success);
    CHECK(order_of(opened(untold)) == "a b c");
}

TEST_CASE("an order that changes means nothing from then on", "[run][order]")
{
    auto const plain = [](std::string const& key, std::optional<double> from) {
        StepRun made = row(key, from);
        made.created_at.reset();
        return made;
    };
    RunModel run = opened({plain("a", {}), plain("b", 2), plain("c", {})});
    CHECK(order_of(run) == "a b c");
    take(run, {plain("c", {}), plain("a", {}), plain("b", 2)}, 3);
    CHECK(order_of(run) == "b a c");
    take(run, {plain("c", {}), plain("d", {}), plain("b", 2), plain("a", 4)}, 5);
    CHECK(order_of(run) == "b a c d");
}

TEST_CASE("rounds that were made later stand behind those before", "[run][order]")
{
    StepRun late = row("x");
    late.id = "later";
    late.created_at = at(7);
    RunModel run = opened({row("b"), row("x", 2), row("a", 1)});
    take(run, {late, row("b"), row("a", 1), row("x", 2)}, 8);
    CHECK(order_of(run) == "a x b x");
    CHECK(run.find("x~2")->id == "later");
}

TEST_CASE(
    "steps of one key are numbered as they are first shown, so that links to what ran lead to the same", "[run][order]")
{
    auto const twin = [](std::string const& id, std::optional<double> from) {
        StepRun made = row("x", from);
        made.id = id;
        return made;
    };
    for (RunModel const& run : {opened({twin("C", {}), twin("B", 3), row("a", 1), twin("A", 9)}),
             opened({twin("A", 9), twin("C", {}), row("a", 1), twin("B", 3)})}) {
        CHECK(run.find("x")->id == "B");
        CHECK(run.find("x~2")->id == "A");
        CHECK(run.find("x~3")->id == "C");
    }
}

TEST_CASE("twenty thousand steps are put in order at once", "[run][order]")
{
    std::vector<StepRun> steps;
    for (int i = 0; i < 20'000; ++i)
        steps.push_back(row("step " + std::to_string(i / 10), i < 10'000 ? std::optional<double>{i} : std::nullopt,
            i < 10'000 ? std::vector<std::string>{} : std::vector<std::string>{"step " + std::to_string(i / 10 - 1)}));
    std::mt19937 dice{7};
    std::shuffle(steps.begin(), steps.end(), dice);
    RunModel run = opened(steps);
    CHECK(std::ranges::is_sorted(run.steps, {}, [](StepRun const& step) { return step.started_at.value_or(at(1e6)); }));
    std::shuffle(steps.begin(), steps.end(), dice);
    std::vector<std::string> before;
    for (StepRun const& step : run.steps)
        before.push_back(step.ref);
    take(run, steps, 40'000);
    CHECK(std::ranges::equal(run.steps, before, {}, &StepRun::ref));
}
