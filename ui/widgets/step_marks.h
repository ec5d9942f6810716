// The small pictures of a step: what kind of work it is, and how far it has come.
#pragma once

#include "shared/run/state.h"
#include "ui/frame.h"

namespace pev::ui {

// 🤖 ⚙️ ◆ 🌐, and a ring for types that this viewer does not know.
float step_icon_width(Frame const& frame, StepType type, float size);
void draw_step_icon(Frame const& frame, StepType type, ImVec2 at, float line_height, float size);

// A ring in the state's colour around its mark.
inline constexpr float kNodeSize = 18;
void draw_state_node(Frame const& frame, ExecutionState state, ImVec2 centre, Color ground, float size = kNodeSize);

} // namespace pev::ui
