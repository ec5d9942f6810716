// What floats over the content: Refresh, Pause and Diagnostics at the bottom left, how the viewer keeps up at the bottom right.
//
// Source: mission document, "UI Indicators", 2 and 3.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Lists leave this much room at their ends.
inline constexpr float kFloatingRoom = 64;

void draw_floating_controls(Frame& frame);

} // namespace pev::ui
