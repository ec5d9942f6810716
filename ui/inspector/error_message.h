// The message of an error, in a box of its own.
#pragma once

#include "shared/base/terminal_text.h"
#include "ui/frame.h"

#include <span>
#include <string>

namespace pev::ui {

struct ErrorMessage {
    ImGuiID id = 0; // stands for the place
    std::string const& text;
    std::span<LinkSpan const> links; // before those that it spells out
    bool earlier = false; // of an attempt before: no alarm
};
// Returns the height.
float draw_error_message(Frame& frame, ErrorMessage const& message, ImVec2 at, float width);

} // namespace pev::ui
