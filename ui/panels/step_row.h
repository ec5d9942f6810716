// One step in the timeline.
#pragma once

#include "shared/run/model.h"
#include "ui/frame.h"
#include "ui/panels/timeline_rows.h"

namespace pev::ui {

struct StepRowPlace {
    Rect rect;
    bool selected = false;
    bool list_focused = false; // the keyboard is in the list, and that is to be seen
};
// Selects the step when it is clicked.
void draw_step_row(Frame& frame, StepRun const& step, TimelineRow const& row, StepRowPlace const& place);

// "31s" while it runs, "18.4s" after; empty for a step that has not started. `ticks` is set for a timer that runs.
std::string step_duration(Frame const& frame, StepRun const& step, bool& ticks);
// "Attempt 2/3"; empty for a step that was not retried.
std::string attempt_words(StepRun const& step);
// "round 3"; empty for a step that is no round of a loop.
std::string round_words(Frame const& frame, StepRun const& step);

} // namespace pev::ui
