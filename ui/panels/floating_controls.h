// Refresh, Pause and Diagnostics at the bottom left, how the viewer keeps up at the bottom right. They float over the content; where
// there is one column, they would hide most of a row, and stand in a bar below it.
//
// Source: docs/PAGE.md#updates.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// What lists leave free at their ends, so that nothing in them stays under what floats.
float room_at_end(Frame const& frame);
// Of the bar at the bottom of the screen; 0 where there is none.
float updates_bar_height(Frame const& frame);

void draw_floating_controls(Frame& frame);

} // namespace pev::ui
