// Whoever holds a run must be able to look at it.
#pragma once

#include "shared/run/model.h"

namespace pev::fuzz {

// Counts and index are true; timeline, filters and the inspection of every step can be made.
void view_run(RunModel const& run);

} // namespace pev::fuzz
