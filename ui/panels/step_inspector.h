// All that is known about the selected step, in sections.
//
// Source: docs/PAGE.md#inspector.
#pragma once

#include "shared/base/rest.h"
#include "ui/frame.h"

namespace pev::ui {

PEV_REST void draw_step_inspector(Frame& frame, Rect const& rect);

} // namespace pev::ui
