#include "ui/inspector/ansi.h"

#include "shared/base/escapes.h"

#include <algorithm>
#include <array>

namespace pev::ui {

namespace {

    // Bright enough to be read on the terminal's ground.
    constexpr std::array<Color, 16> kPalette{rgb(0x7A899E), rgb(0xFC8181), rgb(0x68D391), rgb(0xECC94B), rgb(0x63B3ED),
        rgb(0xB794F4), rgb(0x4FD1C5), rgb(0xD6DEE8), //
        rgb(0x94A3B8), rgb(0xFEB2B2), rgb(0x9AE6B4), rgb(0xFAF089), rgb(0x90CDF4), rgb(0xD6BCFA), rgb(0x81E6D9),
        rgb(0xFFFFFF)};

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

    // The numbers of an SGR sequence, as many as matter.
    struct Parameters {
        std::array<unsigned, 32> values{};
        std::size_t count = 0;

        explicit Parameters(std::string_view text)
        {
            unsigned value = 0;
            auto const take = [&] {
                if (count < values.size())
                    values[count++] = value;
                value = 0;
            };
            for (char const c : text) {
                if (c >= '0' && c <= '9')
                    value = std::min(9'999U, value * 10 + static_cast<unsigned>(c - '0'));
                else if (c == ';' || c == ':')
                    take();
            }
            take();
        }
    };

    // After 38 or 48: "5;n" or "2;r;g;b". Moves `at` to the last number that belongs to it.
    std::optional<Color> extended_color(Parameters const& p, std::size_t& at)
    {
        if (at + 2 < p.count && p.values[at + 1] == 5) {
            at += 2;
            return color_of_256(std::min(255U, p.values[at]));
        }
        if (at + 4 < p.count && p.values[at + 1] == 2) {
            at += 4;
            auto const byte = [&](std::size_t back) { return std::min(255U, p.values[at - back]); };
            return IM_COL32(byte(2), byte(1), byte(0), 255);
        }
        at = p.count;
        return std::nullopt;
    }

    void apply(AnsiStyle& style, std::string_view parameters)
    {
        Parameters const p{parameters};
        for (std::size_t i = 0; i < p.count; ++i) {
            unsigned const n = p.values[i];
            if (n == 0)
                style = {};
            else if (n == 1)
                style.bold = true;
            else if (n == 2)
                style.dim = true;
            else if (n == 4)
                style.underline = true;
            else if (n == 7)
                style.inverse = true;
            else if (n == 22)
                style.bold = style.dim = false;
            else if (n == 24)
                style.underline = false;
            else if (n == 27)
                style.inverse = false;
            else if (n >= 30 && n <= 37)
                style.text = kPalette[n - 30];
            else if (n >= 90 && n <= 97)
                style.text = kPalette[n - 90 + 8];
            else if (n >= 40 && n <= 47)
                style.ground = kPalette[n - 40];
            else if (n >= 100 && n <= 107)
                style.ground = kPalette[n - 100 + 8];
            else if (n == 39)
                style.text.reset();
            else if (n == 49)
                style.ground.reset();
            else if (n == 38)
                style.text = extended_color(p, i);
            else if (n == 48)
                style.ground = extended_color(p, i);
        }
    }

} // namespace

bool AnsiReader::next(std::string_view& text, AnsiStyle& style)
{
    while (!rest_.empty()) {
        std::size_t const escape = escape_size(rest_);
        if (escape > 0) {
            std::string_view const sequence = rest_.substr(0, escape);
            if (sequence.size() >= 3 && sequence[1] == '[' && sequence.back() == 'm')
                apply(style_, sequence.substr(2, sequence.size() - 3));
            rest_.remove_prefix(escape);
            continue;
        }
        std::size_t const end = std::min(rest_.find('\x1b'), rest_.size());
        text = rest_.substr(0, end);
        style = style_;
        rest_.remove_prefix(end);
        return true;
    }
    return false;
}

} // namespace pev::ui
