#include "gl/renderer.h"

#include "gl/shaders.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace pev::gl {
namespace {

    static_assert(sizeof(ImDrawIdx) == 4, "indices go to the GPU as they are, and need no vertex offsets");

    // Some 20,000 glyphs at twice the density, in 64 MB: more only feeds text that wants to do harm.
    constexpr int kMaxTextureSize = 4096;

    // Triangles are chosen for parts that are so many times smaller than what their command may touch.
    constexpr long long kWorthChoosing = 8;

    GLuint compile(GLenum kind, std::string const& glsl, char const* source)
    {
        std::array const parts = {glsl.c_str(), source};
        auto const shader = glCreateShader(kind);
        glShaderSource(shader, static_cast<GLsizei>(parts.size()), parts.data(), nullptr);
        glCompileShader(shader);
        return shader;
    }

} // namespace

void Renderer::start(int max_texture_size, std::string glsl, Canvas canvas)
{
    glsl_ = std::move(glsl);
    canvas_ = canvas;
    ImGui::GetIO().BackendRendererName = "pev_gl";
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    auto& atlas = *ImGui::GetIO().Fonts;
    atlas.TexMaxWidth = atlas.TexMaxHeight = std::min(max_texture_size, kMaxTextureSize); // powers of two, both
    make_objects();
}

void Renderer::context_lost()
{
    lost_ = true;
    // The objects are gone; this frees their names in Emscripten's tables, while WebGL ignores every call.
    glDeleteProgram(program_);
    glDeleteVertexArrays(1, &vertex_array_);
    glDeleteBuffers(1, &vertices_);
    glDeleteBuffers(1, &indices_);
    for (auto* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->TexID == ImTextureID_Invalid)
            continue;
        auto const name = static_cast<GLuint>(texture->TexID);
        glDeleteTextures(1, &name);
        texture->SetTexID(ImTextureID_Invalid);
        // Dear ImGui keeps the pixels of those it still needs.
        texture->SetStatus(
            texture->Status == ImTextureStatus_WantDestroy ? ImTextureStatus_Destroyed : ImTextureStatus_WantCreate);
    }
}

void Renderer::context_restored()
{
    lost_ = false;
    make_objects();
    invalidate();
}

void Renderer::make_objects()
{
    auto const vertex_shader = compile(GL_VERTEX_SHADER, glsl_, kVertexShader);
    auto const fragment_shader = compile(GL_FRAGMENT_SHADER, glsl_, kFragmentShader);
    program_ = glCreateProgram();
    glAttachShader(program_, vertex_shader);
    glAttachShader(program_, fragment_shader);
    glLinkProgram(program_);
    glDeleteShader(vertex_shader);
    glDeleteShader(fragment_shader);
    program_used_ = false;

    glGenVertexArrays(1, &vertex_array_);
    glGenBuffers(1, &vertices_);
    glGenBuffers(1, &indices_);
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    auto const attribute
        = [](GLuint location, GLint components, GLenum type, GLboolean normalized, std::size_t offset) {
              glEnableVertexAttribArray(location);
              glVertexAttribPointer(location, components, type, normalized, sizeof(ImDrawVert),
                  reinterpret_cast<void const*>(offset)); // NOLINT(performance-no-int-to-ptr): GL's own way
          };
    attribute(0, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, pos));
    attribute(1, 2, GL_FLOAT, GL_FALSE, offsetof(ImDrawVert, uv));
    attribute(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(ImDrawVert, col));

    // The context is this renderer's alone, so state is set once.
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA); // premultiplied
    glEnable(GL_SCISSOR_TEST);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

// Any question about a program waits until it is compiled: it is not asked before it has to be.
void Renderer::use_program()
{
    if (std::exchange(program_used_, true))
        return;
    glUseProgram(program_);
    canvas_size_ = glGetUniformLocation(program_, "canvas_size");
    density_ = glGetUniformLocation(program_, "density");
    white_texel_ = glGetUniformLocation(program_, "white_texel");
    contrast_ = glGetUniformLocation(program_, "contrast");
}

void Renderer::set_text_contrast(float contrast)
{
    text_contrast_ = contrast;
    invalidate();
}

void Renderer::update_texture(ImTextureData& texture)
{
    if (texture.Status == ImTextureStatus_WantCreate) {
        GLuint name = 0;
        glGenTextures(1, &name);
        glBindTexture(GL_TEXTURE_2D, name);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, texture.Width, texture.Height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
            texture.GetPixels());
        texture.SetTexID(name);
        texture.SetStatus(ImTextureStatus_OK);
        texture_made_ = true;
    } else if (texture.Status == ImTextureStatus_WantUpdates) {
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.TexID));
        glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
        // One upload around all new glyphs: calls cost more than the bytes between them.
        auto const& r = texture.UpdateRect;
        glTexSubImage2D(GL_TEXTURE_2D, 0, r.x, r.y, r.w, r.h, GL_RGBA, GL_UNSIGNED_BYTE, texture.GetPixelsAt(r.x, r.y));
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
        texture.SetStatus(ImTextureStatus_OK);
    } else if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) {
        auto const name = static_cast<GLuint>(texture.TexID);
        glDeleteTextures(1, &name);
        texture.SetTexID(ImTextureID_Invalid);
        texture.SetStatus(ImTextureStatus_Destroyed);
    }
}

