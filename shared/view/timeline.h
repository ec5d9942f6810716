// The order and grouping of steps for the timeline: which stand alone, which run side by side, and what follows within a branch.
//
// Source: docs/WIRE.md#parallel-steps.
// Steps keep the run's order. Two or more steps that wait for the same steps begin parallel branches. A step whose
// dependencies all lie within one branch goes on in that branch, and may begin branches of its own there; one that joins
// branches stands behind them. Where the server names no dependencies, neighbours in the list that ran side by side (view/span.h) are parallel, and
// one that starts as another of them ends carries on that one's branch. A group stands where its first step stands.
#pragma once

#include "shared/run/model.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace pev {

inline constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;

struct TimelineEntry {
    std::uint32_t step = 0; // index into RunModel::steps
    std::uint32_t group = kNoGroup; // the innermost around it; index into Timeline::groups
};

// Two or more branches side by side.
struct TimelineGroup {
    std::string key; // ref of its first step: the same as long as the run lasts
    std::string caption; // "waits for Research outlets"; empty where nothing is known
    std::uint32_t parent = kNoGroup; // the group around it
    std::uint32_t depth = 0; // how many groups there are around it
    std::uint32_t branches = 0;
    std::uint32_t first = 0; // its part of Timeline::entries: [first, end)
    std::uint32_t end = 0;
    std::array<std::uint32_t, kExecutionStates> states{}; // steps in it, by state
    std::uint32_t steps() const { return end - first; }
};

// Steps that follow each other: those of a group's branch, or of the whole run.
struct TimelineBranch {
    std::uint32_t group = kNoGroup;
    std::uint32_t first = 0; // as above
    std::uint32_t end = 0;
};

struct Timeline {
    std::vector<TimelineEntry> entries; // from top to bottom
    std::vector<TimelineGroup> groups; // by `first`; outer ones before inner ones
    std::vector<TimelineBranch> branches; // those with two entries or more
};

// Groups are not nested deeper than this.
inline constexpr std::uint32_t kMostNestedGroups = 6;

// Remembers between two layouts which steps wait for the same: that changes with the order of a run's steps only.
class TimelineLayout {
public:
    // `shown`: indices of the steps that pass the filters, ascending. A group of which only one branch is shown is none.
    Timeline lay_out(RunModel const& run, std::vector<std::size_t> const& shown);

private:
    void learn_parents(RunModel const& run);

    std::string run_id_;
    std::uint64_t order_ = 0;
    bool known_ = false;
    std::vector<std::vector<std::uint32_t>> parents_; // sets of steps that others wait for, as indices, ascending
    std::vector<std::uint32_t> parents_of_; // by step: index into parents_, or 0xFFFFFFFF
};

} // namespace pev
