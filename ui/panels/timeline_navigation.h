// How the step list moves: by keys, after the selection, along with the step that runs.
#pragma once

#include "ui/frame.h"
#include "ui/panels/timeline_rows.h"
#include "ui/widgets/scroll_area.h"

#include <optional>

namespace pev::ui {

// The row that shows the selected step; rows.rows().size() where none does.
std::size_t selected_row(Frame const& frame, TimelineRows const& rows);

// Arrows, Page, Home, End, Enter.
void select_by_keys(Frame& frame, TimelineRows const& rows);

// The next failed step in the order of the list, from the selected one on and round, or back; also of those folded away.
void select_next_failure(Frame& frame, bool back);
// Back to the step that the run is at, and along with it: list and selection.
void follow_run(Frame& frame);
// The button for it, where the selection does not follow and there is something to follow; at the end of `line`. Returns where the
// rest of the line ends.
float draw_follow_button(Frame& frame, Rect const& line);
// Whoever reads is not taken along. Once, at the end of a frame.
void stop_following_reader(Frame& frame);

// Where the list of a first frame stands, and later one whose rows have changed: what was in sight stays in sight. Nothing where it
// stands already. Before begin_scroll().
std::optional<float> place_of_list(Frame const& frame, TimelineRows const& rows, Rect const& view);

// Keeps in sight what the list is about: a step that was selected from elsewhere or by keys, and the one that the selection follows
// the run to, until the user scrolls. Between begin_scroll() and end_scroll().
void move_with_run(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

// The way back to the step that is followed, where the user has scrolled away from it. After end_scroll().
void draw_jump_to_current(Frame& frame, TimelineRows const& rows, ScrollArea const& area);

} // namespace pev::ui
