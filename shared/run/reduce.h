// Applies one event to the model: the pure heart of live updates.
//
// Source: docs/WIRE.md#events. Rules that hold for every event:
// - An event for another run or for an unknown step changes nothing; the answer says which, and the caller counts it.
// - Old news changes nothing. Which of two facts is newer, the server's time says; where it is the same, or absent, the order in
//   which one stream told them; where they came from different sources, the attempt, and then the rank (run/state.h). So an event
//   that is delivered twice, or late, does no harm, and a step can run again, whatever number its attempt is given. A stamp that the
//   server's clock has not reached says nothing of that; and of a run whose end a document told, what arrives later is newer.
// - A run that is over takes no news from before its end, but for log lines. What is newer holds: its steps may be tried again, and
//   with a step that starts the run goes on.
#pragma once

#include "shared/run/event.h"
#include "shared/run/model.h"

namespace pev {

enum class Applied : std::uint8_t {
    Changed,
    Nothing, // already known, or old news
    OtherRun,
    UnknownStep,
    RunOver, // older than the run's end
};

Applied reduce(RunModel& run, RunEvent const& event);

} // namespace pev
