#include "ui/inspector/ansi.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::ui;

namespace {

TerminalColor rgb_color(std::uint8_t r, std::uint8_t g, std::uint8_t b)
{
    return {TerminalColor::Kind::Rgb, r, g, b};
}

TerminalColor palette_color(std::uint8_t number)
{
    return {TerminalColor::Kind::Palette, number};
}

} // namespace

TEST_CASE("colours of a log are those that it asks for, where they can be read", "[ui][ansi]")
{
    Theme const& theme = kDarkTheme;
    auto const colors
        = [&](TerminalStyle const& style) { return log_colors(style, theme.terminal_text, theme.terminal); };
    CHECK(colors({}).ink == theme.terminal_text);
    CHECK_FALSE(colors({}).ground);
    CHECK(colors({.ink = palette_color(196), .ground = {}}).ink == rgb(0xFF0000));
    CHECK(colors({.ink = rgb_color(200, 180, 160), .ground = {}}).ink == rgb(0xC8B4A0));
    CHECK(colors({.ink = {}, .ground = palette_color(17)}).ground == rgb(0x00005F));
    auto const inverse = colors({.ink = {}, .ground = {}, .inverse = true});
    CHECK(inverse.ink == theme.terminal);
    CHECK(inverse.ground == theme.terminal_text);
}

TEST_CASE("any ink and any ground that a log asks for can be told from the other", "[ui][ansi]")
{
    for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
        for (Color const ink : {theme->terminal_text, theme->terminal_error}) {
            auto const check = [&](TerminalStyle style) {
                for (unsigned const flags : {0U, 1U, 2U, 3U}) {
                    style.inverse = (flags & 1U) != 0;
                    style.dim = (flags & 2U) != 0;
                    LogColors const colors = log_colors(style, ink, theme->terminal);
                    CHECK(contrast(colors.ink, colors.ground.value_or(theme->terminal)) >= kLeastContrast);
                }
            };
            for (unsigned number = 0; number < 256; ++number) {
                check({.ink = palette_color(static_cast<std::uint8_t>(number)), .ground = {}});
                check({.ink = {}, .ground = palette_color(static_cast<std::uint8_t>(number))});
            }
            for (unsigned const number : {0U, 20U, 60U, 110U, 130U, 200U, 255U}) {
                auto const level = static_cast<std::uint8_t>(number);
                check({.ink = rgb_color(level, 20, 32), .ground = {}});
                check({.ink = {}, .ground = rgb_color(20, level, level)});
            }
        }
    }
}

TEST_CASE("where a log sets both ink and ground it gets what it asks for", "[ui][ansi]")
{
    auto const colors = log_colors(
        {.ink = palette_color(0), .ground = rgb_color(1, 2, 3)}, kDarkTheme.terminal_text, kDarkTheme.terminal);
    CHECK(colors.ink == rgb(0x7A899E));
    CHECK(colors.ground == rgb(0x010203));
    auto const same = log_colors(
        {.ink = rgb_color(9, 9, 9), .ground = rgb_color(9, 9, 9)}, kDarkTheme.terminal_text, kDarkTheme.terminal);
    CHECK(same.ink == *same.ground);
}

TEST_CASE("any ink can be read on any ground", "[ui][ansi]")
{
    Color const warm = mixed(kDarkTheme.terminal_warn, kDarkTheme.terminal, 0.45f); // of a match
    for (Color const ink : {rgb(0x000000), rgb(0xFFFFFF), rgb(0x7A899E), rgb(0xECC94B), warm})
        CHECK(contrast(readable(ink, warm), warm) >= kLeastContrast);
    CHECK(readable(rgb(0xFFFFFF), rgb(0x000000)) == rgb(0xFFFFFF));
}
