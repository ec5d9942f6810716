#include "gl/damage.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <utility>

namespace pev::gl {
namespace {

    constexpr int kTile = 64; // device pixels
    // Each rectangle costs some calls: beyond so many, all at once is cheaper.
    constexpr std::size_t kMostRects = 12;
    // The shaders move glyphs onto device pixels.
    constexpr int kMoved = 1;

    // Fast rather than strong: nobody gains by a picture that is not drawn.
    std::uint64_t joined(std::uint64_t digest, std::uint64_t word)
    {
        return std::rotl((digest ^ word) * 0x9E3779B97F4A7C15u, 29);
    }

    std::uint64_t digest_of(ImDrawVert const& vertex)
    {
        std::array<std::uint64_t, 2> words{};
        static_assert(sizeof vertex.pos + sizeof vertex.uv == sizeof words);
        std::memcpy(words.data(), &vertex, sizeof words);
        return joined(joined(words[0], words[1]), vertex.col);
    }

    std::uint64_t digest_of(ImDrawCmd const& command, PixelRect const& clip)
    {
        std::uint64_t digest = static_cast<std::uint64_t>(command.GetTexID());
        for (int const edge : {clip.left, clip.top, clip.right, clip.bottom})
            digest = joined(digest, static_cast<std::uint64_t>(edge));
        return digest;
    }

    int to_pixel(float position)
    {
        constexpr float kFar = 1e6f; // beyond any canvas
        return static_cast<int>(std::clamp(position, -kFar, kFar));
    }

} // namespace

PixelRect intersection(PixelRect const& a, PixelRect const& b)
{
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

PixelRect clip_of(ImDrawCmd const& command, ImVec2 scale)
{
    ImVec4 const& clip = command.ClipRect;
    return {static_cast<int>(clip.x * scale.x), static_cast<int>(clip.y * scale.y), static_cast<int>(clip.z * scale.x),
        static_cast<int>(clip.w * scale.y)};
}

PixelRect area_of(ImVec2 a, ImVec2 b, ImVec2 c)
{
    return {to_pixel(std::floor(std::min({a.x, b.x, c.x}))) - kMoved,
        to_pixel(std::floor(std::min({a.y, b.y, c.y}))) - kMoved,
        to_pixel(std::ceil(std::max({a.x, b.x, c.x}))) + kMoved,
        to_pixel(std::ceil(std::max({a.y, b.y, c.y}))) + kMoved};
}

std::vector<PixelRect> Damage::find(ImDrawData const& data, int width, int height, ImU32 background)
{
    PixelRect const canvas{0, 0, width, height};
    if (std::exchange(canvas_, canvas) != canvas)
        forget();
    columns_ = (width + kTile - 1) / kTile;
    auto const rows = (height + kTile - 1) / kTile;
    Marks marks(tile_at(rows, 0), background);
    for (ImDrawList const* const list : data.CmdLists)
        mark(*list, data.FramebufferScale, marks);
    auto const rects = marks_.size() == marks.size() ? changed(marks) : std::vector{canvas};
    marks_ = std::move(marks);
    return rects.size() > kMostRects ? std::vector{canvas} : rects;
}

std::size_t Damage::tile_at(int row, int column) const
{
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
}

void Damage::mark(ImDrawList const& list, ImVec2 scale, Marks& marks)
{
    vertices_.clear();
    for (ImDrawVert const& vertex : list.VtxBuffer)
        vertices_.push_back({digest_of(vertex), vertex.pos * scale});
    for (ImDrawCmd const& command : list.CmdBuffer) {
        PixelRect const clip = intersection(clip_of(command, scale), canvas_);
        std::uint64_t const digest = digest_of(command, clip);
        ImDrawIdx const* index = list.IdxBuffer.Data + command.IdxOffset;
        for (unsigned i = 0; i + 2 < command.ElemCount; i += 3, index += 3) {
            Vertex const& a = vertices_[index[0]];
            Vertex const& b = vertices_[index[1]];
            Vertex const& c = vertices_[index[2]];
            PixelRect const triangle = intersection(area_of(a.position, b.position, c.position), clip);
            if (triangle.empty())
                continue;
            std::uint64_t const print = joined(joined(joined(digest, a.digest), b.digest), c.digest);
            for (int row = triangle.top / kTile; row <= (triangle.bottom - 1) / kTile; ++row) {
                for (int column = triangle.left / kTile; column <= (triangle.right - 1) / kTile; ++column) {
                    std::uint64_t& tile = marks[tile_at(row, column)];
                    tile = joined(tile, print);
                }
            }
        }
    }
}

// Neighbours in a row are one rectangle, and so are rows that changed alike.
std::vector<PixelRect> Damage::changed(Marks const& marks) const
{
    std::vector<PixelRect> rects;
    auto const is_changed
        = [&](int row, int column) { return marks[tile_at(row, column)] != marks_[tile_at(row, column)]; };
    for (int row = 0; row * kTile < canvas_.bottom; ++row) {
        for (int column = 0; column < columns_; ++column) {
            int const begin = column;
            while (column < columns_ && is_changed(row, column))
                ++column;
            if (column == begin)
                continue;
            PixelRect const run
                = intersection({begin * kTile, row * kTile, column * kTile, (row + 1) * kTile}, canvas_);
            auto const above = std::ranges::find_if(rects, [&](PixelRect const& rect) {
                return rect.left == run.left && rect.right == run.right && rect.bottom == run.top;
            });
            if (above != rects.end())
                above->bottom = run.bottom;
            else
                rects.push_back(run);
        }
    }
    return rects;
}

} // namespace pev::gl
