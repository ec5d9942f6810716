// Search, filters, and how things are shown.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Draws over the whole width from `y` down; returns the height.
float draw_toolbar(Frame& frame, float y, float width);

// The switch between light and dark; also for the screens that have no toolbar.
void draw_theme_switch(Frame& frame, Rect const& rect);
// What it switches to: where that is what the system wants, to follow the system again.
ThemeChoice other_theme(Frame const& frame);

} // namespace pev::ui
