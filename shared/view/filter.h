// Which steps the timeline shows: text over name, key, type, logs, input and output; states; types.
#pragma once

#include "shared/run/model.h"

#include <string>
#include <vector>

namespace pev {

struct Filter {
    std::string search;
    std::vector<StateName> states; // none: all
    std::vector<TypeName> types; // none: all
    bool active() const { return !search.empty() || !states.empty() || !types.empty(); }
    bool operator==(Filter const&) const = default;
};

// Indices of the steps that pass, ascending.
std::vector<std::size_t> passing_steps(RunModel const& run, Filter const& filter);

// For the chips: what there is to choose, with counts over all steps.
struct StateCount {
    StateName state;
    int steps = 0;
    StateName const& name() const { return state; }
};
struct TypeCount {
    TypeName type;
    int steps = 0;
    TypeName const& name() const { return type; }
};
std::vector<StateCount> count_states(RunModel const& run);
std::vector<TypeCount> count_types(RunModel const& run);

} // namespace pev
