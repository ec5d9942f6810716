// Short ways to say what a test is about.
#pragma once

#include "shared/app/effect.h"
#include "shared/run/event.h"
#include "shared/run/model.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

namespace pev::test {

// Seconds into a story that begins at a fixed moment.
inline Instant at(double seconds)
{
    return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}} + std::chrono::hours{14}
    + Duration{static_cast<std::int64_t>(seconds * 1e6)};
}

inline StepRun step(std::string const& key, ExecutionState state = ExecutionState::Queued)
{
    StepRun step;
    step.key = key;
    step.name = "Step " + key;
    step.type = type_named("DATA");
    step.state = state_of(state);
    return step;
}

inline RunModel run_with(std::vector<StepRun> steps)
{
    RunModel run;
    run.id = "run-1";
    run.playbook_name = "Outreach";
    run.state = state_of(ExecutionState::Running);
    run.status = "RUNNING";
    run.steps = std::move(steps);
    run.index_steps();
    return run;
}

inline RunEvent event(Event what, std::optional<Instant> when = at(0))
{
    return {.run_id = "run-1", .sse_id = {}, .at = when, .event = std::move(what)};
}

inline LogBuffer log_of(std::initializer_list<std::string_view> lines, bool from_stream = false)
{
    LogBuffer log;
    for (std::string_view const line : lines)
        log.append({.text = line,
            .level = from_stream ? LogLevel::Info : LogLevel::None,
            .at = {},
            .from_stream = from_stream});
    return log;
}

inline std::vector<std::string> texts(LogBuffer const& log)
{
    std::vector<std::string> lines;
    for (std::size_t i = log.first(); i < log.end(); ++i)
        lines.emplace_back(log.text(i));
    return lines;
}

template <typename E>
std::vector<E> effects_of(std::vector<Effect> const& effects)
{
    std::vector<E> found;
    for (Effect const& effect : effects) {
        if (auto const* const wanted = std::get_if<E>(&effect))
            found.push_back(*wanted);
    }
    return found;
}

} // namespace pev::test
