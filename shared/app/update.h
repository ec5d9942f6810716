// Carries out what the user asked for: the pure half of the application.
#pragma once

#include "shared/app/action.h"
#include "shared/app/app_state.h"
#include "shared/app/effect.h"

namespace pev {

// Makes the view what the options ask for: step, search, filters, theme, time zone. The rest stays.
void show_as_asked(ViewState& view, Options const& options);

// Makes it the step that is inspected.
void inspect_step(ViewState& view, std::string const& key);

Effects update(AppState& state, Action const& action, Instant now);
// Moves the connection on; what changed, and why, goes into the diagnostics.
Effects advance(AppState& state, ConnectionInput const& input, Instant now);

} // namespace pev
