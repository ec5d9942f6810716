// A panel over everything: what lies below can't be reached while it is open, by pointer or keyboard.
#pragma once

#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

// Begins a dialog in `panel`. When it opens the focus goes to `first`, and back when it is closed.
void begin_dialog(Frame& frame, std::string_view name, Rect const& panel, ImGuiID first);
// `closed`: by one of its own controls. Returns true where it is to be closed, also by Escape or by a click beside it.
bool end_dialog(Frame& frame, Rect const& panel, bool closed);

} // namespace pev::ui
