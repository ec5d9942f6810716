// Steps that run side by side, seen as one: the box around them, its caption, and how many are in which state.
#pragma once

#include "shared/view/timeline.h"
#include "ui/frame.h"

#include <string>

namespace pev::ui {

// "Parallel · 3 steps · waits for Research outlets"
std::string group_caption(TimelineGroup const& group);

// Open to the left, where the rail is: the branches leave it at the top and join it again at the bottom.
void draw_group_bracket(Frame const& frame, Rect const& box);
// One line at the top of the box, which folds and unfolds the group.
void draw_group_caption(Frame& frame, TimelineGroup const& group, Rect const& line, bool folded);

// What stands in place of a folded group's steps.
float group_summary_height(Frame const& frame, TimelineGroup const& group, float width);
void draw_group_summary(Frame& frame, TimelineGroup const& group, Rect const& rect);

} // namespace pev::ui
