// Which steps the timeline shows: those that hold the search text (see search.h), by their states and types.
#pragma once

#include "shared/run/model.h"
#include "shared/view/search.h"

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

// Indices of the steps that pass, ascending. `search` is for the filter's text, and tells of the steps it has looked at.
std::vector<std::size_t> passing_steps(RunModel const& run, Filter const& filter, StepSearch const& search);

// For the chips: what there is to choose, with counts over all steps.
struct StateCount {
    StateName state;
    int steps = 0;
};
struct TypeCount {
    TypeName type;
    int steps = 0;
};
std::vector<StateCount> count_states(RunModel const& run);
std::vector<TypeCount> count_types(RunModel const& run);

} // namespace pev
