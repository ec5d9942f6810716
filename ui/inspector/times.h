// Points in time in the inspector: the clock on screen, date, zone and how long ago on demand.
#pragma once

#include "ui/frame.h"

#include <string>

namespace pev::ui {

// "2026-11-20 14:03:11 +01:00 · 2 m 14 s ago"
std::string time_in_full(Frame const& frame, Instant at);
// The clock at the right end of `line`, with the rest as tooltip. Returns its width.
float draw_time(Frame& frame, ImGuiID id, Instant at, Rect const& line);

} // namespace pev::ui
