// Applies one event to the model: the pure heart of live updates.
//
// Source: wire contract, "Events". Rules that hold for every event:
// - An event for another run, for an unknown step or about a run that is over (but for its last log lines) changes
//   nothing; the answer says which, and the caller counts it.
// - Old news changes nothing: a fact about an earlier attempt, or a lower rank of the same attempt (run/state.h) that is
//   not newer than what is known. So an event delivered twice, or late, does no harm.
#pragma once

#include "shared/run/event.h"
#include "shared/run/model.h"

namespace pev {

enum class Applied : std::uint8_t {
    Changed,
    Nothing, // already known, or old news
    OtherRun,
    UnknownStep,
    RunOver,
};

Applied reduce(RunModel& run, RunEvent const& event);

} // namespace pev
