#include "ui/widgets/scroll_area.h"

#include "ui/draw.h"
#include "ui/ids.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr float kBarWidth = 6;
    constexpr float kBarMargin = 3;
    constexpr float kMinThumb = 28;
    constexpr Duration kShownAfterScrolling = std::chrono::milliseconds{900};

    struct Thumb {
        float at = 0; // from the track's beginning
        float size = 0;
        float per_pixel = 0; // how far the content moves with the thumb
    };

    Thumb thumb_of(float track, float visible, float max, float scroll)
    {
        float const size = std::clamp(track * visible / (visible + max), std::min(kMinThumb, track), track);
        float const room = std::max(1.0f, track - size);
        return {room * scroll / max, size, max / room};
    }

    // Bars are there while the mouse is over what they scroll, and for a moment after it has moved by other means.
    bool bars_show(Frame& frame, ScrollArea const& area)
    {
        UiMemory& memory = frame.memory;
        float& last_y = *ImGui::GetStateStorage()->GetFloatRef(make_id("last-y", area.id), area.scroll_y);
        float& last_x = *ImGui::GetStateStorage()->GetFloatRef(make_id("last-x", area.id), area.scroll_x);
        if (last_y != area.scroll_y || last_x != area.scroll_x) {
            memory.scrolled_area = area.id;
            memory.scrolled_until = frame.now + kShownAfterScrolling;
        }
        last_y = area.scroll_y;
        last_x = area.scroll_x;
        bool const scrolled = memory.scrolled_area == area.id && frame.now < memory.scrolled_until;
        if (scrolled)
            frame.wake_at(memory.scrolled_until);
        bool const hovered
            = !frame.environment.touch && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
        ImGuiID const active = ImGui::GetActiveID();
        return scrolled || hovered || active == make_id("bar-y", area.id) || active == make_id("bar-x", area.id);
    }

    // Returns where the content is scrolled to.
    float draw_bar(
        Frame& frame, ImGuiID id, Rect const& track, bool vertical, float visible, float max, float scroll, Color color)
    {
        Thumb const thumb = thumb_of(vertical ? track.h : track.w, visible, max, scroll);
        Rect rect = track;
        (vertical ? rect.y : rect.x) += thumb.at;
        (vertical ? rect.h : rect.w) = thumb.size;
        Rect const target = vertical ? inset(rect, -kBarMargin, 0) : inset(rect, 0, -kBarMargin);
        ImRect const box{top_left(target), bottom_right(target)};
        bool hovered = false;
        bool held = false;
        if (ImGui::ItemAdd(box, id, nullptr, ImGuiItemFlags_NoNav))
            ImGui::ButtonBehavior(
                box, id, &hovered, &held, ImGuiButtonFlags_NoNavFocus | ImGuiButtonFlags_PressedOnClick);
        fill(frame, rect, faded(color, hovered || held ? 0.8f : 0.4f), kBarWidth / 2);
        if (!held)
            return scroll;
        frame.memory.selection.kept = true;
        ImVec2 const delta = ImGui::GetIO().MouseDelta;
        return std::clamp(scroll + (vertical ? delta.y : delta.x) * thumb.per_pixel, 0.0f, max);
    }

} // namespace

ScrollArea begin_scroll(Frame&, ImGuiID id, Rect const& view, ImVec2 content)
{
    ImGui::SetCursorScreenPos(top_left(view));
    ImGui::SetNextWindowContentSize({std::max(content.x, 1.0f), std::max(content.y, 1.0f)});
    ImGui::BeginChild(id, {view.w, view.h}, ImGuiChildFlags_None,
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings
            | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoMove);
    ScrollArea area{.id = id, .view = view, .origin = {}};
    area.scroll_x = ImGui::GetScrollX();
    area.scroll_y = ImGui::GetScrollY();
    area.max_x = ImGui::GetScrollMaxX();
    area.max_y = ImGui::GetScrollMaxY();
    area.origin = {view.x - area.scroll_x, view.y - area.scroll_y};
    return area;
}

void end_scroll(Frame& frame, ScrollArea const& area, Color bar)
{
    Rect const& view = area.view;
    bool const show = bars_show(frame, area);
    if (show && area.max_y > 0) {
        Rect const track{right(view) - kBarWidth - kBarMargin, view.y + kBarMargin, kBarWidth, view.h - 2 * kBarMargin};
        float const y = draw_bar(frame, make_id("bar-y", area.id), track, true, view.h, area.max_y, area.scroll_y, bar);
        if (y != area.scroll_y)
            scroll_to(frame, y);
    }
    if (show && area.max_x > 0) {
        Rect const track{
            view.x + kBarMargin, bottom(view) - kBarWidth - kBarMargin, view.w - 4 * kBarMargin - kBarWidth, kBarWidth};
        float const x
            = draw_bar(frame, make_id("bar-x", area.id), track, false, view.w, area.max_x, area.scroll_x, bar);
        if (x != area.scroll_x) {
            ImGui::SetScrollX(x);
            frame.wake_at(frame.now);
        }
    }
    ImGui::EndChild();
}

void scroll_to(Frame& frame, float y)
{
    ImGui::SetScrollY(std::max(0.0f, y));
    frame.wake_at(frame.now);
}

void scroll_into_sight(Frame& frame, Rect const& rect)
{
    Rect const sight = in_sight();
    bool const near = bottom(rect) > sight.y - sight.h / 2 && rect.y < bottom(sight) + sight.h / 2;
    float by = 0;
    if (!near)
        by = rect.y - sight.y - sight.h / 3;
    else if (rect.y < sight.y)
        by = rect.y - sight.y - rect.h;
    else if (bottom(rect) > bottom(sight))
        by = bottom(rect) - bottom(sight) + rect.h;
    if (by != 0)
        scroll_to(frame, ImGui::GetScrollY() + by);
}

} // namespace pev::ui
