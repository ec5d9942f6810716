// A part of the screen that scrolls: by wheel (platforms turn a finger's drag into one) or by a slim bar.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

struct ScrollArea {
    ImGuiID id = 0;
    Rect view;
    ImVec2 origin; // where the content's top left is on screen
    float scroll_x = 0;
    float scroll_y = 0;
    float max_x = 0;
    float max_y = 0;
};

// Everything drawn until end_scroll() is clipped to `view`. `content` is the size of what scrolls.
ScrollArea begin_scroll(Frame& frame, ImGuiID id, Rect const& view, ImVec2 content);
void end_scroll(Frame& frame, ScrollArea const& area, Color bar);

// From the next frame on. Between begin and end.
void scroll_to(Frame& frame, float y);

// The same, so far that `rect` (a place on screen) comes into sight of the current window.
void scroll_into_sight(Frame& frame, Rect const& rect);

} // namespace pev::ui
