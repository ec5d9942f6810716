#include "ui/draw.h"

#include <array>
#include <cmath>
#include <numbers>

namespace pev::ui {

namespace {

    constexpr float kPi = std::numbers::pi_v<float>;

    ImDrawList& list()
    {
        return *ImGui::GetWindowDrawList();
    }

    Rect snapped(Frame const& frame, Rect const& r)
    {
        float const x = frame.snap(r.x);
        float const y = frame.snap(r.y);
        return {x, y, frame.snap(right(r)) - x, frame.snap(bottom(r)) - y};
    }

    // Points of an icon are given in a square of 16 by 16.
    class Square {
    public:
        explicit Square(Rect const& box)
        {
            side_ = std::min(box.w, box.h);
            origin_ = {box.x + (box.w - side_) / 2, box.y + (box.h - side_) / 2};
        }
        ImVec2 at(float x, float y) const { return {origin_.x + x * side_ / 16, origin_.y + y * side_ / 16}; }
        float length(float units) const { return units * side_ / 16; }

    private:
        float side_;
        ImVec2 origin_;
    };

    template <std::size_t N>
    void stroke(std::array<ImVec2, N> const& points, Color color, float thickness)
    {
        list().AddPolyline(points.data(), static_cast<int>(N), color, ImDrawFlags_None, thickness);
    }

    void draw_moon(Square const& square, Color color)
    {
        // A disc with a bite out of it: the outer arc there, the inner arc back.
        ImVec2 const centre = square.at(8, 8);
        float const radius = square.length(5.5f);
        list().PathClear();
        list().PathArcTo(centre, radius, -0.25f * kPi + 0.35f, 1.75f * kPi - 0.95f, 24);
        list().PathArcTo(square.at(10.4f, 5.6f), square.length(4.6f), 1.17f * kPi, 0.33f * kPi, 16);
        list().PathFillConcave(color);
    }

    void draw_sun(Square const& square, Color color, float thickness)
    {
        list().AddCircleFilled(square.at(8, 8), square.length(3), color, 20);
        for (int ray = 0; ray < 8; ++ray) {
            float const angle = static_cast<float>(ray) * kPi / 4;
            ImVec2 const from = square.at(8 + 4.8f * std::cos(angle), 8 + 4.8f * std::sin(angle));
            ImVec2 const to = square.at(8 + 6.6f * std::cos(angle), 8 + 6.6f * std::sin(angle));
            list().AddLine(from, to, color, thickness);
        }
    }

    void draw_bell(Square const& square, Color color, float thickness)
    {
        stroke(std::array{square.at(2.6f, 11.6f), square.at(4, 9.8f), square.at(4.2f, 6.2f), square.at(5.4f, 3.8f),
                   square.at(8, 2.6f), square.at(10.6f, 3.8f), square.at(11.8f, 6.2f), square.at(12, 9.8f),
                   square.at(13.4f, 11.6f), square.at(2.6f, 11.6f)},
            color, thickness);
        stroke(std::array{square.at(6.6f, 13.6f), square.at(8, 14.4f), square.at(9.4f, 13.6f)}, color, thickness);
    }

} // namespace

void fill(Frame const& frame, Rect const& rect, Color color, float radius)
{
    Rect const r = snapped(frame, rect);
    if (!is_empty(r))
        list().AddRectFilled(top_left(r), bottom_right(r), color, radius);
}

void border(Frame const& frame, Rect const& rect, Color color, float radius, float thickness)
{
    Rect const r = inset(snapped(frame, rect), thickness / 2, thickness / 2);
    if (is_empty(r))
        return;
    list().PathRect(top_left(r), bottom_right(r), std::max(0.0f, radius - thickness / 2));
    list().PathStroke(color, ImDrawFlags_Closed, thickness);
}

void horizontal_line(Frame const& frame, float x, float y, float width, Color color)
{
    float const top = frame.snap(y);
    float const thickness = std::max(1.0f, std::floor(frame.density)) / frame.density;
    list().AddRectFilled({frame.snap(x), top}, {frame.snap(x + width), top + thickness}, color);
}

void vertical_line(Frame const& frame, float x, float y, float height, Color color)
{
    float const left = frame.snap(x);
    float const thickness = std::max(1.0f, std::floor(frame.density)) / frame.density;
    list().AddRectFilled({left, frame.snap(y)}, {left + thickness, frame.snap(y + height)}, color);
}

void shadow(Frame const& frame, Rect const& rect, float radius, Elevation elevation)
{
    // Layers that grow outwards add up to something like a blurred edge; a softer one takes more.
    int const layers = std::max(7, static_cast<int>(elevation.blur * 0.7f));
    Rect base = rect;
    base.y += elevation.offset;
    for (int layer = 0; layer < layers; ++layer) {
        float const spread
            = elevation.blur * (static_cast<float>(layer) / static_cast<float>(layers - 1) - 0.35f) * 0.75f;
        float const weight = static_cast<float>(layers - layer) / (static_cast<float>(layers * (layers + 1)) / 2);
        Rect const r = inset(base, -spread, -spread);
        list().AddRectFilled(
            top_left(r), bottom_right(r), faded(frame.theme.shadow, weight * 1.5f), std::max(0.0f, radius + spread));
    }
}

void focus_ring(Frame const& frame, Rect const& rect, float radius)
{
    border(frame, inset(rect, -kFocusRing, -kFocusRing), frame.theme.accent, radius + kFocusRing, kFocusRing);
}

namespace {

