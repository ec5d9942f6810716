#include "shared/view/filter.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace pev {

namespace {

    template <typename T>
    bool passes(std::vector<T> const& wanted, T const& value)
    {
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    }

    // What this viewer knows first, in the order of `known`, so that the chips keep their places; words of tomorrow follow.
    template <typename Count, typename Kind, std::size_t N, typename NameOf>
    std::vector<Count> count_by(std::vector<StepRun> const& steps, std::array<Kind, N> const& known, NameOf&& name_of)
    {
        std::array<int, N> counted{};
        std::map<std::string_view, int> strangers;
        std::array<std::string_view, N> words{};
        for (StepRun const& step : steps) {
            auto const& name = name_of(step);
            auto const kind = static_cast<std::size_t>(name.kind);
            std::string_view const word = name.word;
            if (name.kind == Kind::Unknown)
                ++strangers[word];
            else
                ++counted[kind];
            words[kind] = word;
        }
        std::vector<Count> counts;
        for (Kind const kind : known) {
            auto const at = static_cast<std::size_t>(kind);
            if (counted[at] > 0)
                counts.push_back({{kind, std::string{words[at]}}, counted[at]});
        }
        for (auto const& [word, count] : strangers)
            counts.push_back({{Kind::Unknown, std::string{word}}, count});
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
    return count_by<StateCount>(
        run.steps, kStatesByUrgency, [](StepRun const& step) -> StateName const& { return step.state; });
}

std::vector<TypeCount> count_types(RunModel const& run)
{
    constexpr std::array kTypes{StepType::Agent, StepType::Data, StepType::Branch, StepType::Api, StepType::Unknown};
    static_assert(kTypes.size() == kStepTypes);
    return count_by<TypeCount>(run.steps, kTypes, [](StepRun const& step) -> TypeName const& { return step.type; });
}

} // namespace pev
