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
struct TextField {
    std::string_view name;
    std::string_view hint; // shows while it is empty
    float padding = 9;
    float room_at_end = 0; // for what the owner draws there
};
// `begin`: starts typing, with all of the text selected.
Typed text_field(Frame& frame, ImGuiID id, Rect const& rect, TextBuffer& buffer, TextField const& field, bool begin);

} // namespace pev::ui
