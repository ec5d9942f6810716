// What the keyboard does: the panel that lists it ('?'), which characters are shortcuts, and what works wherever the
// reader is.
//
// These are three lists in shortcuts.cpp that have to agree: docs/HOWTO.md#a-command-with-its-shortcut. Keys that
// belong to a widget (the list's arrows, the logs' find) are handled there; the panel lists them all the same.
#pragma once

#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

// Whether this key, typing this character, does something while no text field has the focus: other characters are the browser's.
bool is_shortcut(ImGuiKey key, std::string_view character);

// Carries out what was pressed. Once a frame, before the screen is drawn.
void run_shortcuts(Frame& frame);

// The button that opens the panel, and the panel over everything, while it is open.
void draw_shortcuts_button(Frame& frame, Rect const& rect);
void draw_shortcuts_panel(Frame& frame);

} // namespace pev::ui
