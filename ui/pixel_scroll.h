// Scrolls what is under the pointer by CSS pixels, as a browser scrolls a page.
//
// Dear ImGui counts wheels in lines of whatever font a window began with, which fits no trackpad and no finger, and it
// never hands a scroll on to the panel around a list that has reached its end. So it is told of no wheel at all.
#pragma once

#include "shared/base/time.h"

#include "imgui.h"

namespace pev::ui {

// Whether the screen has anything that can be moved up and down.
bool anything_scrolls();

class PixelScroll {
public:
    // As WheelEvent.deltaX and deltaY: positive moves on.
    void add(ImVec2 css_pixels) { pending_ += css_pixels; }
    // Whether a movement of the wheel moves anything here; where it does not, it is the surroundings'.
    bool takes(ImVec2 css_pixels, ImVec2 pointer, Instant now) const;
    // To be called after NewFrame(), which finds out what is under the pointer.
    void apply(Instant now);

private:
    bool goes_on(ImVec2 pointer, Instant now) const;

    ImVec2 pending_;
    // One movement of the wheel goes to one panel, also when another comes under the pointer meanwhile.
    ImGuiID latched_[2] = {0, 0}; // by axis
    ImVec2 latched_at_;
    Instant last_{};
};

} // namespace pev::ui
