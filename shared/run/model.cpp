#include "shared/run/model.h"

#include "shared/base/unicode.h"

namespace pev {

std::string_view StepRun::title() const
{
    if (!shows_nothing(name))
        return name;
    return shows_nothing(key) ? std::string_view{"(a step without name and key)"} : std::string_view{key};
}

std::size_t StepRun::bytes_but_logs() const
{
    std::size_t bytes = sizeof(StepRun) + id.size() + key.size() + name.size() + input.size() + output.size()
        + error.size() + collaboration_context.size() + episodic_traces.size();
    if (personality)
        bytes += personality->description.size() + personality->configuration.size();
    for (std::string const& dependency : dependencies)
        bytes += sizeof(std::string) + dependency.size();
    return bytes;
}

StepRun* RunModel::find(std::string_view key)
{
    auto const found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &steps[found->second];
}

StepRun const* RunModel::find(std::string_view key) const
{
    auto const found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &steps[found->second];
}

void RunModel::index_steps()
{
    by_key_.clear();
    by_key_.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
        by_key_.emplace(steps[i].key, i); // keys are unique; should one stand twice, the first is found
    recount();
}

void RunModel::recount()
{
    progress = {};
    progress.total = static_cast<int>(steps.size());
    log_line_count = dropped_line_count = log_bytes = other_bytes = 0;
    for (StepRun const& step : steps) {
        ++count_of(step.state.kind);
        log_line_count += step.logs.end();
        dropped_line_count += step.logs.first();
        log_bytes += step.logs.bytes();
        other_bytes += step.bytes_but_logs();
    }
}

std::optional<Instant> RunModel::end_of(StepRun const& step) const
{
    bool const ran_on = step.state.kind == ExecutionState::Running && over();
    return step.completed_at || !ran_on ? step.completed_at : completed_at;
}

int& RunModel::count_of(ExecutionState step)
{
    if (interrupted(step))
        return progress.interrupted;
    switch (step) {
    case ExecutionState::Success:
        return progress.completed;
    case ExecutionState::Failed:
        return progress.failed;
    case ExecutionState::Running:
        return progress.running;
    case ExecutionState::Blocked:
        return progress.blocked;
    case ExecutionState::Canceled:
        return progress.canceled;
    case ExecutionState::Skipped:
        return progress.skipped;
    case ExecutionState::Queued:
    case ExecutionState::WaitingForDependencies:
    case ExecutionState::Unknown:
        break;
    }
    return progress.pending;
}

} // namespace pev
