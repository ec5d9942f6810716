// Golden pictures, from the fonts of Debian 12 through our own renderer: the same on every machine.
#include "native/freetype_glyphs.h"
#include "native/offscreen.h"
#include "native/picture.h"
#include "tests/unit/golden/scenes.h"
#include "tests/unit/support/golden.h"
#include "ui/theme.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

using namespace pev;
using namespace pev::test;
using native::Picture;

namespace {

struct PinnedFont {
    char const* path;
    char const* package;
    std::uint64_t digest; // FNV-1a of the file
};

// Regular, medium, semibold, mono, emoji.
constexpr std::array kFonts{
    PinnedFont{"/usr/share/fonts/opentype/inter/Inter-Regular.otf", "fonts-inter 4.0~beta7+ds-1", 0xb721255871cf9491},
    PinnedFont{"/usr/share/fonts/opentype/inter/Inter-Medium.otf", "fonts-inter 4.0~beta7+ds-1", 0x67b0363469a2c736},
    PinnedFont{"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf", "fonts-inter 4.0~beta7+ds-1", 0xc82bbb9681c63be7},
    PinnedFont{"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "fonts-jetbrains-mono 2.242+ds-3",
        0x2e0b9780e3c7e527},
    PinnedFont{"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "fonts-noto-color-emoji 2.042-0+deb12u1",
        0xb9b5903cc221c8c2},
};

void require_font(PinnedFont const& font)
{
    std::ifstream file(font.path, std::ios::binary);
    if (!file.is_open())
        FAIL("Golden pictures are drawn with " << font.path << ", which is missing: install Debian 12's "
                                               << font.package);
    std::vector<char> const bytes{std::istreambuf_iterator<char>{file}, {}};
    std::uint64_t digest = 0xcbf29ce484222325;
    for (char const byte : bytes)
        digest = (digest ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
    if (digest != font.digest)
        FAIL("Golden pictures are drawn with " << font.path << " of Debian 12's " << font.package
                                               << "; this one is another (digest 0x" << std::hex << digest
                                               << "): install that package, or put its digest here and rebaseline");
}

native::FontFiles pinned_fonts()
{
    native::FontFiles files;
    for (std::size_t i = 0; i < kFonts.size(); ++i) {
        require_font(kFonts[i]);
        (i < files.faces.size() ? files.faces[i] : files.emoji).path = kFonts[i].path;
    }
    return files;
}

Picture draw(Scene const& scene, native::ScreenSize size, bool dark)
{
    Headless screen{scene.width, scene.height, scene.options};
    scene.tell(screen);
    auto glyphs = native::FreeTypeGlyphs::open(pinned_fonts());
    REQUIRE(glyphs);
    native::Offscreen offscreen{size, (*glyphs)->source()};
    ui::Environment environment;
    environment.system_prefers_dark = dark;
    offscreen.draw(screen.state(), screen.now(), environment);
    return offscreen.picture();
}

// A channel may differ by this much, as another version of FreeType rounds.
constexpr int kTolerance = 4;

struct Difference {
    std::size_t pixels = 0;
    Picture picture; // the expected one, faint, with what differs in red
};

Difference difference_of(Picture const& expected, Picture const& actual)
{
    Difference difference{.pixels = 0, .picture = expected};
    std::vector<std::uint8_t>& shown = difference.picture.rgba;
    for (std::size_t i = 0; i + 3 < expected.rgba.size(); i += 4) {
        int most = 0;
        for (std::size_t channel = 0; channel < 4; ++channel)
            most = std::max(most, std::abs(expected.rgba[i + channel] - actual.rgba[i + channel]));
        bool const differs = most > kTolerance;
        difference.pixels += differs ? 1 : 0;
        for (std::size_t channel = 0; channel < 3; ++channel)
            shown[i + channel] = static_cast<std::uint8_t>(160 + shown[i + channel] / 3);
        if (differs) {
            shown[i] = 230;
            shown[i + 1] = shown[i + 2] = 0;
        }
        shown[i + 3] = 255;
    }
    return difference;
}

void save(std::string const& path, Picture const& picture)
{
    auto const error = native::write_png(path, picture);
    INFO((error ? error->message : ""));
    REQUIRE_FALSE(error);
}

void check_golden_picture(std::string const& name, Picture const& actual)
{
    std::string const path = golden_path(name + ".png");
    if (rebaselining()) {
        // What differs by less than the tolerance stays as it is: no new bytes for nothing.
        auto const before = native::read_png(path);
        bool const same = before && before->width == actual.width && before->height == actual.height
            && difference_of(*before, actual).pixels == 0;
        if (!same)
            save(path, actual);
        return;
    }
    auto const expected = native::read_png(path);
    if (!expected)
        FAIL(expected.error().message << ": run `python3 scripts/rebaseline.py`, and look at what it wrote");
    bool const same_size = expected->width == actual.width && expected->height == actual.height;
    Difference const difference = same_size ? difference_of(*expected, actual) : Difference{};
    if (same_size && difference.pixels == 0)
        return;
    std::string const actual_path = golden_failure_path(name + ".actual.png");
    save(actual_path, actual);
    save(golden_failure_path(name + ".expected.png"), *expected);
    if (same_size)
        save(golden_failure_path(name + ".difference.png"), difference.picture);
    FAIL_CHECK(path << (same_size ? " differs in " + std::to_string(difference.pixels) + " pixels"
                                  : std::string{" has another size"})
                    << ": look at " << actual_path
                    << ", and .expected.png and .difference.png beside it.\nIf that is meant to be: "
                       "`python3 scripts/rebaseline.py`");
}

} // namespace

TEST_CASE("the screen looks as it did", "[ui][golden][pictures]")
{
    struct Shot {
        char const* name = nullptr;
        char const* scene = nullptr;
        native::ScreenSize size;
        bool dark = false;
    };
    for (Shot const& shot : {
             Shot{"live-light", "live", {1440, 900, 1}, false},
             Shot{"live-dark", "live", {1440, 900, 1}, true},
             Shot{"live-narrow-light-2x", "live-narrow", {420, 900, 2}, false},
             Shot{"step-narrow-dark-2x", "step-narrow", {420, 900, 2}, true},
             Shot{"failed-light", "failed", {1440, 900, 1}, false},
             Shot{"whole-step-light", "whole-step", {1440, 2'200, 1}, false},
             Shot{"whole-step-dark", "whole-step", {1024, 900, 1}, true},
             Shot{"quirks-light", "quirks", {1440, 900, 1}, false},
             Shot{"stale-dark", "stale", {420, 900, 1}, true},
             Shot{"diagnostics-light", "diagnostics", {1440, 900, 1}, false},
             Shot{"diagnostics-narrow-dark-2x", "diagnostics", {420, 900, 2}, true},
             Shot{"not-found-light-2x", "not-found", {420, 600, 2}, false},
             Shot{"loading-dark", "loading", {1440, 900, 1}, true},
         })
        check_golden_picture(shot.name, draw(scene(shot.scene), shot.size, shot.dark));
}

TEST_CASE("the timeline as a file has all steps, and looks as it did", "[ui][golden][pictures]")
{
    Scene const& live = scene("live");
    Headless screen{live.width, live.height, live.options};
    live.tell(screen);
    auto glyphs = native::FreeTypeGlyphs::open(pinned_fonts());
    REQUIRE(glyphs);
    Picture const picture = native::draw_timeline(screen.state(), screen.now(), {}, 1, (*glyphs)->source());
    CHECK(picture.height > 900);
    check_golden_picture("timeline-file", picture);
    CHECK(native::encode_png(picture).starts_with("\x89PNG"));
}

TEST_CASE("lines and edges fall on device pixels at every density", "[pictures]")
{
    for (float const density : {1.0f, 1.25f, 1.5f, 2.0f, 2.5f}) {
        Picture const picture = draw(scene("live"), {1440, 900, density}, false);
        auto const pixel = [&](int x, int y) {
            auto const index
                = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
            std::uint8_t const* const at = &picture.rgba[4 * index];
            return ui::rgb(at[0] * 65536U + at[1] * 256U + at[2]);
        };
        // Down the left margin there are nothing but grounds, and the lines under header and toolbar: soft edges would show as
        // colours in between.
        std::vector<int> lines;
        for (int y = 0; y < picture.height; ++y) {
            ui::Color const color = pixel(4, y);
            INFO("density " << density << ", row " << y << ": " << std::hex << color);
            CHECK((color == ui::kLightTheme.panel || color == ui::kLightTheme.line));
            if (color == ui::kLightTheme.line)
                lines.push_back(y);
        }
        CHECK(lines.size() == 2 * std::max<std::size_t>(1, static_cast<std::size_t>(density)));
        // Right below the toolbar, one line between list and step.
        REQUIRE_FALSE(lines.empty());
        for (int x = 0; x < picture.width; ++x) {
            ui::Color const color = pixel(x, lines.back() + 2);
            INFO("density " << density << ", column " << x << ": " << std::hex << color);
            CHECK((color == ui::kLightTheme.panel || color == ui::kLightTheme.line));
        }
    }
}

TEST_CASE("a picture that differs in one pixel is told, one that differs by rounding is not", "[golden][pictures]")
{
    Picture expected{4, 4};
    std::ranges::fill(expected.rgba, std::uint8_t{200});
    Picture actual = expected;
    actual.rgba[5] = 200 + kTolerance;
    CHECK(difference_of(expected, actual).pixels == 0);
    actual.rgba[5] = 200 - kTolerance - 1;
    Difference const difference = difference_of(expected, actual);
    CHECK(difference.pixels == 1);
    CHECK(difference.picture.rgba[4] == 230);
    CHECK(difference.picture.rgba[5] == 0);
}
