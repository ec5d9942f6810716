// The line between the list of steps and the inspector: how wide the list is, and how the reader changes that.
#pragma once

#include "shared/base/rest.h"
#include "ui/frame.h"

namespace pev::ui {

// Of `width`, which both have together: as the reader has made it, as far as both sides keep the room that they need.
float list_width(Frame const& frame, float width);

// Dragged, moved by arrow keys, Home and End, put back by a double click. `list`: how wide the list is in `both`.
// The keyboard finds it between the two: to be called after the list and before the inspector.
PEV_REST void draw_divider(Frame& frame, Rect const& both, float list);

} // namespace pev::ui
