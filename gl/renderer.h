// Draws Dear ImGui's output with OpenGL 3.3 or WebGL 2, which have all that it needs in common.
//
// Not the backend that comes with Dear ImGui, for three things that it can't do: sharp text at any position (the vertex
// shader moves each glyph to whole device pixels and picks one of its pictures, see ui/glyphs/glyph_texels.h; the fragment shader
// thins dark text as browsers do), no work for what looks like it did in the frame before, and a lost context. It also asks GL
// nothing, where the stock backend reads back all state every frame.
#pragma once

#include "gl/damage.h"

#include "imgui.h"

#include PEV_GL_HEADER // the platform's; CMake says which

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pev::gl {

// Whether a canvas still shows the frame before when the next one is drawn.
enum class Canvas : std::uint8_t { Keeps, Swaps };

class Renderer {
public:
    // Tells Dear ImGui what this renderer can do. The GL context is current, and this renderer's alone. `glsl`: the first line of
    // the shaders, which names their version.
    void start(int max_texture_size, std::string glsl, Canvas canvas);
    // Draws all again next time: the canvas was cleared.
    void invalidate() { damage_.forget(); }
    // The context is gone, and with it all that was in it. Nothing may be drawn until it is back.
    void context_lost();
    void context_restored();
    bool lost() const { return lost_; }

    // By how much black text is thinner than white: 0 for not at all. See js_text_contrast() for a browser's.
    void set_text_contrast(float contrast);

    // Width and height of the canvas in device pixels. False where it already shows this frame, and nothing was drawn.
    bool draw(ImDrawData& data, int width, int height);
    // The same into memory, in place of the canvas: RGBA, rows from top to bottom. Empty where the context is lost.
    std::vector<unsigned char> picture(ImDrawData& data, int width, int height);
    // Takes note of new and changed textures; draw() does so too.
    void take_textures(ImDrawData& data);
    // A texture was replaced within a frame: what was drawn with the old one needs one frame more to settle.
    bool wants_another_frame() const { return texture_made_; }

private:
    void make_objects();
    void use_program();
    void update_texture(ImTextureData& texture);
    void draw_list(ImDrawList const& list, ImVec2 scale, std::vector<PixelRect> const& rects);
    void plan(ImDrawList const& list, ImVec2 scale, std::vector<PixelRect> const& rects);
    void scissor(PixelRect const& rect) const;

    std::string glsl_;
    bool lost_ = false;
    bool texture_made_ = false;
    float text_contrast_ = 0;
    Canvas canvas_ = Canvas::Swaps;
    Damage damage_;
    int height_ = 0; // of the canvas

    // Triangles that go to the GPU together, and what they may touch. Those of the list that is drawn; memory kept from list to list.
    struct Batch {
        PixelRect part;
        GLuint texture;
        std::size_t begin; // in indices_to_draw_
        std::size_t count;
    };
    std::vector<Batch> batches_;
    std::vector<ImDrawIdx> indices_to_draw_;

    GLuint program_ = 0;
    bool program_used_ = false;
    GLuint vertex_array_ = 0;
    GLuint vertices_ = 0;
    GLuint indices_ = 0;
    GLint canvas_size_ = -1; // uniforms
    GLint density_ = -1;
    GLint white_texel_ = -1;
    GLint contrast_ = -1;
};

} // namespace pev::gl
