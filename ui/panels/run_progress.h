// How far the run has come: the percentage, a bar by state, and how many steps are in which state.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// As wide as the counts want to be in one line, within reason; `room` is the header's width.
float run_progress_width(Frame const& frame, float room);
// Returns the height.
float draw_run_progress(Frame& frame, ImVec2 at, float width);
// The same in one line, without the counts.
float draw_run_progress_line(Frame& frame, ImVec2 at, float width);

} // namespace pev::ui
