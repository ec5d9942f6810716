// A menu over everything: a context menu at the pointer, or one that hangs under a button.
//
// Whoever opens it asks in the next frames what was chosen. Arrows and Enter choose, Escape and a click elsewhere close it.
#pragma once

#include "ui/frame.h"

#include <optional>
#include <vector>

namespace pev::ui {

// `anchor`: the menu stands under it, or over it where there is no room. `stays`: choosing does not close it.
void open_menu(Frame& frame, ImGuiID owner, Rect const& anchor, std::vector<MenuItem> items, bool stays = false);
// The same, at the pointer.
void open_context_menu(Frame& frame, ImGuiID owner, std::vector<MenuItem> items);
bool menu_is_open(Frame const& frame, ImGuiID owner);
// What was chosen in the last frame. Has to be asked in every frame, or the menu closes.
std::optional<std::size_t> menu_choice(Frame& frame, ImGuiID owner);

// Once, near the end of a frame.
void draw_menu(Frame& frame);

} // namespace pev::ui
