// Which parts of a canvas show something else than the frame before: a GPU's time goes into pixels, and of a run that is only waited
// for a few digits change.
//
// The canvas is divided into tiles, and each triangle leaves a mark on the tiles that it touches. A tile with the marks of before
// shows what it showed before.
#pragma once

#include "imgui.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pev::gl {

// Device pixels, from the canvas's upper left corner.
struct PixelRect {
    int left;
    int top;
    int right;
    int bottom;
    long long area() const { return static_cast<long long>(right - left) * (bottom - top); }
    bool empty() const { return right <= left || bottom <= top; }
    bool operator==(PixelRect const&) const = default;
};

PixelRect intersection(PixelRect const& a, PixelRect const& b);
// Where the command draws.
PixelRect clip_of(ImDrawCmd const& command, ImVec2 scale);
// Where a triangle may draw; its corners in device pixels.
PixelRect area_of(ImVec2 a, ImVec2 b, ImVec2 c);

class Damage {
public:
    // What is to be drawn anew for `data` to be on a canvas that shows the data of the call before: rectangles that do not overlap, few.
    // All of the canvas at the first call and wherever its size has changed. `background`: what the canvas is cleared with.
    std::vector<PixelRect> find(ImDrawData const& data, int width, int height, ImU32 background);
    // The canvas does not show the frame before any more.
    void forget() { marks_.clear(); }

private:
    using Marks = std::vector<std::uint64_t>; // by tile, row by row
    std::size_t tile_at(int row, int column) const;
    void mark(ImDrawList const& list, ImVec2 scale, Marks& marks);
    std::vector<PixelRect> changed(Marks const& marks) const;

    PixelRect canvas_{};
    int columns_ = 0;
    Marks marks_;
    struct Vertex {
        std::uint64_t digest;
        ImVec2 position; // in device pixels
    };
    std::vector<Vertex> vertices_; // of the list that is looked at; memory kept from list to list
};

} // namespace pev::gl
