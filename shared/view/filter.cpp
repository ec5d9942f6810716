#include "shared/view/filter.h"

#include <algorithm>

namespace pev {

namespace {

    template <typename T>
    bool passes(std::vector<T> const& wanted, T const& value)
    {
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    }

    // Counts by enumerator first, in its order, so that the chips keep their places; words of tomorrow follow.
    template <typename Count, typename NameOf>
    std::vector<Count> count_by(std::vector<StepRun> const& steps, NameOf&& name_of)
    {
        std::vector<Count> counts;
        for (StepRun const& step : steps) {
            auto const& name = name_of(step);
            auto found = std::find_if(counts.begin(), counts.end(), [&](Count const& c) { return c.name() == name; });
            if (found == counts.end())
                counts.push_back(Count{name, 1});
            else
                ++found->steps;
        }
        std::stable_sort(
            counts.begin(), counts.end(), [](Count const& a, Count const& b) { return a.name().kind < b.name().kind; });
        return counts;
    }

} // namespace

std::vector<std::size_t> passing_steps(RunModel const& run, Filter const& filter, StepSearch const& search)
{
    std::vector<std::size_t> passing;
    passing.reserve(run.steps.size());
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        StepRun const& step = run.steps[i];
        if (passes(filter.states, step.state) && passes(filter.types, step.type)
            && (!search.active() || search.hits()[i].any()))
            passing.push_back(i);
    }
    return passing;
}

std::vector<StateCount> count_states(RunModel const& run)
{
    return count_by<StateCount>(run.steps, [](StepRun const& step) -> StateName const& { return step.state; });
}

std::vector<TypeCount> count_types(RunModel const& run)
{
    return count_by<TypeCount>(run.steps, [](StepRun const& step) -> TypeName const& { return step.type; });
}

} // namespace pev
