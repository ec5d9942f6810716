// The run and its whole timeline, drawn for a file.
//
// Used by: wasm/ and native/, each with its own renderer, in a Dear ImGui context that is there for the picture alone.
#pragma once

#include "ui/draw_frame.h"

#include "imgui.h"

#include <functional>

namespace pev::ui {

struct PictureSize {
    ImVec2 css;
    float density = 1; // device pixels per CSS pixel
    int width() const { return static_cast<int>(css.x * density); }
    int height() const { return static_cast<int>(css.y * density); }
};

// For a timeline that wants so much height: as sharp as `density` if that fits into `most_pixels` from top to bottom, else less
// so, and at last cut off.
PictureSize picture_size(float wanted_height, float density, int most_pixels);

// Draws in the current context until sizes have come to rest, and leaves its draw data behind. `take_textures`: what the renderer
// does about textures, after each frame.
PictureSize draw_timeline_picture(AppState const& state, Instant now, Environment environment, float density,
    int most_pixels, std::function<void(ImDrawData&)> const& take_textures);

} // namespace pev::ui
