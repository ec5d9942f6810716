// Words on colour: badges (filled), pills (tinted), chips (to choose by).
#pragma once

#include "shared/run/state.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include <optional>
#include <string>
#include <string_view>

namespace pev::ui {

// Filled and in capitals, for the run: its state, how it is kept up to date.
inline constexpr float kBadgeHeight = 22;
float badge_width(Frame const& frame, std::string_view word, bool dot);
void draw_badge(Frame const& frame, ImVec2 at, std::string_view word, Color color, bool dot);

// Tinted and bordered, for steps.
inline constexpr float kPillHeight = 20;
float pill_width(Frame const& frame, StateName const& state);
void draw_pill(Frame const& frame, ImVec2 at, StateName const& state);
void draw_pill(Frame const& frame, ImVec2 at, std::string_view word, Color color);
float pill_width(Frame const& frame, std::string_view word);
// One whose word is there to be taken: a value.
void selectable_pill(Frame& frame, ImGuiID id, ImVec2 at, std::string_view word, Color color);

// A toggle to filter by, with the state's dot.
inline constexpr float kChipHeight = 25;
float chip_width(Frame const& frame, std::string_view word, bool dot);
bool chip(Frame& frame, ImGuiID id, Rect const& rect, std::string_view word, std::optional<Color> dot, bool on);

} // namespace pev::ui
