#include "ui/inspector/ansi.h"

#include <array>
#include <utility>

namespace pev::ui {

namespace {

    constexpr std::array<Color, 16> kPalette{rgb(0x7A899E), rgb(0xFC8181), rgb(0x68D391), rgb(0xECC94B), rgb(0x63B3ED),
        rgb(0xB794F4), rgb(0x4FD1C5), rgb(0xD6DEE8), //
        rgb(0x94A3B8), rgb(0xFEB2B2), rgb(0x9AE6B4), rgb(0xFAF089), rgb(0x90CDF4), rgb(0xD6BCFA), rgb(0x81E6D9),
        rgb(0xFFFFFF)};

    constexpr float kDim = 0.65f; // of the ink

    Color color_of_256(unsigned index)
    {
        if (index < 16)
            return kPalette[index];
        if (index >= 232) {
            unsigned const grey = 8 + (index - 232) * 10;
            return IM_COL32(grey, grey, grey, 255);
        }
        auto const level = [](unsigned step) { return step == 0 ? 0U : 55 + step * 40; };
        unsigned const cube = index - 16;
        return IM_COL32(level(cube / 36), level(cube / 6 % 6), level(cube % 6), 255);
    }

    Color shown(TerminalColor const& color, Color unset)
    {
        if (!color.is_set())
            return unset;
        return color.kind == TerminalColor::Kind::Palette ? color_of_256(color.r)
                                                          : IM_COL32(color.r, color.g, color.b, 255);
    }

} // namespace

Color readable(Color ink, Color ground)
{
    constexpr Color kBlack = IM_COL32(0, 0, 0, 255);
    constexpr Color kWhite = IM_COL32(255, 255, 255, 255);
    constexpr int kShades = 20;
    Color const end = contrast(kWhite, ground) >= contrast(kBlack, ground) ? kWhite : kBlack;
    Color shade = ink;
    for (int i = 1; contrast(shade, ground) < kLeastContrast && i <= kShades; ++i)
        shade = mixed(end, ink, static_cast<float>(i) / kShades);
    return shade;
}

LogColors log_colors(TerminalStyle const& style, Color ink, Color ground)
{
    ink = shown(style.ink, ink);
    Color below = shown(style.ground, ground);
    if (style.inverse)
        std::swap(ink, below);
    if (style.dim)
        ink = mixed(ink, below, kDim);
    if (!style.ink.is_set() || !style.ground.is_set())
        ink = readable(ink, below);
    bool const has_ground = style.inverse || style.ground.is_set();
    return {ink, has_ground ? std::optional{below} : std::nullopt};
}

} // namespace pev::ui
