// Text on screen: measured, cut, wrapped and drawn.
//
// We place glyphs ourselves rather than through ImGui's text calls: letter spacing, digits of one width for numbers that
// tick, and baselines on device pixels at any density need it. Between its letters a line keeps fractions of pixels, which
// the platforms' renderers know how to draw. Server text may hold anything: control characters show as
// spaces (in a grid as pictures), direction marks not at all, and nothing here looks at more of a long
// text than fits.
//
// Names and messages show what a terminal would (BareText), in a grid JSON as it came. Whoever cuts or wraps a name's text, or measures
// parts of it, does so with its BareText: fit(), byte_at_x(), wrap() and draw_cells() take a text as it is.
#pragma once

#include "shared/base/rest.h"
#include "shared/view/needle.h"
#include "ui/frame.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace pev::ui {

enum class Weight : std::uint8_t { Regular, Medium, Semibold, Mono };

struct TextStyle {
    float size = kBody;
    Weight weight = Weight::Regular;
    Color color = 0;
    float spacing = 0; // added between letters
    bool tabular = false; // all digits take the width of the widest
    bool capitals = false; // ASCII letters show upper-case
    bool grid = false; // fixed columns, tabs, and pictures of control characters: see shared/view/cells.h
};
inline TextStyle body(Color color)
{
    return {.size = kBody, .color = color};
}
inline TextStyle body_medium(Color color)
{
    return {.size = kBody, .weight = Weight::Medium, .color = color};
}
inline TextStyle small(Color color)
{
    return {.size = kSmall, .color = color};
}
inline TextStyle mono(Color color)
{
    return {.size = kSmall, .weight = Weight::Mono, .color = color, .grid = true};
}
inline TextStyle tabular(TextStyle style)
{
    style.tabular = true;
    return style;
}

inline constexpr float kNoLimit = std::numeric_limits<float>::max();

// Width in CSS pixels. Stops looking once it is past `limit`.
float measure(Frame const& frame, TextStyle const& style, std::string_view text, float limit = kNoLimit);

// As many bytes of `text` as fit into `width`.
struct Fit {
    std::size_t bytes = 0;
    float width = 0;
    bool all = true;
};
Fit fit(Frame const& frame, TextStyle const& style, std::string_view text, float width);

// One line, vertically centred in a line box of `line_height` whose top left is `at`.
void draw_text(Frame const& frame, TextStyle const& style, ImVec2 at, float line_height, std::string_view text);

// The same in a grid: `at` is where the line's column 0 stands, `column` that of the text's first character.
void draw_cells(Frame const& frame, TextStyle const& style, ImVec2 at, float line_height, std::string_view text,
    std::size_t column);

// The boundary between characters that is nearest to `x` (CSS pixels from the text's left).
std::size_t byte_at_x(Frame const& frame, TextStyle const& style, std::string_view text, float x);

// One line within `box`, ending in "…" where it doesn't fit. Returns the width that it took, and whether it was cut.
struct Drawn {
    float width = 0;
    bool cut = false;
};
Drawn draw_cut(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text);
// The same, ending at the right edge.
Drawn draw_right(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text);
void draw_centered(Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text);

// Grounds behind the places in `text`, as draw_cut() draws it in `box`, where the needle is found.
PEV_REST void draw_all_marks(
    Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text, Needle const& needle);
inline void draw_marks(
    Frame const& frame, TextStyle const& style, Rect const& box, std::string_view text, Needle const& needle)
{
    if (!needle.empty())
        draw_all_marks(frame, style, box, text, needle);
}

// Breaks at spaces, or anywhere in a word that is wider than a line, and at line breaks. The last of `max_lines` holds
// all that is left.
std::vector<std::string_view> wrap(
    Frame const& frame, TextStyle const& style, std::string_view text, float width, std::size_t max_lines);
// Draws what wrap() made, each line cut where it doesn't fit; returns the height.
float draw_lines(Frame const& frame, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::vector<std::string_view> const& lines);

// The width of one character of the fixed-width font.
float mono_advance(Frame const& frame, float size = kSmall);

} // namespace pev::ui
