// The run in a few words: for the title of a page's tab or a window.
#pragma once

#include "shared/app/app_state.h"

#include <string>

namespace pev {

// "● Product launch outreach – running"
std::string title_of(AppState const& state);

} // namespace pev
