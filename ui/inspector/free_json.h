// JSON of any kind within a section: texts as texts, all else as a tree.
#pragma once

#include "shared/json/json_tree.h" // JsonText
#include "ui/frame.h"
#include "ui/inspector/card.h"

#include <string_view>

namespace pev::ui {

struct FreeJson {
    ImGuiID id = 0; // stands for the place
    std::uint64_t revision = 0;
    JsonText const& json;
    std::string_view text = {}; // where it is a string: its characters
    bool flat = false; // within a card
};
// Returns the height.
float draw_free_json(Frame& frame, FreeJson const& value, ImVec2 at, float width);
// The same, as the content of a card.
float draw_card_json(
    Frame& frame, Card const& card, std::uint64_t revision, JsonText const& json, std::string_view text);

} // namespace pev::ui
