// The field to search steps by.
#pragma once

#include "shared/base/rest.h"
#include "ui/frame.h"

namespace pev::ui {

// '/' enters it from anywhere, Escape leaves it, Enter goes on to the list. Every change becomes a SetSearch.
PEV_REST void search_box(Frame& frame, Rect const& rect);

// The look of it while it is empty and its code on its way.
void draw_empty_search_box(Frame& frame, Rect const& rect);

} // namespace pev::ui
