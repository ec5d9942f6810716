// A picture in memory, and as a PNG file.
#pragma once

#include "shared/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pev::native {

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba; // straight alpha, rows from top to bottom, four bytes a pixel

    Picture() = default;
    Picture(int w, int h) : width(w), height(h), rgba(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 4) {}

    std::uint8_t* row(int y) { return &rgba[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 4]; }
    bool operator==(Picture const&) const = default;
};

// Nothing where it went well; otherwise why not, with the file's name.
std::optional<Error> write_png(std::string const& path, Picture const& picture);
// The bytes of such a file; empty where there is no memory for them.
std::string encode_png(Picture const& picture);
Result<Picture> read_png(std::string const& path);

} // namespace pev::native
