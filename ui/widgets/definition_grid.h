// Labels and values in two columns of pairs, or one where the room is small.
#pragma once

#include "ui/frame.h"

#include <string>
#include <vector>

namespace pev::ui {

inline constexpr float kDefinitionLabel = 110; // the width of a label
inline constexpr float kDefinitionGap = 14; // between it and the value

struct Definition {
    std::string label;
    std::string value;
    std::string aside = {}; // after the value, quieter
    std::string tooltip = {};
    bool mono = false;
};
// Returns the height. Long values wrap, and end in "…" after a few lines.
float draw_definitions(Frame& frame, ImGuiID id, ImVec2 at, float width, std::vector<Definition> const& definitions);

} // namespace pev::ui
