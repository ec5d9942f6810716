// A log as a terminal shows it: numbered lines with time, level and colours. Only rows in sight cost anything.
#pragma once

#include "shared/run/model.h"
#include "ui/frame.h"

namespace pev::ui {

// The height for a log in an inspector of `view_height`.
float log_view_height(Frame& frame, StepRun const& step, float width, float view_height);
void draw_log_view(Frame& frame, StepRun const& step, Rect const& rect);

} // namespace pev::ui
