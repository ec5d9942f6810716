// What a reader does with a log: selects, copies, finds, moves about by keys.
#pragma once

#include "ui/inspector/log_layout.h"

namespace pev::ui {

// After begin_scroll(), before the rows are drawn. What the pointer does is for their links.
Grab read_log(Frame& frame, StepRun const& step, LogLayout const& at);

} // namespace pev::ui
