// The small pictures of a step: what kind of work it is, and how far it has come.
#pragma once

#include "shared/run/state.h"
#include "ui/frame.h"

#include <string>

namespace pev::ui {

// 🤖 ⚙️ ◆ 🌐, and a ring for types that this viewer does not know.
float step_icon_width(Frame const& frame, StepType type, float size);
void draw_step_icon(Frame const& frame, StepType type, ImVec2 at, float line_height, float size);

// What the step's state is called: "running", or "was running" where the run has ended without it. In full: "was running when the
// run ended".
std::string step_label(Frame const& frame, StateName const& state);
std::string step_label_in_full(Frame const& frame, StateName const& state);
// The state's own colour; what was interrupted is grey.
Color step_color(Frame const& frame, ExecutionState state);

// A ring in the step's colour around its mark; it is dashed around what was interrupted.
inline constexpr float kNodeSize = 18;
void draw_state_node(Frame const& frame, ExecutionState state, ImVec2 centre, Color ground, float size = kNodeSize);

} // namespace pev::ui
