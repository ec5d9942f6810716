// How the step list moves: by keys, after the selection, along with the step that runs.
#pragma once

#include "ui/frame.h"
#include "ui/panels/timeline_rows.h"
#include "ui/widgets/scroll_area.h"

namespace pev::ui {

// The row that shows the selected step; rows.rows().size() where none does.
std::size_t selected_row(Frame const& frame, TimelineRows const& rows);

// Arrows, Page, Home, End, Enter.
void select_by_keys(Frame& frame, TimelineRows const& rows);

// The next failed step in the order of the list, from the selected one on and round, or back; also of those folded away.
void select_next_failure(Frame& frame, bool back);
// Back to the step that the run is at, and along with it.
void follow_run(Frame& frame);

// Keeps in sight what the list is about: a step that was selected from elsewhere or by keys, and otherwise the step that the run is
// at, until the user scrolls. Between begin_scroll() and end_scroll().
void move_with_run(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

// The way back to the step that the run is at, where the user has scrolled away from it. After end_scroll().
void draw_jump_to_current(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

} // namespace pev::ui
