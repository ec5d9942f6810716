// Strips under the header: that the run failed; that what is shown may be old, and that it no longer is.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// Each draws over the whole width from `y` down and returns its height: 0 when there is nothing to say.
float draw_failure_banner(Frame& frame, float y, float width);
float draw_update_notice(Frame& frame, float y, float width);

} // namespace pev::ui
