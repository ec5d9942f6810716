// The step of a run that a reader wants to see first: what it is at, or what it failed with.
//
// Used by: app/session, which selects it where nobody has named another; ui/panels/notices, which leads to it.
#pragma once

#include "shared/run/model.h"

#include <cstddef>
#include <optional>

namespace pev {

// What a run that is not over is at, by index: `held` while it runs, so that parallel steps don't take turns; else the running step
// that the server names; else the one that began to run last. Where nothing runs: the one that the server names as next.
std::optional<std::size_t> current_step_of(RunModel const& run, StepRun const* held);

// The failed step that ended first. Steps without an end count in the order of the run. Where none has failed, the one that the
// server names; null where there is none.
StepRun const* first_failed_step(RunModel const& run);

} // namespace pev
