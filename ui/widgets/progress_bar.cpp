#include "ui/widgets/progress_bar.h"

#include "ui/draw.h"

namespace pev::ui {

void draw_progress_bar(Frame const& frame, Rect const& rect, std::vector<Segment> const& segments, int total)
{
    constexpr float kGap = 2;
    constexpr float kLeast = 2; // one failed step of ten thousand is still seen
    fill(frame, rect, frame.theme.line, rect.h / 2);
    if (total <= 0)
        return;
    int filled = 0;
    int parts = 0;
    for (Segment const& segment : segments) {
        filled += segment.weight;
        parts += segment.weight > 0 ? 1 : 0;
    }
    bool const full = filled >= total;
    float const room = rect.w - kGap * static_cast<float>(full ? parts - 1 : parts);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    float x = rect.x;
    int part = 0;
    for (Segment const& segment : segments) {
        if (segment.weight <= 0)
            continue;
        ++part;
        bool const last = full && part == parts;
        float const width = std::max(kLeast, room * static_cast<float>(segment.weight) / static_cast<float>(total));
        float const end = last ? right(rect) : std::min(right(rect), x + width);
        ImDrawFlags corners = ImDrawFlags_RoundCornersNone;
        if (part == 1)
            corners |= ImDrawFlags_RoundCornersLeft;
        if (last)
            corners |= ImDrawFlags_RoundCornersRight;
        if (part == 1 || last)
            corners &= ~ImDrawFlags_RoundCornersNone;
        float const from = frame.snap(x);
        float const to = frame.snap(end);
        // The gap shows the panel, so that parts stand apart from each other and from the rest.
        if (!last)
            list.AddRectFilled({to, rect.y}, {std::min(right(rect), to + kGap), bottom(rect)}, frame.theme.panel);
        list.AddRectFilled({from, rect.y}, {to, bottom(rect)}, segment.color, rect.h / 2, corners);
        x = end + kGap;
    }
}

} // namespace pev::ui
