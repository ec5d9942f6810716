// A field to type one line into.
#pragma once

#include "ui/frame.h"

#include <array>
#include <string_view>

namespace pev::ui {

using TextBuffer = std::array<char, 512>; // ends with '\0'

struct Typed {
    bool changed = false;
    bool entered = false; // Enter
    bool left = false; // Escape
    bool active = false;
};
// `begin`: starts typing, with all of the text selected.
Typed text_field(Frame& frame, ImGuiID id, Rect const& rect, TextBuffer& buffer, std::string_view hint,
    std::string_view name, bool begin);

} // namespace pev::ui
