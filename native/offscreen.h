// Draws what a window would show into a picture, without a window or a GPU.
#pragma once

#include "native/picture.h"
#include "ui/draw_frame.h"
#include "ui/glyphs/glyph_source.h"
#include "ui/semantics.h"

struct ImGuiContext;

namespace pev::native {

struct ScreenSize {
    float width = 1440; // CSS pixels
    float height = 900;
    float scale = 1; // device pixels in one of them
};

// Has a Dear ImGui context of its own, which is the current one from its making on.
class Offscreen {
public:
    // The glyphs have to live longer.
    Offscreen(ScreenSize size, ui::GlyphSource& glyphs);
    ~Offscreen();
    Offscreen(Offscreen const&) = delete;
    Offscreen& operator=(Offscreen const&) = delete;

    // As many frames as it takes until sizes and scroll positions have come to rest. The fonts of `environment` are set here;
    // the rest of it, and the moment, are the caller's: the same arguments give the same picture.
    void draw(AppState const& state, Instant now, ui::Environment environment = {});

    // What was drawn last.
    Picture picture() const;
    ui::Semantics const& semantics() const { return semantics_; }

private:
    ScreenSize size_;
    ImGuiContext* context_;
    ui::Fonts fonts_;
    ui::Semantics semantics_;
};

// The run and its whole timeline (ui/timeline_picture.h). Leaves no context current.
Picture draw_timeline(
    AppState const& state, Instant now, ui::Environment environment, float density, ui::GlyphSource& glyphs);

} // namespace pev::native
