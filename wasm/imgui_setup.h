// Dear ImGui as this viewer uses it: no files, no settings of its own, clipboard and input method by the page.
#pragma once

namespace pev::wasm {

void set_up_imgui();

// NewFrame() for a canvas of that many device pixels to a CSS pixel: edges are smoothed over one of them, and all fonts are
// drawn at that density, also those that the UI asks for glyphs without making them Dear ImGui's current font.
void new_frame(float density);

// Input has come that no frame has taken in yet. What comes too fast for one frame waits for the next.
bool input_is_waiting();

} // namespace pev::wasm
