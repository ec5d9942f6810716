// What is drawn for a code point, before any font is asked.
//
// Source: Unicode 16, Default_Ignorable_Code_Point and Emoji_Presentation. Text comes from a server that may be hostile or
// just broken: nothing in it may upset the layout.
#pragma once

#include <cstdint>

namespace pev::ui {

struct DrawnAs {
    std::uint32_t code_point = 0; // 0: nothing, and it takes no room
    bool emoji = false; // ask for the coloured form
};

DrawnAs drawn_as(std::uint32_t code_point);

} // namespace pev::ui
