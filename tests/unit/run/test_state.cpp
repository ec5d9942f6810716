#include "shared/run/state.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("states are named as on the wire, and words of tomorrow are kept", "[run][state]")
{
    CHECK(state_named("waiting_for_dependencies").kind == ExecutionState::WaitingForDependencies);
    CHECK(state_label(state_named("waiting_for_dependencies")) == "waiting for dependencies");
    CHECK(state_named("skipped").kind == ExecutionState::Skipped);
    CHECK(state_named("paused") == StateName{ExecutionState::Unknown, "paused"});
    CHECK(state_label(state_named("paused")) == "paused");
    CHECK(state_label(state_named("")) == "unknown");
    CHECK(state_named("unknown").kind == ExecutionState::Unknown);
    CHECK(type_named("API").kind == StepType::Api);
    CHECK(type_named("HUMAN") == TypeName{StepType::Unknown, "HUMAN"});
}

TEST_CASE("the statuses of REST and of events mean the same states", "[run][state]")
{
    for (auto const* const word : {"SUCCEEDED", "SUCCESS", "COMPLETED"})
        CHECK(state_named(word).kind == ExecutionState::Success);
    for (auto const* const word : {"PENDING", "QUEUED"})
        CHECK(state_named(word).kind == ExecutionState::Queued);
    CHECK(state_named("CANCELLED").kind == ExecutionState::Canceled);
    CHECK(state_named("FAILED").kind == ExecutionState::Failed);
    CHECK(state_named("SKIPPED").kind == ExecutionState::Skipped);
    CHECK(state_named("PAUSED") == StateName{ExecutionState::Unknown, "PAUSED"});
}

TEST_CASE("a state is known in whatever case and spelling it comes", "[run][state]")
{
    for (auto const* const word : {"SUCCESS", "Succeeded", "completed", "success"})
        CHECK(state_named(word) == state_of(ExecutionState::Success));
    for (auto const* const word : {"cancelled", "Canceled", "CANCELLED"})
        CHECK(state_named(word) == state_of(ExecutionState::Canceled));
    CHECK(state_named("Running").kind == ExecutionState::Running);
    CHECK(state_named("Waiting_For_Dependencies").kind == ExecutionState::WaitingForDependencies);
    CHECK(state_named("Timed_Out") == StateName{ExecutionState::Unknown, "Timed_Out"});
    CHECK(further_state(state_named(""), "completed") == state_of(ExecutionState::Success));
    CHECK(further_state(state_named("QUEUED"), "running") == state_of(ExecutionState::Running));
}

TEST_CASE("of state and status the further one is believed", "[run][state]")
{
    auto const further = [](std::string_view state, std::string_view status) {
        return further_state(state_named(state), status).word;
    };
    CHECK(further("queued", "FAILED") == "failed");
    CHECK(further("queued", "RUNNING") == "running");
    CHECK(further("waiting_for_dependencies", "SUCCEEDED") == "success");
    CHECK(further("running", "PENDING") == "running");
    CHECK(further("canceled", "RUNNING") == "canceled");
    CHECK(further("success", "RUNNING") == "success");
    CHECK(further("success", "FAILED") == "success"); // both have ended: the state is the more exact word
    CHECK(further("waiting_for_dependencies", "PENDING") == "waiting_for_dependencies");
    CHECK(further("blocked", "RUNNING") == "blocked"); // steps are blocked while they run
    CHECK(further("blocked", "FAILED") == "failed");
    CHECK(further("paused", "RUNNING") == "paused");
    CHECK(further("paused", "SUCCEEDED") == "success");
    CHECK(further("queued", "PAUSED") == "PAUSED");
    CHECK(further("running", "PAUSED") == "running");
    CHECK(further("", "FAILED") == "failed");
    CHECK(further("queued", "") == "queued");
}

TEST_CASE("success, failed and canceled end a run; skipped does not", "[run][state]")
{
    CHECK(is_terminal(ExecutionState::Success));
    CHECK(is_terminal(ExecutionState::Failed));
    CHECK(is_terminal(ExecutionState::Canceled));
    CHECK_FALSE(is_terminal(ExecutionState::Skipped));
    CHECK_FALSE(is_terminal(ExecutionState::Running));
    CHECK_FALSE(is_terminal(ExecutionState::Unknown));
}
