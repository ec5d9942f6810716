// A bar of coloured parts: how many steps are in which state.
#pragma once

#include "ui/frame.h"

#include <vector>

namespace pev::ui {

struct Segment {
    int weight = 0;
    Color color = 0;
};
// What `total` leaves over stays empty.
void draw_progress_bar(Frame const& frame, Rect const& rect, std::vector<Segment> const& segments, int total);

} // namespace pev::ui