void Renderer::scissor(PixelRect const& rect) const
{
    glScissor(rect.left, height_ - rect.bottom, rect.right - rect.left, rect.bottom - rect.top);
}

// Of each command the triangles that reach into a rectangle: where few pixels change, the GPU gets few triangles. Where many do,
// as in a list that is scrolled, choosing them would cost more than drawing those out of sight.
void Renderer::plan(ImDrawList const& list, ImVec2 scale, std::vector<PixelRect> const& rects)
{
    batches_.clear();
    indices_to_draw_.clear();
    for (auto const& command : list.CmdBuffer) {
        auto const clip = clip_of(command, scale);
        auto const* const begin = list.IdxBuffer.Data + command.IdxOffset;
        auto const* const end = begin + command.ElemCount;
        for (auto const& rect : rects) {
            auto const part = intersection(clip, rect);
            if (part.empty())
                continue;
            auto const first = indices_to_draw_.size();
            if (part.area() * kWorthChoosing >= clip.area()) {
                indices_to_draw_.insert(indices_to_draw_.end(), begin, end);
            } else {
                auto const position
                    = [&](ImDrawIdx index) { return list.VtxBuffer[static_cast<int>(index)].pos * scale; };
                for (auto const* triangle = begin; triangle + 2 < end; triangle += 3) {
                    auto const touched = area_of(position(triangle[0]), position(triangle[1]), position(triangle[2]));
                    if (!intersection(touched, part).empty())
                        indices_to_draw_.insert(indices_to_draw_.end(), triangle, triangle + 3);
                }
            }
            if (auto const count = indices_to_draw_.size() - first; count > 0)
                batches_.push_back({part, static_cast<GLuint>(command.GetTexID()), first, count});
        }
    }
}

void Renderer::draw_list(ImDrawList const& list, ImVec2 scale, std::vector<PixelRect> const& rects)
{
    plan(list, scale, rects);
    if (batches_.empty())
        return;
    auto const bytes = indices_to_draw_.size() * sizeof(ImDrawIdx);
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes), indices_to_draw_.data(), GL_STREAM_DRAW);
    for (auto const& batch : batches_) {
        scissor(batch.part);
        glBindTexture(GL_TEXTURE_2D, batch.texture);
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(batch.count), GL_UNSIGNED_INT,
            reinterpret_cast<void const*>(batch.begin * sizeof(ImDrawIdx))); // NOLINT(performance-no-int-to-ptr)
    }
}

void Renderer::take_textures(ImDrawData& data)
{
    for (auto* texture : *data.Textures) {
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates)
            invalidate();
        update_texture(*texture);
    }
}

std::vector<unsigned char> Renderer::picture(ImDrawData& data, int width, int height)
{
    if (lost_)
        return {};
    GLuint ground = 0;
    glGenTextures(1, &ground);
    glBindTexture(GL_TEXTURE_2D, ground);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    GLuint frame = 0;
    glGenFramebuffers(1, &frame);
    glBindFramebuffer(GL_FRAMEBUFFER, frame);
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, ground, 0);
    invalidate();
    draw(data, width, height);
    auto const row_bytes = static_cast<std::size_t>(width) * 4;
    std::vector<unsigned char> pixels(row_bytes * static_cast<std::size_t>(height));
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glDeleteFramebuffers(1, &frame);
    glDeleteTextures(1, &ground);
    invalidate();
    // GL counts rows from the bottom.
    for (std::size_t top = 0, end = pixels.size(); top + row_bytes < end; top += row_bytes) {
        end -= row_bytes;
        std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(top),
            pixels.begin() + static_cast<std::ptrdiff_t>(top + row_bytes),
            pixels.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return pixels;
}

bool Renderer::draw(ImDrawData& data, int width, int height)
{
    texture_made_ = false;
    if (lost_)
        return false;
    take_textures(data);
    auto const back = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
    auto rects = damage_.find(data, width, height, ImGui::GetColorU32(back));
    if (rects.empty())
        return false; // the screen keeps showing what is there
    if (canvas_ == Canvas::Swaps)
        rects = {{0, 0, width, height}};

    use_program();
    height_ = height;
    glViewport(0, 0, width, height);
    glClearColor(back.x, back.y, back.z, 1);
    for (auto const& rect : rects) {
        scissor(rect);
        glClear(GL_COLOR_BUFFER_BIT);
    }

    auto const* atlas = ImGui::GetIO().Fonts;
    auto const white = atlas->TexUvWhitePixel;
    glUniform2f(canvas_size_, static_cast<float>(width), static_cast<float>(height));
    glUniform1f(density_, data.FramebufferScale.x);
    glUniform2f(white_texel_, white.x * static_cast<float>(atlas->TexData->Width),
        white.y * static_cast<float>(atlas->TexData->Height));
    glUniform1f(contrast_, text_contrast_);
    for (auto const* list : data.CmdLists)
        draw_list(*list, data.FramebufferScale, rects);
    return true;
}

} // namespace pev::gl
