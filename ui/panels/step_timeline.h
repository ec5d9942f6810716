// All steps from top to bottom: a rail with a node for each, parallel branches side by side in a box.
//
// Source: docs/PAGE.md#steps, docs/WIRE.md#parallel-steps.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

void draw_step_timeline(Frame& frame, Rect const& rect);

} // namespace pev::ui
