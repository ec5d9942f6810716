// The chips to filter steps by: in the toolbar where there is room, else in a panel of their own.
#pragma once

#include "shared/base/rest.h"
#include "shared/run/state.h"
#include "ui/frame.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pev::ui {

struct FilterChip {
    ImGuiID id;
    std::string words; // "failed 1"
    std::optional<Color> dot;
    bool on = false;
    std::variant<StateName, TypeName> choice;
    bool is_type() const { return std::holds_alternative<TypeName>(choice); }
};

std::vector<FilterChip> collect_filter_chips(Frame const& frame);

// In one row.
float filter_chips_width(Frame const& frame, std::vector<FilterChip> const& chips);
// In as many rows as they need, from (x, y) to `end`; draws them, or only measures. Returns the height.
float flow_filter_chips(Frame& frame, std::vector<FilterChip> const& chips, float x, float y, float end, bool draw);

// Over everything else, while it is open. Once, after the rest of the screen.
PEV_REST void draw_filter_panel(Frame& frame);

} // namespace pev::ui
