// The bar over a collapsible section: its name, a summary, what can be done with it.
#pragma once

#include "shared/app/action.h"
#include "ui/draw.h"
#include "ui/frame.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev::ui {

float section_header_height(Frame const& frame);

enum class SectionVerb : std::uint8_t { Copy, Find, Tree, Raw, Levels, Wrap, Follow, Save };

struct SectionAction {
    SectionVerb verb; // Copy says "Copied" for a moment
    std::string_view label;
    std::optional<bool> on = {}; // a toggle, and whether it is pressed
    std::optional<Icon> icon = {};
    bool opens_menu = false; // under it
    std::string name = {}; // for a screen reader, where the word alone says too little
};

inline SectionAction copy_action()
{
    return {.verb = SectionVerb::Copy, .label = "Copy"};
}

struct SectionHeader {
    Section section;
    std::string_view title;
    std::string_view summary;
    bool expandable = true;
    std::vector<SectionAction> actions = {}; // from left to right
};

struct SectionClick {
    SectionVerb verb;
    Rect place; // of what was clicked: a menu opens under it
};
// Draws it, toggles the section when clicked. Actions that find no room are in a menu at the end.
std::optional<SectionClick> section_header(Frame& frame, Rect const& row, SectionHeader const& header);
// Whether its body is to be drawn.
bool is_open(Frame const& frame, Section section);

} // namespace pev::ui
