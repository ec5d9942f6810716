// The order in which a run's steps stand where the server's own tells nothing.
//
// Source: docs/WIRE.md#what-real-servers-do: rows that were made in one statement have one `createdAt`, come in
// another order with each answer, and none of these is the playbook's. Such steps stand in the order in which they were made, then in
// which they first began; what has not begun stands behind what it waits for, and otherwise where it stood. So a list changes only
// where a step begins, below all that ran before.
#pragma once

#include "shared/run/model.h"

#include <cstdint>
#include <vector>

namespace pev {

// Whether the order of these steps, as they came, tells nothing of the playbook's.
bool is_order_meaningless(RunModel const& run);

// Puts the steps of a run that is `arranged` in order, as it is by now. Dependencies count where steps are new: what stands behind
// others stays there.
void settle_order(RunModel& run, bool has_new_steps = false);

// Moves the steps so that the one at order[i] stands at i.
void reorder_steps(std::vector<StepRun>& steps, std::vector<std::uint32_t> order);

// Sorts indices of steps; those that `compare` (like strcmp) finds equal by themselves.
void sort_steps(std::vector<std::uint32_t>& order, std::vector<StepRun> const& steps,
    int (*compare)(StepRun const& a, StepRun const& b));

// For each step of `fetched` the index of the known one that it is, or kNoStep: by id among those of its key, else by its place among
// them, where the ids don't tell.
inline constexpr std::uint32_t kNoStep = 0xFFFFFFFF;
std::vector<std::uint32_t> match_steps(RunModel const& known, RunModel const& fetched);

} // namespace pev
