#include "shared/view/current_step.h"

namespace pev {

namespace {

    bool runs(StepRun const& step)
    {
        return step.state.kind == ExecutionState::Running;
    }

    std::size_t index_in(RunModel const& run, StepRun const& step)
    {
        return static_cast<std::size_t>(&step - run.steps.data());
    }

} // namespace

std::optional<std::size_t> current_step_of(RunModel const& run, StepRun const* held)
{
    if (run.over())
        return std::nullopt;
    StepRun const* const named = run.find(run.current_step_key);
    for (StepRun const* const step : {held, named}) {
        if (step != nullptr && runs(*step))
            return index_in(run, *step);
    }
    StepRun const* newest = nullptr;
    for (StepRun const& step : run.steps) {
        if (runs(step) && (newest == nullptr || newest->started_at < step.started_at))
            newest = &step;
    }
    if (newest == nullptr && named != nullptr && !is_terminal(named->state.kind))
        newest = named;
    return newest != nullptr ? std::optional{index_in(run, *newest)} : std::nullopt;
}

StepRun const* first_failed_step(RunModel const& run)
{
    if (run.progress.failed == 0)
        return run.find(run.failed_step_key);
    StepRun const* first = nullptr;
    for (StepRun const& step : run.steps) {
        if (step.state.kind != ExecutionState::Failed)
            continue;
        bool const earlier
            = first != nullptr && step.completed_at && first->completed_at && *step.completed_at < *first->completed_at;
        if (first == nullptr || earlier)
            first = &step;
    }
    return first;
}

} // namespace pev