    // A part of a way, in shares of it: 0 to 1.
    struct Part {
        float begin = 0;
        float end = 1;
    };

    // The part of the way from `from` on by `delta` that lies between `low` and `high`.
    Part between(float from, float delta, float low, float high)
    {
        if (delta == 0)
            return from < low || from > high ? Part{.end = 0} : Part{};
        float const a = (low - from) / delta;
        float const b = (high - from) / delta;
        return {.begin = std::max(0.0f, std::min(a, b)), .end = std::min(1.0f, std::max(a, b))};
    }

} // namespace

// Only what is in sight: the line around ten thousand steps is a million pixels long.
void dashed_line(Frame const& frame, ImVec2 const* points, int count, Color color)
{
    constexpr float kDash = 3; // and as much between two
    ImVec2 const low = list().GetClipRectMin();
    ImVec2 const high = list().GetClipRectMax();
    float const thickness = std::max(1.0f, std::floor(frame.density)) / frame.density;
    float travelled = 0;
    for (int i = 0; i + 1 < count; ++i) {
        ImVec2 const from = points[i];
        ImVec2 const way = points[i + 1] - from;
        float const length = std::sqrt(way.x * way.x + way.y * way.y);
        Part const across = between(from.x, way.x, low.x, high.x);
        Part const down = between(from.y, way.y, low.y, high.y);
        float const begin = std::max(across.begin, down.begin) * length;
        float const end = std::min(across.end, down.end) * length;
        float const first = std::floor((travelled + begin) / (2 * kDash)) * 2 * kDash - travelled;
        int const dashes = begin < end ? static_cast<int>((end - first) / (2 * kDash)) + 1 : 0;
        for (int dash = 0; dash < dashes; ++dash) {
            float const at = std::max(0.0f, first + 2 * kDash * static_cast<float>(dash));
            float const to = std::min(length, first + 2 * kDash * static_cast<float>(dash) + kDash);
            if (at < to)
                list().AddLine(from + way * (at / length), from + way * (to / length), color, thickness);
        }
        travelled += length;
    }
}

void draw_icon(Frame const& frame, Icon icon, Rect const& box, Color color, float thickness)
{
    Square const s{snapped(frame, box)};
    switch (icon) {
    case Icon::Check:
        stroke(std::array{s.at(3.6f, 8.4f), s.at(6.6f, 11.3f), s.at(12.4f, 4.9f)}, color, thickness);
        break;
    case Icon::Cross:
        stroke(std::array{s.at(4.2f, 4.2f), s.at(11.8f, 11.8f)}, color, thickness);
        stroke(std::array{s.at(11.8f, 4.2f), s.at(4.2f, 11.8f)}, color, thickness);
        break;
    case Icon::Dot:
        list().AddCircleFilled(s.at(8, 8), s.length(5), color, 24);
        break;
    case Icon::Dots:
        for (float const x : {3.2f, 8.0f, 12.8f})
            list().AddCircleFilled(s.at(x, 8), s.length(1.5f), color, 12);
        break;
    case Icon::Bang:
        list().AddLine(s.at(8, 2.5f), s.at(8, 9.2f), color, thickness * 1.15f);
        list().AddCircleFilled(s.at(8, 12.6f), std::max(0.9f, s.length(1.4f)), color, 12);
        break;
    case Icon::Dash:
        list().AddLine(s.at(3.5f, 8), s.at(12.5f, 8), color, thickness);
        break;
    case Icon::Skip:
        stroke(std::array{s.at(3.5f, 4), s.at(7.5f, 8), s.at(3.5f, 12)}, color, thickness);
        stroke(std::array{s.at(8.5f, 4), s.at(12.5f, 8), s.at(8.5f, 12)}, color, thickness);
        break;
    case Icon::ChevronDown:
        list().AddTriangleFilled(s.at(3, 5.5f), s.at(13, 5.5f), s.at(8, 11.5f), color);
        break;
    case Icon::ChevronRight:
        list().AddTriangleFilled(s.at(5.5f, 3), s.at(11.5f, 8), s.at(5.5f, 13), color);
        break;
    case Icon::Moon:
        draw_moon(s, color);
        break;
    case Icon::Sun:
        draw_sun(s, color, thickness);
        break;
    case Icon::Bell:
        draw_bell(s, color, thickness);
        break;
    case Icon::BellOn:
        draw_bell(s, color, thickness);
        list().AddCircleFilled(s.at(12.4f, 3.6f), s.length(2.6f), frame.theme.accent, 16);
        break;
    case Icon::Back:
        stroke(std::array{s.at(7.2f, 3.4f), s.at(2.6f, 8), s.at(7.2f, 12.6f)}, color, thickness);
        list().AddLine(s.at(2.8f, 8), s.at(13.6f, 8), color, thickness);
        break;
    case Icon::Copy: // one sheet before another
        list().AddRect(s.at(2, 5), s.at(11, 14), color, s.length(2), ImDrawFlags_None, thickness);
        stroke(std::array{s.at(5, 2.4f), s.at(13.6f, 2.4f), s.at(13.6f, 11)}, color, thickness);
        break;
    case Icon::Up:
        stroke(std::array{s.at(3.4f, 7.2f), s.at(8, 2.6f), s.at(12.6f, 7.2f)}, color, thickness);
        list().AddLine(s.at(8, 2.8f), s.at(8, 13.6f), color, thickness);
        break;
    case Icon::Down:
        stroke(std::array{s.at(3.4f, 8.8f), s.at(8, 13.4f), s.at(12.6f, 8.8f)}, color, thickness);
        list().AddLine(s.at(8, 13.2f), s.at(8, 2.4f), color, thickness);
        break;
    case Icon::Follow:
        list().AddLine(s.at(8, 2.5f), s.at(8, 10), color, thickness);
        stroke(std::array{s.at(4.6f, 6.8f), s.at(8, 10.2f), s.at(11.4f, 6.8f)}, color, thickness);
        list().AddLine(s.at(3.5f, 13.2f), s.at(12.5f, 13.2f), color, thickness);
        break;
    case Icon::Filter:
        list().AddLine(s.at(2.5f, 4), s.at(13.5f, 4), color, thickness);
        list().AddLine(s.at(4.5f, 8), s.at(11.5f, 8), color, thickness);
        list().AddLine(s.at(6.5f, 12), s.at(9.5f, 12), color, thickness);
        break;
    case Icon::Diamond:
        list().AddQuadFilled(s.at(8, 1), s.at(15, 8), s.at(8, 15), s.at(1, 8), color);
        break;
    }
}

} // namespace pev::ui
