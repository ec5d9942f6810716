// A JSON value as a tree to unfold, or as the text that the server wrote.
#pragma once

#include "shared/json/json_tree.h" // JsonText
#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

struct JsonPlace {
    ImGuiID id = 0; // stands for the place on screen
    std::string_view text;
    std::uint64_t revision = 0; // of the text
    bool flat = false; // without a box and the outer brackets, for within cards
};
// Each returns the height.
float draw_json_tree(Frame& frame, JsonPlace const& json, ImVec2 at, float width);
float draw_json_text(Frame& frame, JsonPlace const& json, ImVec2 at, float width);

// The bar to find something in it by: Ctrl+F in the tree opens it.
bool json_find_is_open(Frame& frame, ImGuiID id);
void toggle_json_find(Frame& frame, ImGuiID id);
// Returns the height; 0 while it is closed.
float draw_json_find(Frame& frame, JsonPlace const& json, ImVec2 at, float width);

} // namespace pev::ui
