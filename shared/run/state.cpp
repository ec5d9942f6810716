#include "shared/run/state.h"

#include "shared/base/terminal_text.h"
#include "shared/json/json_oddity.h"

#include <algorithm>

namespace pev {

namespace {

    // By enumerator.
    constexpr std::array<std::string_view, kExecutionStates> kStateWords{"queued", "running", "success", "failed",
        "waiting_for_dependencies", "blocked", "canceled", "skipped", "unknown"};
    constexpr std::array<std::string_view, kStepTypes> kTypeWords{"AGENT", "DATA", "BRANCH", "API", "UNKNOWN"};

    struct OtherWord {
        std::string_view word;
        ExecutionState state;
    };
    // What statuses, events and people say for the same.
    constexpr std::array kOtherWords{
        OtherWord{"pending", ExecutionState::Queued},
        OtherWord{"succeeded", ExecutionState::Success},
        OtherWord{"completed", ExecutionState::Success},
        OtherWord{"cancelled", ExecutionState::Canceled},
        OtherWord{"waiting", ExecutionState::WaitingForDependencies},
    };

} // namespace

StateName state_named(std::string_view word)
{
    for (OtherWord const& other : kOtherWords) {
        if (is_word(word, other.word))
            return state_of(other.state);
    }
    // The last word is the enumerator for whatever is newer than this viewer.
    for (std::size_t i = 0; i + 1 < kStateWords.size(); ++i) {
        if (is_word(word, kStateWords[i]))
            return state_of(static_cast<ExecutionState>(i));
    }
    return {ExecutionState::Unknown, std::string{word}};
}

StateName state_of(ExecutionState state)
{
    return {state, std::string{wire_word(state)}};
}

TypeName type_named(std::string_view word)
{
    auto const* found = std::find(kTypeWords.begin(), kTypeWords.end() - 1, word);
    return {static_cast<StepType>(found - kTypeWords.begin()), std::string{word}};
}

std::string_view wire_word(ExecutionState state)
{
    return kStateWords[static_cast<std::size_t>(state)];
}

StateName further_state(StateName const& state, std::string_view status)
{
    StateName told = state_named(status);
    if (state.word.empty())
        return told;
    if (told.kind == ExecutionState::Unknown)
        return state.kind == ExecutionState::Queued && !status.empty() ? told : state;
    // Steps are blocked while they run, too: RUNNING says less than that.
    int const reached = state.kind == ExecutionState::Blocked ? 1 : rank_of(state.kind);
    return rank_of(told.kind) > reached ? told : state;
}

std::string state_label(StateName const& state)
{
    if (state.kind == ExecutionState::Unknown)
        return state.word.empty() ? "unknown" : without_escapes(state.word);
    std::string label{wire_word(state.kind)};
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

std::string interrupted_label(StateName const& state)
{
    switch (state.kind) {
    case ExecutionState::Queued:
        return "not started";
    case ExecutionState::WaitingForDependencies:
        return "was waiting";
    default:
        return "was " + state_label(state);
    }
}

bool is_terminal(ExecutionState state)
{
    return state == ExecutionState::Success || state == ExecutionState::Failed || state == ExecutionState::Canceled;
}

int rank_of(ExecutionState state)
{
    switch (state) {
    case ExecutionState::Queued:
    case ExecutionState::WaitingForDependencies:
    case ExecutionState::Blocked:
        return 0;
    case ExecutionState::Running:
    case ExecutionState::Unknown: // somewhere on the way
        return 1;
    case ExecutionState::Success:
    case ExecutionState::Failed:
    case ExecutionState::Canceled:
    case ExecutionState::Skipped:
        return 2;
    }
    return 0;
}

} // namespace pev
