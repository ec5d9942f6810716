#include "shared/base/punycode.h"

#include <algorithm>
#include <cstdint>

namespace pev {

namespace {

    // RFC 3492, section 5.
    constexpr std::uint32_t kBase = 36;
    constexpr std::uint32_t kLeast = 1;
    constexpr std::uint32_t kMost = 26;
    constexpr std::uint32_t kSkew = 38;
    constexpr std::uint32_t kDamp = 700;
    constexpr std::uint32_t kFirstBias = 72;
    constexpr std::uint32_t kFirstBeyondAscii = 0x80;

    char digit(std::uint32_t value)
    {
        return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
    }

    std::uint32_t adapted(std::uint32_t delta, std::uint32_t characters, bool first)
    {
        delta = first ? delta / kDamp : delta / 2;
        delta += delta / characters;
        std::uint32_t steps = 0;
        for (; delta > (kBase - kLeast) * kMost / 2; steps += kBase)
            delta /= kBase - kLeast;
        return steps + (kBase - kLeast + 1) * delta / (delta + kSkew);
    }

    void append_number(std::string& out, std::uint32_t number, std::uint32_t bias)
    {
        for (std::uint32_t k = kBase;; k += kBase) {
            std::uint32_t const threshold = k <= bias ? kLeast : std::min(k - bias, kMost);
            if (number < threshold)
                break;
            out += digit(threshold + (number - threshold) % (kBase - threshold));
            number = (number - threshold) / (kBase - threshold);
        }
        out += digit(number);
    }

} // namespace

std::string punycode(std::u32string_view label)
{
    std::string out;
    for (char32_t const c : label) {
        if (c < kFirstBeyondAscii)
            out += static_cast<char>(c);
    }
    auto const basic = static_cast<std::uint32_t>(out.size());
    std::uint32_t handled = basic;
    if (basic > 0)
        out += '-';
    std::uint32_t next = kFirstBeyondAscii;
    std::uint32_t delta = 0;
    std::uint32_t bias = kFirstBias;
    while (handled < label.size()) {
        std::uint32_t least = UINT32_MAX;
        for (char32_t const c : label) {
            if (c >= next)
                least = std::min(least, static_cast<std::uint32_t>(c));
        }
        delta += (least - next) * (handled + 1);
        next = least;
        for (char32_t const c : label) {
            if (c < next)
                ++delta;
            if (c != next)
                continue;
            append_number(out, delta, bias);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++next;
    }
    return out;
}

} // namespace pev
