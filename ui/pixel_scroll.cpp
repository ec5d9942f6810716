#include "ui/pixel_scroll.h"

#include "imgui_internal.h"

#include <cmath>
#include <cstddef>

namespace pev::ui {
namespace {

    // A pause this long, or a pointer that moves this far, ends a movement of the wheel.
    constexpr Duration kPause = std::chrono::milliseconds{400};
    constexpr float kMoved = 8; // CSS pixels

    enum Axis : std::size_t { X, Y };

    bool scrolls(ImGuiWindow const& window, Axis axis)
    {
        return window.ScrollMax[axis] > 0
            && (window.Flags & (ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoMouseInputs)) == 0;
    }

    bool has_room(ImGuiWindow const& window, Axis axis, float delta)
    {
        return delta < 0 ? window.Scroll[axis] > 0 : window.Scroll[axis] < window.ScrollMax[axis];
    }

    bool is_under(ImGuiWindow const& window, ImVec2 pointer)
    {
        return window.WasActive && !window.Hidden && (window.Flags & ImGuiWindowFlags_NoMouseInputs) == 0
            && window.OuterRectClipped.Contains(pointer);
    }

    // Controls that float over a panel (see widgets/layer.h) don't keep it from being scrolled: a thumb begins where they are.
    bool covers_what_is_below(ImGuiWindow const& window)
    {
        return (window.Flags & (ImGuiWindowFlags_ChildWindow | ImGuiWindowFlags_NoScrollWithMouse)) == 0;
    }

    // The innermost panel under the pointer that can move that way.
    ImGuiWindow* panel_at(ImVec2 pointer, Axis axis, float delta)
    {
        auto const& windows = ImGui::GetCurrentContext()->Windows; // from back to front, panels before those in them
        for (int i = windows.Size - 1; i >= 0; --i) {
            ImGuiWindow* const window = windows[i];
            if (!is_under(*window, pointer))
                continue;
            if (scrolls(*window, axis) && has_room(*window, axis, delta))
                return window;
            if (covers_what_is_below(*window))
                break;
        }
        return nullptr;
    }

} // namespace

bool anything_scrolls()
{
    for (auto const* window : ImGui::GetCurrentContext()->Windows)
        if (window->Active && scrolls(*window, Y))
            return true;
    return false;
}

// The movement of the wheel that moved a panel is not over yet.
bool PixelScroll::goes_on(ImVec2 pointer, Instant now) const
{
    return now - last_ <= kPause && std::hypot(pointer.x - latched_at_.x, pointer.y - latched_at_.y) <= kMoved;
}

bool PixelScroll::takes(ImVec2 css_pixels, ImVec2 pointer, Instant now) const
{
    for (auto const axis : {X, Y}) {
        if (css_pixels[axis] == 0)
            continue;
        // At the end of its way a panel keeps the rest of the movement, as everywhere in browsers.
        if (latched_[axis] != 0 && goes_on(pointer, now))
            return true;
        if (panel_at(pointer, axis, css_pixels[axis]))
            return true;
    }
    return false;
}

void PixelScroll::apply(Instant now)
{
    if (pending_.x == 0 && pending_.y == 0)
        return;
    auto const pointer = ImGui::GetIO().MousePos;
    if (!goes_on(pointer, now)) {
        latched_[X] = latched_[Y] = 0;
        latched_at_ = pointer;
    }
    last_ = now;

    for (auto const axis : {X, Y}) {
        auto const whole = std::trunc(pending_[axis]); // the rest waits for more: panels stand on whole pixels
        if (whole == 0)
            continue;
        pending_[axis] -= whole;
        auto* window = ImGui::FindWindowByID(latched_[axis]);
        if (!window || !scrolls(*window, axis))
            window = panel_at(pointer, axis, whole);
        if (!window)
            continue;
        latched_[axis] = window->ID;
        if (axis == X)
            ImGui::SetScrollX(window, window->Scroll.x + whole);
        else
            ImGui::SetScrollY(window, window->Scroll.y + whole);
    }
}

} // namespace pev::ui
