// Pointer and keyboard: what is pressed, what has the focus, what is explained by a tooltip.
#pragma once

#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

struct Press {
    bool hovered = false;
    bool held = false;
    bool clicked = false; // by pointer or keyboard
    bool focused = false; // and the focus is to be seen
};

// Makes `rect` a button. Keyboard focus visits it in the order of calls.
Press press(Frame& frame, ImGuiID id, Rect const& rect, bool focusable = true);

// Whether the mouse is over a part of the current window that is no button.
bool hovers(Rect const& rect);

// Shows `text` beside `anchor` once the mouse, or the focus, has rested there.
inline constexpr Duration kTooltipDelay = std::chrono::milliseconds{450};
void explain(
    Frame& frame, ImGuiID id, Rect const& anchor, bool hovered, std::string_view text, Duration delay = kTooltipDelay);

// Whether a text field is typed into.
bool is_typing(Frame const& frame);
// A text field says whether it has the keyboard, or will have it with the next frame.
void tell_typing(Frame& frame, bool active, bool asked_for);
// Whether letters are shortcuts: typed neither into a text field nor under a menu or a panel over everything.
bool letters_are_ours(Frame const& frame);
// Whether the other keys are for the viewer at large, too: not for an area for reading either.
bool keys_are_ours(Frame const& frame);

// Tab and Shift+Tab. Once, at the end of a frame.
void move_focus(Frame& frame);
// The tooltip that explain() asked for, over everything. Once, at the end of a frame.
void draw_tooltip(Frame& frame);

} // namespace pev::ui
