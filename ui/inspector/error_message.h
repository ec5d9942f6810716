// The message of an error, in a box of its own.
#pragma once

#include "ui/frame.h"

#include <string>

namespace pev::ui {

struct ErrorMessage {
    ImGuiID id = 0; // stands for the place
    std::string const& text;
    bool earlier = false; // of an attempt before: no alarm
};
// Returns the height.
float draw_error_message(Frame& frame, ErrorMessage const& message, ImVec2 at, float width);

} // namespace pev::ui
