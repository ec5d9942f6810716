// Boxes for text and JSON in the fixed-width font. However much is in them, only the rows in sight are drawn.
#pragma once

#include "shared/app/action.h"
#include "shared/view/inspection.h"
#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

inline constexpr float kCodePaddingX = 14;
inline constexpr float kCodePaddingY = 10;

// Wrapped text. `id` stands for the place, `revision` for the step's state. Returns the height.
float draw_code_text(
    Frame& frame, ImGuiID id, std::uint64_t revision, std::string_view text, ImVec2 at, float width, Color ink);

struct JsonBlock {
    ImGuiID id = 0;
    Section section = Section::Output;
    SharedJson const& tree;
    std::uint32_t base = 0; // of its nodes' numbers, see JsonToggles
    bool flat = false; // without a box and the outer brackets, for within cards
};
// A tree to unfold. Returns the height.
float draw_json_tree(Frame& frame, JsonBlock const& block, ImVec2 at, float width);

// The tree, or the text as it came where it is no JSON or `raw` is wanted.
float draw_json(Frame& frame, JsonBlock const& block, std::uint64_t revision, JsonText const& text, bool raw, ImVec2 at,
    float width);

} // namespace pev::ui
