// How the step list moves: by keys, after the selection, along with the step that runs.
#pragma once

#include "ui/frame.h"
#include "ui/panels/timeline_rows.h"
#include "ui/widgets/scroll_area.h"

namespace pev::ui {

// The row that shows the selected step; rows.rows().size() where none does.
std::size_t selected_row(Frame const& frame, TimelineRows const& rows);

// Arrows, Page, Home, End, Enter; `f` and Shift+F for the next and the last failure.
void select_by_keys(Frame& frame, TimelineRows const& rows);

// Keeps in sight what the list is about: a step that was selected from elsewhere or by keys, and otherwise the step that the run is
// at, until the user scrolls. Between begin_scroll() and end_scroll().
void move_with_run(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

// The way back to the step that the run is at, where the user has scrolled away from it. After end_scroll().
void draw_jump_to_current(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

} // namespace pev::ui
