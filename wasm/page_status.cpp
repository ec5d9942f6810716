#include "wasm/page_status.h"

#include "wasm/js_imports.h"

#include <string_view>

namespace pev::wasm {
namespace {

    std::string_view title_sign(ExecutionState state)
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

    // In words that follow "…: running", for whoever can't see the badge.
    std::string_view spoken_mode(Mode mode)
    {
        switch (mode) {
        case Mode::Live:
            return ", live updates";
        case Mode::Polling:
            return ", updated every two seconds";
        case Mode::Paused:
            return ", updates paused";
        case Mode::Error:
            return ", not up to date";
        default:
            return "";
        }
    }

} // namespace

void PageStatus::show(AppState const& state)
{
    auto const* run = state.run ? &*state.run : nullptr;
    auto const name = run ? std::string_view{run->playbook_name} : std::string_view{};
    auto const run_state = run ? std::string_view{run->state.word} : std::string_view{};
    auto const problem = state.problem ? std::string_view{state.problem->title} : std::string_view{};
    auto const mode = state.mode();
    if (shown_ && shown_->mode == mode && shown_->name == name && shown_->state == run_state
        && shown_->problem == problem)
        return;
    shown_ = Shown{std::string{name}, std::string{run_state}, std::string{problem}, mode};

    std::string title;
    std::string status;
    if (run) {
        auto const heading = name.empty() ? std::string_view{"Playbook run"} : name;
        auto const label = state_label(run->state);
        title.append(title_sign(run->state.kind)).append(heading).append(" – ").append(label);
        if (mode == Mode::Paused)
            title.append(" (paused)");
        status.append(heading).append(": ").append(label).append(spoken_mode(mode));
    } else if (!problem.empty()) {
        title.append(problem).append(" – Playbook run");
        status.append(problem);
    } else {
        title = "Playbook run";
        status = "Loading the run";
    }
    js_set_title(title.data(), title.size());
    js_set_status(status.data(), status.size());
}

void PageStatus::show_dark(bool dark)
{
    if (dark_ != dark)
        js_set_dark(dark);
    dark_ = dark;
}

} // namespace pev::wasm
