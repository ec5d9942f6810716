#include "shared/app/title.h"

#include "shared/base/text.h"

#include <string_view>

namespace pev {

namespace {

    constexpr std::size_t kNameCharacters = 200;

    std::string_view sign_of(ExecutionState state)
    {
        switch (state) {
        case ExecutionState::Running:
            return "● ";
        case ExecutionState::Success:
            return "✓ ";
        case ExecutionState::Failed:
            return "✕ ";
        case ExecutionState::Canceled:
            return "– ";
        default:
            return "";
        }
    }

    std::string name_of(RunModel const& run)
    {
        return run.playbook_name.empty() ? "Playbook run" : one_line(run.playbook_name, kNameCharacters);
    }

} // namespace

std::string title_of(AppState const& state)
{
    if (state.run) {
        RunModel const& run = *state.run;
        std::string title{sign_of(run.state.kind)};
        title.append(name_of(run));
        title.append(" – ").append(state_label(run.state));
        return title.append(state.mode() == Mode::Paused ? " (paused)" : "");
    }
    return state.problem ? state.problem->title + " – Playbook run" : "Playbook run";
}

Notify notice_of_end(RunModel const& run)
{
    return {name_of(run),
        state_label(run.state) + " · " + std::to_string(run.progress.done()) + " of "
            + std::to_string(run.progress.total) + " steps done"};
}

} // namespace pev
