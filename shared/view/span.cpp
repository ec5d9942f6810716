#include "shared/view/span.h"

namespace pev {

Span span_of(RunModel const& run, StepRun const& step)
{
    if (!step.started_at)
        return {};
    if (step.completed_at)
        return {*step.started_at, *step.completed_at};
    bool const goes_on = !run.over() && rank_of(step.state.kind) < 2;
    return {*step.started_at, goes_on ? Instant::max() : run.completed_at.value_or(*step.started_at)};
}

bool are_side_by_side(Span const& a, Span const& b, Duration shorter)
{
    if (!a.overlaps(b))
        return false;
    // So far one clock would have to be wrong for one step to follow the other. That is not what made nearly all of a step overlap.
    Duration const wrong = std::min(a.to - b.from, b.to - a.from);
    return wrong > shorter - shorter / 4 || wrong > std::max<Duration>(std::chrono::seconds{1}, shorter / 10);
}

} // namespace pev
