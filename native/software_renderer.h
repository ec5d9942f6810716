// Draws Dear ImGui's output on the CPU: for pictures without a window or a GPU, the same on every machine.
//
// It follows the GL renderer pixel by pixel: triangles cover the pixels whose centre they hold, glyphs stand on whole device
// pixels in one of their four pictures (see ui/glyphs/glyph_texels.h). It draws what this UI consists of, shapes in plain
// or shaded colours and glyphs of the atlas, and no other textures.
#pragma once

#include "native/picture.h"

#include "imgui.h"

namespace pev::native {

// Tells Dear ImGui what this renderer can do. To be called once for the current context.
void set_up_software_renderer();

// Takes note of new, changed and given up textures: to be called after each frame, drawn or not.
void accept_textures(ImDrawData& data);

// `data` is that of the newest frame of the current context. The picture has its size in device pixels, and is black where
// nothing is drawn.
Picture draw_software(ImDrawData const& data);

} // namespace pev::native
