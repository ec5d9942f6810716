// The order and grouping of steps for the timeline: which stand alone, which run side by side.
//
// Source: mission document, "Reading Parallel Branches"; wire contract, `dependencies`.
// Steps keep the playbook's order. Two or more steps that wait for the same steps are parallel branches. Where the server
// names no dependencies, neighbours in the list whose times overlap are. A group stands where its first step stands.
#pragma once

#include "shared/run/model.h"

#include <string>
#include <vector>

namespace pev {

struct TimelineGroup {
    std::vector<std::size_t> steps; // indices into RunModel::steps; one: the step stands alone
    std::string caption; // "waits for Research outlets"; empty where nothing is known
    bool parallel() const { return steps.size() > 1; }
};

struct Timeline {
    std::vector<TimelineGroup> groups;
    std::size_t step_count = 0; // in all groups
};

// `shown`: indices of the steps that pass the filters, ascending. `server_now` ends the times of running steps.
Timeline lay_out_timeline(RunModel const& run, std::vector<std::size_t> const& shown, Instant server_now);

} // namespace pev
