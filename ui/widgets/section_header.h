// The bar over a collapsible section: its name, a summary, what can be done with it.
#pragma once

#include "shared/app/action.h"
#include "ui/draw.h"
#include "ui/frame.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev::ui {

float section_header_height(Frame const& frame);

struct SectionAction {
    std::string_view label;
    std::optional<bool> on = {}; // a toggle, and whether it is pressed
    std::optional<Icon> icon = {};
    bool copies = false; // says "Copied" for a moment
    std::string name = {}; // for a screen reader, where the word alone says too little
};

struct SectionHeader {
    Section section;
    std::string_view title;
    std::string_view summary;
    bool expandable = true;
    std::vector<SectionAction> actions = {}; // from left to right
};

// Draws it, toggles the section when clicked. Returns the index of the action that was clicked.
std::optional<std::size_t> section_header(Frame& frame, Rect const& row, SectionHeader const& header);
// Whether its body is to be drawn.
bool is_open(Frame const& frame, Section section);

} // namespace pev::ui
