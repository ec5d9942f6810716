#include "shared/view/rounds.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

StepRun during(std::string const& key, double from, std::optional<double> to)
{
    StepRun made = step(key, to ? ExecutionState::Success : ExecutionState::Running);
    made.started_at = at(from);
    if (to)
        made.completed_at = at(*to);
    return made;
}

using Rounds = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("steps of one key that ran one after the other are rounds", "[rounds]")
{
    CHECK(rounds_of(run_with({step("a"), during("x", 1, 2), during("x", 3, 4), during("x", 4.5, {}), step("x")}))
        == Rounds{0, 1, 2, 3, 4});
    // Several steps a round.
    CHECK(rounds_of(run_with({during("x", 1, 2), during("y", 2, 3), during("x", 3, 4), during("y", 4, 5)}))
        == Rounds{1, 1, 2, 2});
    CHECK(rounds_of(run_with({during("x", 1, 3), during("x", 2.6, 4)})) == Rounds{1, 2}); // two clocks
}

TEST_CASE("sides of a condition, and what runs side by side, are no rounds", "[rounds]")
{
    CHECK(rounds_of(run_with({step("a"), step("b")})).empty());
    CHECK(rounds_of(run_with({step("x", ExecutionState::Skipped), step("x")})) == Rounds{0, 0});
    CHECK(rounds_of(run_with({step("x", ExecutionState::Skipped), during("x", 1, 2)})) == Rounds{0, 0});
    CHECK(rounds_of(run_with({during("x", 1, 5), during("x", 2, 6)})) == Rounds{0, 0});
    CHECK(rounds_of(run_with({during("x", 1, {}), during("x", 2, {})})) == Rounds{0, 0});
}
