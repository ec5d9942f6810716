#include "shared/base/terminal_style.h"

#include <algorithm>
#include <array>
#include <span>

namespace pev {

namespace {

    using Numbers = std::span<unsigned const>;

    // Reads parameters one after the other, each with its sub-parameters. What is left out is 0.
    class Parameters {
    public:
        explicit Parameters(std::string_view text) : rest_(text) {}
        bool done() const { return done_; }
        Numbers next()
        {
            count_ = 0;
            for (char c = ':'; c == ':';) {
                unsigned value = 0;
                for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1))
                    value = std::min(9'999U, value * 10 + static_cast<unsigned>(rest_.front() - '0'));
                if (count_ < values_.size())
                    values_[count_++] = value;
                c = rest_.empty() ? '\0' : rest_.front();
                done_ = rest_.empty();
                rest_.remove_prefix(done_ ? 0 : 1);
            }
            return Numbers{values_}.first(count_);
        }

    private:
        std::string_view rest_;
        std::array<unsigned, 8> values_{};
        std::size_t count_ = 0;
        bool done_ = false;
    };

    constexpr unsigned kByPalette = 5;
    constexpr unsigned kByRgb = 2;

    TerminalColor palette(unsigned number)
    {
        return {TerminalColor::Kind::Palette, static_cast<std::uint8_t>(number)};
    }

    // The numbers behind 38, 48 or 58 are "5, n" or "2, r, g, b". Unset where they are not.
    TerminalColor extended(Numbers numbers)
    {
        auto const is_byte = [](unsigned number) { return number <= 255; };
        if (numbers.size() >= 2 && numbers[0] == kByPalette && is_byte(numbers[1]))
            return palette(numbers[1]);
        if (numbers.size() >= 4 && numbers[0] == kByRgb && std::ranges::all_of(numbers.subspan(1, 3), is_byte))
            return {TerminalColor::Kind::Rgb, static_cast<std::uint8_t>(numbers[1]),
                static_cast<std::uint8_t>(numbers[2]), static_cast<std::uint8_t>(numbers[3])};
        return {};
    }

    TerminalColor extended_color(Numbers parameter, Parameters& rest)
    {
        std::array<unsigned, 4> numbers{};
        std::size_t count = 0;
        if (parameter.size() > 1) { // by colons; before red there can be a colour space
            Numbers const sub = parameter.subspan(1);
            bool const has_space = sub[0] == kByRgb && sub.size() >= 5;
            for (std::size_t i = 0; i < sub.size() && count < numbers.size(); ++i) {
                if (i != 1 || !has_space)
                    numbers[count++] = sub[i];
            }
        } else {
            std::size_t wanted = 1;
            while (count < wanted && !rest.done()) {
                numbers[count++] = rest.next().front();
                wanted = numbers[0] == kByPalette ? 2 : numbers[0] == kByRgb ? 4 : 1;
            }
        }
        return extended(Numbers{numbers}.first(count));
    }

    void apply(Numbers parameter, Parameters& rest, TerminalStyle& style)
    {
        unsigned const n = parameter.front();
        if (n == 38 || n == 48 || n == 58) {
            TerminalColor const color = extended_color(parameter, rest);
            if (color.is_set() && n == 38)
                style.ink = color;
            else if (color.is_set() && n == 48)
                style.ground = color; // that of an underline is not drawn
        } else if (n == 4) {
            style.underline = parameter.size() == 1 || parameter[1] != 0;
        } else if (parameter.size() > 1) {
            return; // no other one has sub-parameters
        } else if (n == 0) {
            style = {};
        } else if (n == 1) {
            style.bold = true;
        } else if (n == 2) {
            style.dim = true;
        } else if (n == 3 || n == 23) {
            style.italic = n == 3;
        } else if (n == 7 || n == 27) {
            style.inverse = n == 7;
        } else if (n == 9 || n == 29) {
            style.strike = n == 9;
        } else if (n == 21 || n == 24) { // 21 is a double underline
            style.underline = n == 21;
        } else if (n == 22) {
            style.bold = style.dim = false;
        } else if (n >= 30 && n <= 37) {
            style.ink = palette(n - 30);
        } else if (n >= 40 && n <= 47) {
            style.ground = palette(n - 40);
        } else if (n >= 90 && n <= 97) {
            style.ink = palette(n - 90 + 8);
        } else if (n >= 100 && n <= 107) {
            style.ground = palette(n - 100 + 8);
        } else if (n == 39) {
            style.ink = {};
        } else if (n == 49) {
            style.ground = {};
        }
    }

} // namespace

void apply_style(ControlFunction const& function, TerminalStyle& style, TerminalStyle& saved)
{
    bool const is_plain = function.body.find_first_not_of("0123456789;:") == std::string_view::npos;
    char const sequence = function.kind == '[' && is_plain ? function.final : '\0';
    bool const resets = function.kind == '[' ? function.final == 'p' && function.body == "!" : function.kind == 'c';
    if (resets)
        style = saved = {};
    else if (function.kind == '7' || sequence == 's')
        saved = style;
    else if (function.kind == '8' || sequence == 'u')
        style = saved;
    if (sequence != 'm')
        return;
    Parameters parameters{function.body};
    while (!parameters.done()) {
        Numbers const parameter = parameters.next();
        apply(parameter, parameters, style);
    }
}

} // namespace pev
