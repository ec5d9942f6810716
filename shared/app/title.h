// The run in a few words: for the title of a page's tab or a window, and for a notification.
#pragma once

#include "shared/app/app_state.h"
#include "shared/app/effect.h"

#include <string>

namespace pev {

// "● Product launch outreach – running"
std::string title_of(AppState const& state);

// For whoever wants to be told of the end of a run: the name, "success · 10 of 10 steps done".
Notify notice_of_end(RunModel const& run);

} // namespace pev
