#include "shared/app/title.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("the title says what is watched and how it stands", "[app][title]")
{
    AppState state;
    CHECK(title_of(state) == "Playbook run");
    state.problem = problem_no_run_id();
    CHECK(title_of(state) == "No run was named – Playbook run");
    state.run = test::run_with({});
    CHECK(title_of(state) == "● Outreach – running");
    state.connection.phase = Phase::Paused;
    CHECK(title_of(state) == "● Outreach – running (paused)");
    state.connection.phase = Phase::Final;
    state.run->state = state_of(ExecutionState::Failed);
    CHECK(title_of(state) == "✕ Outreach – failed");
    state.run->playbook_name = "a\nb\x1b";
    CHECK(title_of(state) == "✕ a b – failed");
}
