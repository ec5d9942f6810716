// What fills the canvas: one of these at a time.
#pragma once

#include "shared/base/rest.h"
#include "ui/frame.h"

namespace pev::ui {

// The first answer is on its way: the shape of what is coming.
void draw_loading_screen(Frame& frame);
// There is nothing to show: what happened, in the server's words where it has some, and what can be done.
void draw_problem_screen(Frame& frame);
// The run.
void draw_run_screen(Frame& frame);

// What lies over any of them when it was asked for: menu, shortcuts, diagnostics.
PEV_REST void draw_overlays(Frame& frame);

} // namespace pev::ui
