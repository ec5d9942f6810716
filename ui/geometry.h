// Rectangles in CSS pixels: the small arithmetic that layouts are made of.
#pragma once

#include "ui/semantics.h"

#include "imgui.h"

#include <algorithm>

namespace pev::ui {

inline float right(Rect const& r)
{
    return r.x + r.w;
}
inline float bottom(Rect const& r)
{
    return r.y + r.h;
}
inline float middle_y(Rect const& r)
{
    return r.y + r.h / 2;
}
inline bool is_empty(Rect const& r)
{
    return r.w <= 0 || r.h <= 0;
}
inline ImVec2 top_left(Rect const& r)
{
    return {r.x, r.y};
}
inline ImVec2 bottom_right(Rect const& r)
{
    return {r.x + r.w, r.y + r.h};
}
inline bool contains(Rect const& r, ImVec2 p)
{
    return p.x >= r.x && p.x < right(r) && p.y >= r.y && p.y < bottom(r);
}

// Smaller on each side; negative amounts grow.
inline Rect inset(Rect const& r, float dx, float dy)
{
    return {r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy};
}

inline Rect intersect(Rect const& a, Rect const& b)
{
    float const x = std::max(a.x, b.x);
    float const y = std::max(a.y, b.y);
    return {x, y, std::max(0.0f, std::min(right(a), right(b)) - x), std::max(0.0f, std::min(bottom(a), bottom(b)) - y)};
}

} // namespace pev::ui
