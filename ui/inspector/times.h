// A point in time at the end of a line: the clock on screen, date, zone and how long ago on demand.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Returns its width.
float draw_time(Frame& frame, ImGuiID id, Instant at, Rect const& line);

} // namespace pev::ui
