// Shapes, drawn at device pixels: fills, borders, shadows, and the few icons that are lines rather than text.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

void fill(Frame const& frame, Rect const& rect, Color color, float radius = 0);
// A border inside of `rect`, as in CSS.
void border(Frame const& frame, Rect const& rect, Color color, float radius = 0, float thickness = 1);
void horizontal_line(Frame const& frame, float x, float y, float width, Color color);
void vertical_line(Frame const& frame, float x, float y, float height, Color color);
// A soft shadow under `rect`.
void shadow(Frame const& frame, Rect const& rect, float radius, Elevation elevation);
void focus_ring(Frame const& frame, Rect const& rect, float radius);

// A dashed line through these points; see ui/panels/group_summary.cpp.
void dashed_line(Frame const& frame, ImVec2 const* points, int count, Color color);

enum class Icon : std::uint8_t {
    Check,
    Cross,
    Dot,
    Dots,
    Bang,
    Dash,
    Skip,
    ChevronDown,
    ChevronRight,
    Moon,
    Sun,
    Bell,
    BellOn,
    Copy,
    Back,
    Up,
    Down,
    Follow,
    Filter,
    Diamond,
};
// Centred in `box`, as large as the smaller side allows.
void draw_icon(Frame const& frame, Icon icon, Rect const& box, Color color, float thickness = 1.5f);

} // namespace pev::ui
