#include "native/software_renderer.h"

#include "ui/glyphs/glyph_texels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace pev::native {

namespace {

    // Corners are kept in 256ths of a pixel: with whole numbers, two triangles that share an edge share no pixel and leave
    // none out, whatever the machine.
    constexpr std::int64_t kOne = 256;

    struct Point {
        std::int64_t x = 0;
        std::int64_t y = 0;
    };

    constexpr int kFine = 64; // parts of a step of alpha

    using Channels = std::array<int, 4>; // red, green, blue, alpha; 0 to 255

    Channels channels(ImU32 colour)
    {
        auto const channel = [&](unsigned shift) { return static_cast<int>((colour >> shift) & 255U); };
        return {
            channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT)};
    }

    // As a GPU does it: what is drawn is rounded for itself, then what shows through. `fine`: parts of a step from 0 to 255 that the
    // alpha counts in.
    void blend(std::uint8_t* pixel, Channels const& top, int fine = 1)
    {
        int const full = 255 * fine;
        int const alpha = (top[3] + fine / 2) / fine;
        if (alpha == 0)
            return;
        for (std::size_t i = 0; i < 3; ++i) {
            int const drawn = (top[i] * top[3] + full / 2) / full;
            pixel[i] = static_cast<std::uint8_t>(drawn + (pixel[i] * (255 - alpha) + 127) / 255);
        }
    }

    struct Corner {
        ImVec2 at; // device pixels
        ImVec2 texel;
        Channels colour{};
    };
    using Triangle = std::array<Corner, 3>;

    struct Box {
        int left = 0;
        int top = 0;
        int right = 0; // beyond
        int bottom = 0;
    };

    std::int64_t floor_div(std::int64_t a, std::int64_t b)
    {
        return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
    }

    // So far off that it can't be seen; farther, and products of positions would not fit their type.
    constexpr double kFarthest = 32768;

    Point fixed(ImVec2 at)
    {
        auto const part = [](float position) {
            return std::llround(std::clamp(static_cast<double>(position), -kFarthest, kFarthest) * kOne);
        };
        return {part(at.x), part(at.y)};
    }

    // Twice the area of the triangle a, b, c; positive where they go round clockwise on screen.
    std::int64_t cross(Point a, Point b, Point c)
    {
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    }

    // Calls paint(x, y, weights) for each pixel of `box` whose centre is in the triangle; a centre on an edge belongs to
    // the triangle that the edge is a top or left edge of. The weights of the corners add up to `whole`.
    template <typename Paint>
    void cover(std::array<Point, 3> corners, Box const& box, Paint paint)
    {
        std::array<std::size_t, 3> order{0, 1, 2};
        std::int64_t area = cross(corners[0], corners[1], corners[2]);
        if (area == 0)
            return;
        if (area < 0) {
            std::swap(corners[1], corners[2]);
            std::swap(order[1], order[2]);
            area = -area;
        }
        auto const pixel_from = [](std::int64_t at) { return static_cast<int>(floor_div(at, kOne)); };
        auto const [low_y, high_y] = std::minmax({corners[0].y, corners[1].y, corners[2].y});
        auto const [low_x, high_x] = std::minmax({corners[0].x, corners[1].x, corners[2].x});
        int const top = std::max(box.top, pixel_from(low_y));
        int const bottom = std::min(box.bottom, pixel_from(high_y) + 1);
        int const left = std::max(box.left, pixel_from(low_x));
        int const right = std::min(box.right, pixel_from(high_x) + 1);

        for (int y = top; y < bottom; ++y) {
            // Edge i, opposite to corner i, lets in the pixels with edge(x) >= 0, where edge grows by `step` from one pixel
            // to the next.
            std::array<std::int64_t, 3> at_left{};
            std::array<std::int64_t, 3> step{};
            std::int64_t first = left;
            std::int64_t last = std::int64_t{right} - 1;
            Point const centre{left * kOne + kOne / 2, y * kOne + kOne / 2};
            for (std::size_t i = 0; i < 3; ++i) {
                Point const a = corners[(i + 1) % 3];
                Point const b = corners[(i + 2) % 3];
                bool const top_or_left = b.y < a.y || (b.y == a.y && b.x > a.x);
                at_left[i] = cross(a, b, centre);
                step[i] = -(b.y - a.y) * kOne;
                std::int64_t const value = at_left[i] - (top_or_left ? 0 : 1);
                if (step[i] > 0)
                    first = std::max(first, left - floor_div(value, step[i]));
                else if (step[i] < 0)
                    last = std::min(last, left + floor_div(value, -step[i]));
                else if (value < 0)
                    last = left - 1;
            }
            for (std::int64_t x = first; x <= last; ++x) {
                std::array<std::int64_t, 3> weights{};
                for (std::size_t i = 0; i < 3; ++i)
                    weights[order[i]] = at_left[i] + step[i] * (x - left);
                paint(static_cast<int>(x), y, weights, area);
            }
        }
    }

    std::array<Point, 3> fixed(Triangle const& triangle)
    {
        return {fixed(triangle[0].at), fixed(triangle[1].at), fixed(triangle[2].at)};
    }

    void draw_shape(Picture& picture, Triangle const& triangle, Box const& box)
    {
        Channels const& plain = triangle[0].colour;
        if (triangle[1].colour == plain && triangle[2].colour == plain) {
            cover(fixed(triangle), box, [&](int x, int y, auto const&, std::int64_t) {
                blend(picture.row(y) + static_cast<std::ptrdiff_t>(x) * 4, plain);
            });
            return;
        }
        cover(fixed(triangle), box, [&](int x, int y, auto const& weights, std::int64_t whole) {
            Channels mixed{};
            for (std::size_t c = 0; c < 4; ++c) {
                std::int64_t sum = 0;
                for (std::size_t i = 0; i < 3; ++i)
                    sum += weights[i] * triangle[i].colour[c];
                mixed[c] = static_cast<int>(((c == 3 ? sum * kFine : sum) + whole / 2) / whole);
            }
            blend(picture.row(y) + static_cast<std::ptrdiff_t>(x) * 4, mixed, kFine);
        });
    }

    // A glyph's texels are device pixels, so its corners move together and each texel lands on one pixel.
    void draw_glyph(Picture& picture, Triangle triangle, ImTextureData& atlas, Box const& box)
    {
        auto const origin_x = static_cast<double>(triangle[0].at.x - triangle[0].texel.x);
        auto const origin_y = static_cast<double>(triangle[0].at.y - triangle[0].texel.y);
        auto const quarters = static_cast<int>(std::floor(origin_x * ui::kGlyphPhases + 0.5));
        auto const left = static_cast<int>(std::floor(static_cast<double>(quarters) / ui::kGlyphPhases));
        auto const top = static_cast<int>(std::floor(origin_y + 0.5));
        auto const phase = static_cast<std::size_t>(quarters - left * ui::kGlyphPhases);
        for (Corner& corner : triangle)
            corner.at = {static_cast<float>(left) + corner.texel.x, static_cast<float>(top) + corner.texel.y};

        Channels const& tint = triangle[0].colour;
        cover(fixed(triangle), box, [&](int x, int y, auto const&, std::int64_t) {
            int const u = x - left;
            int const v = y - top;
            if (u < 0 || v < 0 || u >= atlas.Width || v >= atlas.Height)
                return;
            auto const* const texel = static_cast<unsigned char const*>(atlas.GetPixelsAt(u, v));
            Channels drawn = tint;
            if ((texel[3] & 1) == 1) {
                for (std::size_t c = 0; c < 4; ++c)
                    drawn[c] = (tint[c] * texel[c] + 127) / 255;
            } else {
                int const full = phase == 3 ? 254 : 255; // the fourth picture has seven bits
                drawn[3] = (tint[3] * texel[phase] + full / 2) / full;
            }
            blend(picture.row(y) + static_cast<std::ptrdiff_t>(x) * 4, drawn);
        });
    }

    void draw_command(Picture& picture, ImDrawData const& data, ImDrawList const& list, ImDrawCmd const& command)
    {
        ImVec2 const scale = data.FramebufferScale;
        Box const box{std::max(0, static_cast<int>(command.ClipRect.x * scale.x)),
            std::max(0, static_cast<int>(command.ClipRect.y * scale.y)),
            std::min(picture.width, static_cast<int>(command.ClipRect.z * scale.x)),
            std::min(picture.height, static_cast<int>(command.ClipRect.w * scale.y))};
        ImTextureData* const atlas = command.TexRef._TexData;
        if (box.right <= box.left || box.bottom <= box.top || atlas == nullptr)
            return;
        ImVec2 const texels{static_cast<float>(atlas->Width), static_cast<float>(atlas->Height)};
        ImVec2 const white = ImGui::GetIO().Fonts->TexUvWhitePixel * texels;
        for (unsigned i = command.IdxOffset; i + 2 < command.IdxOffset + command.ElemCount; i += 3) {
            Triangle triangle;
            bool shape = true;
            for (unsigned corner = 0; corner < 3; ++corner) {
                ImDrawVert const& vertex = list.VtxBuffer[static_cast<int>(
                    list.IdxBuffer[static_cast<int>(i + corner)] + command.VtxOffset)];
                ImVec2 const texel = vertex.uv * texels;
                triangle[corner]
                    = {.at = (vertex.pos - data.DisplayPos) * scale, .texel = texel, .colour = channels(vertex.col)};
                shape = shape && std::abs(texel.x - white.x) <= 0.25f && std::abs(texel.y - white.y) <= 0.25f;
            }
            if (shape)
                draw_shape(picture, triangle, box);
            else
                draw_glyph(picture, triangle, *atlas, box);
        }
    }

} // namespace

void set_up_software_renderer()
{
    ImGui::GetIO().BackendRendererName = "pev_software";
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

void accept_textures(ImDrawData& data)
{
    if (data.Textures == nullptr)
        return;
    for (ImTextureData* const texture : *data.Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_OK) {
            texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID) + 1); // the pixels stay with Dear ImGui
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

Picture draw_software(ImDrawData const& data)
{
    Picture picture{static_cast<int>(std::lround(data.DisplaySize.x * data.FramebufferScale.x)),
        static_cast<int>(std::lround(data.DisplaySize.y * data.FramebufferScale.y))};
    for (std::size_t alpha = 3; alpha < picture.rgba.size(); alpha += 4)
        picture.rgba[alpha] = 255;
    for (ImDrawList const* const list : data.CmdLists) {
        for (ImDrawCmd const& command : list->CmdBuffer) {
            if (command.UserCallback == nullptr)
                draw_command(picture, data, *list, command);
        }
    }
    return picture;
}

} // namespace pev::native
