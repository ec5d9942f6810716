#include "ui/glyphs/glyph_texels.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <vector>

using namespace pev::ui;

namespace {

using Bytes = std::vector<unsigned char>;

// One row of pictures side by side, white, with these opacities.
Bytes white(Bytes const& alphas)
{
    Bytes pixels;
    for (unsigned char const alpha : alphas)
        pixels.insert(pixels.end(), {255, 255, 255, alpha});
    return pixels;
}

} // namespace

TEST_CASE("the four pictures of a plain glyph take a channel each", "[glyphs]")
{
    // Two pixels wide: the first picture is 10 20, the second 30 40, and so on.
    Bytes const drawn = white({10, 20, 30, 40, 50, 60, 71, 81});
    Bytes texels(8);
    CHECK_FALSE(pack_glyph(drawn, 2, texels));
    CHECK(texels == Bytes{10, 30, 50, 70, 20, 40, 60, 80}); // the fourth has seven bits
}

TEST_CASE("rows follow each other", "[glyphs]")
{
    Bytes drawn = white({1, 2, 3, 4});
    Bytes const second = white({5, 6, 7, 8});
    drawn.insert(drawn.end(), second.begin(), second.end());
    Bytes texels(8);
    CHECK_FALSE(pack_glyph(drawn, 1, texels));
    CHECK(texels == Bytes{1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("a coloured glyph keeps its first picture, and says so in the lowest bit of its opacity", "[glyphs]")
{
    Bytes drawn = white({0, 0, 255, 255, 255, 255, 255, 255});
    drawn[4] = 200; // the second pixel of the first picture
    drawn[5] = 30;
    drawn[6] = 10;
    drawn[7] = 254;
    Bytes texels(8);
    CHECK(pack_glyph(drawn, 2, texels));
    CHECK(texels == Bytes{255, 255, 255, 0, 200, 30, 10, 255});
}

TEST_CASE("rounding in nearly transparent pixels makes no glyph coloured", "[glyphs]")
{
    Bytes drawn = white({20, 0, 0, 0});
    drawn[0] = 128;
    Bytes texels(4);
    CHECK_FALSE(pack_glyph(drawn, 1, texels));
}
