// The states that a run and its steps go through, and what kind of work a step does.
//
// Source: docs/WIRE.md#state-and-status.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pev {

enum class ExecutionState : std::uint8_t {
    Queued,
    Running,
    Success,
    Failed,
    WaitingForDependencies,
    Blocked,
    Canceled,
    Skipped, // a side of a branch that was not taken
    Unknown, // newer than this viewer
};
inline constexpr std::size_t kExecutionStates = 9;

// What a reader looks for first comes first.
inline constexpr std::array<ExecutionState, kExecutionStates> kStatesByUrgency{ExecutionState::Failed,
    ExecutionState::Running, ExecutionState::Blocked, ExecutionState::WaitingForDependencies, ExecutionState::Queued,
    ExecutionState::Unknown, ExecutionState::Success, ExecutionState::Skipped, ExecutionState::Canceled};

enum class StepType : std::uint8_t { Agent, Data, Branch, Api, Unknown };
inline constexpr std::size_t kStepTypes = 5;

// An enumerator and the server's own word for it, so that a word of tomorrow is shown as it came.
template <typename E>
struct Named {
    E kind{};
    std::string word;
    bool operator==(Named const&) const = default;
};
using StateName = Named<ExecutionState>;
using TypeName = Named<StepType>;

// What a document's `state`, its `status`, or an event says, in any of their spellings ("success", "SUCCEEDED", "Completed");
// otherwise Unknown, with the word as it came.
StateName state_named(std::string_view word);
StateName state_of(ExecutionState state);
// By the wire's own word ("AGENT"); Unknown otherwise.
TypeName type_named(std::string_view word);
std::string_view wire_word(ExecutionState state);

// The further of a document's `state` and `status`, since some servers move one of them only. A word of tomorrow is believed before
// the queue, and after any end.
StateName further_state(StateName const& state, std::string_view status);

// For a reader: "waiting for dependencies"; an unknown state's own word.
std::string state_label(StateName const& state);
// Of a step that has not ended though its run has: "was running", "not started". "when the run ended" may follow.
std::string interrupted_label(StateName const& state);

// success, failed, canceled: nothing more happens to a run. Steps end in skipped as well.
bool is_terminal(ExecutionState state);

// How far a step has come within one attempt: 0 not started, 1 running, 2 ended. A fact of a lower rank about the
// same attempt is old news.
int rank_of(ExecutionState state);

} // namespace pev
