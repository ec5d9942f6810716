// What finding in a log and finding in JSON look like: a field, a count, forth and back, an end.
#pragma once

#include "ui/frame.h"
#include "ui/widgets/text_field.h"

#include <optional>
#include <string_view>

namespace pev::ui {

struct FindBar {
    ImGuiID id = 0;
    std::string_view name; // "Find in logs"
    TextBuffer& text;
    std::size_t matches = 0;
    std::optional<std::size_t> current; // from 0
    bool complete = true; // everything has been searched
    bool begins = false; // typing, with this frame
};
enum class FindStep : std::uint8_t { None, Changed, Next, Previous, Close };
float find_bar_height(Frame const& frame);
FindStep draw_find_bar(Frame& frame, FindBar const& bar, Rect const& rect);

} // namespace pev::ui
