#include "shared/run/state.h"

#include "shared/base/terminal_text.h"

#include <algorithm>

namespace pev {

namespace {

    // By enumerator.
    constexpr std::array<std::string_view, kExecutionStates> kStateWords{"queued", "running", "success", "failed",
        "waiting_for_dependencies", "blocked", "canceled", "skipped", "unknown"};
    constexpr std::array<std::string_view, kStepTypes> kTypeWords{"AGENT", "DATA", "BRANCH", "API", "UNKNOWN"};

    struct StatusWord {
        std::string_view word;
        ExecutionState state;
    };
    // REST says SUCCEEDED, step events SUCCESS, run events COMPLETED: they mean the same.
    constexpr std::array kStatusWords{
        StatusWord{"PENDING", ExecutionState::Queued},
        StatusWord{"QUEUED", ExecutionState::Queued},
        StatusWord{"RUNNING", ExecutionState::Running},
        StatusWord{"SUCCEEDED", ExecutionState::Success},
        StatusWord{"SUCCESS", ExecutionState::Success},
        StatusWord{"COMPLETED", ExecutionState::Success},
        StatusWord{"FAILED", ExecutionState::Failed},
        StatusWord{"CANCELLED", ExecutionState::Canceled},
        StatusWord{"CANCELED", ExecutionState::Canceled},
        StatusWord{"SKIPPED", ExecutionState::Skipped},
        StatusWord{"BLOCKED", ExecutionState::Blocked},
        StatusWord{"WAITING", ExecutionState::WaitingForDependencies},
        StatusWord{"WAITING_FOR_DEPENDENCIES", ExecutionState::WaitingForDependencies},
    };

    template <typename E, std::size_t N>
    Named<E> named(std::array<std::string_view, N> const& words, std::string_view word)
    {
        // The last word is the enumerator for whatever is newer than this viewer.
        auto const* found = std::find(words.begin(), words.end() - 1, word);
        return {static_cast<E>(found - words.begin()), std::string{word}};
    }

} // namespace

StateName state_named(std::string_view word)
{
    return named<ExecutionState>(kStateWords, word);
}

StateName state_of(ExecutionState state)
{
    return {state, std::string{wire_word(state)}};
}

TypeName type_named(std::string_view word)
{
    return named<StepType>(kTypeWords, word);
}

std::string_view wire_word(ExecutionState state)
{
    return kStateWords[static_cast<std::size_t>(state)];
}

StateName state_of_status(std::string_view status)
{
    auto const* known = std::find_if(
        kStatusWords.begin(), kStatusWords.end(), [&](StatusWord const& entry) { return entry.word == status; });
    return known == kStatusWords.end() ? StateName{ExecutionState::Unknown, std::string{status}}
                                       : state_of(known->state);
}

StateName further_state(StateName const& state, std::string_view status)
{
    StateName told = state_of_status(status);
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
