#include "ui/glyphs/glyph_texels.h"

#include <algorithm>

namespace pev::ui {
namespace {

    constexpr std::size_t kChannels = 4;

    // Asked for white and got something else: an emoji. Nearly transparent pixels have lost their colour to rounding.
    bool is_coloured(unsigned char const* pixel)
    {
        return pixel[3] > 32 && std::min({pixel[0], pixel[1], pixel[2]}) < 240;
    }

} // namespace

bool pack_glyph(std::span<unsigned char const> drawn, std::size_t width, std::span<unsigned char> texels)
{
    auto const row_bytes = width * kGlyphPhases * kChannels;
    auto const height = drawn.size() / row_bytes;

    auto coloured = false;
    for (std::size_t y = 0; y < height && !coloured; ++y)
        for (std::size_t x = 0; x < width && !coloured; ++x)
            coloured = is_coloured(&drawn[y * row_bytes + x * kChannels]);

    auto* texel = texels.data();
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x, texel += kChannels) {
            auto const* first = &drawn[y * row_bytes + x * kChannels];
            if (coloured) {
                std::copy_n(first, kChannels, texel);
                texel[3] = static_cast<unsigned char>(first[3] == 0 ? 0 : first[3] | 1);
                continue;
            }
            for (std::size_t phase = 0; phase < kGlyphPhases; ++phase)
                texel[phase] = first[phase * width * kChannels + 3];
            texel[3] &= 0xFE;
        }
    }
    return coloured;
}

} // namespace pev::ui
