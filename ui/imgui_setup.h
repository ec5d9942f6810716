// Dear ImGui as this viewer uses it, on every platform: no files, no settings of its own, nothing that moves by itself.
#pragma once

#include "imgui.h"

namespace pev::ui {

// After a frame that took input in, Dear ImGui needs more to show all that follows from it: hovering, focus, sizes. Most
// of them look like the one before, and renderers draw nothing for them.
inline constexpr int kFramesAfterInput = 3;

// A context, and makes it the current one. `atlas`: another one's, which it draws its glyphs from; else it has one of its own.
ImGuiContext* make_context(ImFontAtlas* atlas = nullptr);

// NewFrame() for a canvas of that many CSS pixels, each `density` device pixels wide, `seconds` after the last one. All fonts
// are drawn at that density, also those that the UI asks for glyphs without making them Dear ImGui's current font.
void new_frame(ImVec2 size, float density, float seconds);

// Input has come that no frame has taken in yet. What comes too fast for one frame waits for the next.
bool input_is_waiting();

} // namespace pev::ui
