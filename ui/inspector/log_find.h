// The bar to find text in a log by: what is typed, how many matches there are, forth and back.
#pragma once

#include "shared/run/model.h"
#include "ui/frame.h"

namespace pev::ui {

void open_log_find(Frame& frame);
void close_log_find(Frame& frame);
// Goes on with the search, also while nothing of it is to be seen.
void search_log(Frame& frame, StepRun const& step);
float log_find_height(Frame const& frame); // 0 while it is closed
void draw_log_find(Frame& frame, StepRun const& step, Rect const& rect);

} // namespace pev::ui
