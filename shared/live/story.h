// The life of a connection in words, for the diagnostics: what it does, and what made it change.
#pragma once

#include "shared/live/connection.h"

#include <string>

namespace pev {

// "Live", "Waits 6 s for try 2 of 5".
std::string what_it_does(Connection const& connection, Instant now);

// What led from the phase `before` to `after`: "the stream was lost".
std::string why_it_changed(Phase before, ConnectionInput const& input, Connection const& after);

} // namespace pev
