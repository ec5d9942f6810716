#include "gl/renderer.h"

#include "gl/shaders.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <utility>

namespace pev::gl {
namespace {

    static_assert(sizeof(ImDrawIdx) == 4, "indices go to the GPU as they are, and need no vertex offsets");

    // Some 20,000 glyphs at twice the density, in 64 MB: more only feeds text that wants to do harm.
    constexpr int kMaxTextureSize = 4096;

    GLuint compile(GLenum kind, std::string const& glsl, char const* source)
    {
        std::array const parts = {glsl.c_str(), source};
        auto const shader = glCreateShader(kind);
        glShaderSource(shader, static_cast<GLsizei>(parts.size()), parts.data(), nullptr);
        glCompileShader(shader);
        return shader;
    }

    // Tells two frames apart. Fast rather than strong: nobody gains by a frame that is not drawn.
    class Digest {
    public:
        void add(void const* data, std::size_t bytes)
        {
            auto const* at = static_cast<unsigned char const*>(data);
            add(bytes);
            for (; bytes >= sizeof(std::uint64_t); at += sizeof(std::uint64_t), bytes -= sizeof(std::uint64_t)) {
                std::uint64_t word = 0;
                std::memcpy(&word, at, sizeof word);
                add(word);
            }
            std::uint64_t rest = 0;
            std::memcpy(&rest, at, bytes);
            add(rest);
        }
        void add(std::uint64_t word) { value_ = std::rotl((value_ ^ word) * 0x9E3779B97F4A7C15u, 29); }
        std::uint64_t value() const { return value_; }

    private:
        std::uint64_t value_ = 0;
    };

    std::uint64_t digest(ImDrawData const& data, int width, int height)
    {
        Digest d;
        d.add(static_cast<std::uint64_t>(width));
        d.add(static_cast<std::uint64_t>(height));
        d.add(std::bit_cast<std::uint32_t>(data.FramebufferScale.x));
        for (auto const* list : data.CmdLists) {
            d.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
            d.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
            for (auto const& command : list->CmdBuffer) {
                d.add(&command.ClipRect, sizeof command.ClipRect);
                d.add(command.ElemCount);
                d.add(static_cast<std::uint64_t>(command.GetTexID()));
            }
        }
        return d.value();
    }

} // namespace

void Renderer::start(int max_texture_size, std::string glsl)
{
    glsl_ = std::move(glsl);
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
    canvas_size_ = glGetUniformLocation(program_, "canvas_size");
    density_ = glGetUniformLocation(program_, "density");
    white_texel_ = glGetUniformLocation(program_, "white_texel");
    contrast_ = glGetUniformLocation(program_, "contrast");

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
    glUseProgram(program_);
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA); // premultiplied
    glEnable(GL_SCISSOR_TEST);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
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

void Renderer::upload(ImDrawList const& list)
{
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
}

void Renderer::draw_list(ImDrawList const& list, ImDrawData const& data, int height)
{
    upload(list);
    auto const scale = data.FramebufferScale;
    for (auto const& command : list.CmdBuffer) {
        if (command.UserCallback) {
            if (command.UserCallback != ImDrawCallback_ResetRenderState)
                command.UserCallback(&list, &command);
            continue;
        }
        auto const left = static_cast<int>(command.ClipRect.x * scale.x);
        auto const top = static_cast<int>(command.ClipRect.y * scale.y);
        auto const right = static_cast<int>(command.ClipRect.z * scale.x);
        auto const bottom = static_cast<int>(command.ClipRect.w * scale.y);
        if (command.ElemCount == 0 || right <= left || bottom <= top)
            continue;
        glScissor(left, height - bottom, right - left, bottom - top);
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(command.GetTexID()));
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
            reinterpret_cast<void const*>(command.IdxOffset * sizeof(ImDrawIdx))); // NOLINT(performance-no-int-to-ptr)
    }
}

bool Renderer::draw(ImDrawData& data, int width, int height)
{
    texture_made_ = false;
    if (lost_)
        return false;
    for (auto* texture : *data.Textures) {
        if (texture->Status == ImTextureStatus_WantCreate || texture->Status == ImTextureStatus_WantUpdates)
            invalidate();
        update_texture(*texture);
    }
    auto const wanted = digest(data, width, height);
    if (drawn_ == wanted)
        return false; // the screen keeps showing what is there
    drawn_ = wanted;

    glViewport(0, 0, width, height);
    glScissor(0, 0, width, height);
    auto const back = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
    glClearColor(back.x, back.y, back.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);

    auto const* atlas = ImGui::GetIO().Fonts;
    auto const white = atlas->TexUvWhitePixel;
    glUniform2f(canvas_size_, static_cast<float>(width), static_cast<float>(height));
    glUniform1f(density_, data.FramebufferScale.x);
    glUniform2f(white_texel_, white.x * static_cast<float>(atlas->TexData->Width),
        white.y * static_cast<float>(atlas->TexData->Height));
    glUniform1f(contrast_, text_contrast_);
    for (auto const* list : data.CmdLists)
        draw_list(*list, data, height);
    return true;
}

} // namespace pev::gl
