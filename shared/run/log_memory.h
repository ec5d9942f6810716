// Which log lines go when a run is larger than the memory that it may take (RunModel::memory).
//
// The oldest of the longest logs: logs are cut to one length, as large as fits, and shorter ones stay whole. So the last lines of
// each step can be read, whatever a chatty one writes, and it makes no difference in which order lines have come, by the stream or
// with a document. Inputs, outputs and the like are never dropped: logs have what they leave, and a quarter in any case.
#pragma once

#include "shared/run/model.h"

namespace pev {

// To be called after the run has grown. Where it drops lines it drops some more than it must, so that it does so once for many
// lines.
void fit_logs(RunModel& run);

} // namespace pev
