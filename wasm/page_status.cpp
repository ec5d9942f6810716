#include "wasm/page_status.h"

#include "shared/app/title.h"
#include "wasm/js_imports.h"

#include <string_view>

namespace pev::wasm {
namespace {

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

    // shell/icon-….svg
    std::string_view icon_of(ExecutionState state)
    {
        switch (state) {
        case ExecutionState::Running:
            return "running";
        case ExecutionState::Success:
            return "success";
        case ExecutionState::Failed:
            return "failed";
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

    std::string status = "Loading the run";
    if (run)
        status = (name.empty() ? "Playbook run" : std::string{name}) + ": " + state_label(run->state)
            + std::string{spoken_mode(mode)};
    else if (!problem.empty())
        status = problem;
    auto const icon = run ? icon_of(run->state.kind) : std::string_view{};
    js_set_icon(icon.data(), icon.size());
    auto const title = title_of(state);
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
