// How the viewer is doing, over everything else: its connection and what became of it, counts of events, errors, version. Opened by a
// click on a mode badge or by the button beside Refresh.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Nothing where it is not open. To be drawn last: while it is open, Tab stays in it.
void draw_diagnostics_panel(Frame& frame);

} // namespace pev::ui
