// The top of the screen: which run this is, how it stands, how far it has come.
//
// Source: docs/PAGE.md#header, docs/PAGE.md#updates.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Draws over the whole width from `y` down; returns the height.
float draw_run_header(Frame& frame, float y, float width);

} // namespace pev::ui
