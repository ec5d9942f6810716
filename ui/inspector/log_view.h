// A log as a terminal shows it: numbered lines with time, level and colours, to be searched, selected and copied. Only rows
// in sight cost anything.
#pragma once

#include "shared/run/model.h"
#include "ui/frame.h"

namespace pev::ui {

// Brings lines and rows up to date; once in a frame, before the rest.
void prepare_log(Frame& frame, StepRun const& step, float width);
// The height for a log in an inspector of `view_height`.
float log_view_height(Frame const& frame, StepRun const& step, float view_height);
void draw_log_view(Frame& frame, StepRun const& step, Rect const& rect);

} // namespace pev::ui
