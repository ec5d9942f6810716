// Text that a reader can select and copy: values, names, messages.
//
// Selected by drag, double click (a word) and triple click (all of it), copied by Ctrl+C or by the menu of the right button.
// What is cut off on screen is there in full when it is copied, and in a tooltip.
#pragma once

#include "ui/frame.h"
#include "ui/text.h"

#include <string_view>

namespace pev::ui {

// One line within `box`, ending in "…" where it doesn't fit.
Drawn selectable_line(Frame& frame, ImGuiID id, TextStyle const& style, Rect const& box, std::string_view text);
// Wrapped; the last of `max_lines` is cut. Returns the height.
float selectable_lines(Frame& frame, ImGuiID id, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::string_view text, std::size_t max_lines);

} // namespace pev::ui
