// A box of wrapped text in the fixed-width font, to be read, selected and copied. However much is in it, only the rows in
// sight are drawn.
#pragma once

#include "shared/base/terminal_text.h"
#include "shared/view/text_search.h"
#include "ui/frame.h"

#include <optional>
#include <span>
#include <string_view>

namespace pev::ui {

inline constexpr float kCodePaddingX = 14;
inline constexpr float kCodePaddingY = 10;

// The rows of a list of `count` that are in sight, when the first stands at `y`.
struct RowRange {
    std::size_t from = 0;
    std::size_t to = 0;
};
RowRange rows_in_sight(float y, float row_height, std::size_t count);
void draw_code_box(Frame& frame, Rect const& rect);

struct CodeText {
    ImGuiID id = 0; // stands for the place
    std::uint64_t revision = 0; // of the text
    std::string_view text;
    Color ink = 0;
    std::span<LinkSpan const> links = {}; // before those that the text spells out
    TextSearch const* search = nullptr; // what is found is marked
    std::optional<std::size_t> current = {}; // the first byte of the current match
};
// Returns the height.
float draw_code_text(Frame& frame, CodeText const& code, ImVec2 at, float width);
// Where a byte of the text stands, from the box's top; once it has been laid out.
float code_text_y(Frame& frame, ImGuiID id, std::size_t byte);

// Marks what is found of `needle` in a row of text that begins at `x`. `first` and `current`: bytes of a larger text.
void mark_found(Frame const& frame, std::string_view row, Needle const& needle, ImVec2 at, std::size_t first,
    std::optional<std::size_t> current);

} // namespace pev::ui
