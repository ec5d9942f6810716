// The menu in the header that saves the run, or a part of it, as a file.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

float export_menu_width(Frame const& frame);
// Centred in a line whose top left is `at`.
void draw_export_menu(Frame& frame, ImGuiID id, ImVec2 at, float line_height);

} // namespace pev::ui
