#include "shared/base/char_width.h"

#include "shared/base/code_ranges.h"

#include <cstdint>
#include <span>
#include <vector>

namespace pev {

namespace {

    // Unicode 17.0, by scripts/unicode_widths.py, which says how the numbers are to be read.
    // clang-format off
    // General_Category Mn, Me, Cf, Zl, Zp; Default_Ignorable_Code_Point; conjoining vowels and final consonants of Hangul.
    constexpr std::array<std::uint8_t, 744> kZeroWidth{
        128, 6, 111, 147, 2, 6, 135, 2, 44, 1, 0, 1, 1, 1, 1, 1, 0, 72, 10, 1, 0, 46, 20, 16, 0, 101, 6, 2, 5, 2, 1, 1, 3,
        35, 0, 30, 26, 91, 10, 58, 8, 9, 0, 24, 3, 1, 8, 1, 2, 1, 4, 43, 2, 59, 8, 42, 23, 1, 31, 55, 0, 1, 0, 4, 7, 4, 0,
        3, 6, 10, 1, 29, 0, 58, 0, 4, 3, 8, 0, 20, 1, 26, 4, 57, 0, 4, 16, 30, 1, 3, 0, 11, 1, 57, 0, 4, 7, 4, 0, 20, 1,
        22, 7, 58, 0, 2, 0, 1, 3, 8, 9, 11, 1, 30, 0, 61, 0, 12, 0, 50, 0, 3, 0, 55, 0, 1, 2, 5, 16, 11, 1, 29, 0, 58, 0,
        2, 0, 6, 0, 5, 1, 20, 1, 28, 1, 57, 1, 4, 3, 8, 0, 20, 1, 29, 0, 72, 0, 7, 4, 90, 0, 2, 6, 12, 7, 98, 0, 2, 8, 11,
        6, 73, 1, 27, 0, 1, 0, 1, 0, 55, 13, 1, 4, 1, 1, 5, 47, 9, 0, 102, 3, 1, 5, 1, 1, 2, 1, 25, 1, 4, 2, 16, 3, 13, 0,
        2, 1, 6, 0, 15, 0, 194, 1, 159, 1, 221, 2, 2, 178, 7, 2, 29, 1, 30, 1, 30, 1, 64, 1, 1, 6, 8, 0, 2, 10, 9, 0, 45,
        4, 117, 1, 34, 0, 118, 2, 4, 1, 9, 0, 6, 2, 219, 1, 1, 2, 0, 58, 0, 1, 8, 1, 0, 2, 7, 6, 12, 48, 83, 48, 0, 1, 4,
        1, 0, 5, 0, 40, 8, 12, 1, 32, 3, 2, 1, 1, 2, 56, 0, 1, 1, 3, 0, 1, 2, 58, 7, 2, 1, 152, 1, 2, 1, 12, 1, 6, 4, 0,
        6, 0, 3, 1, 198, 1, 63, 139, 4, 4, 24, 6, 49, 15, 96, 32, 254, 23, 2, 141, 1, 0, 96, 31, 170, 4, 3, 107, 1, 201,
        1, 0, 138, 234, 1, 3, 1, 9, 32, 1, 80, 1, 144, 2, 0, 3, 0, 4, 0, 25, 1, 5, 0, 151, 1, 1, 26, 17, 13, 0, 38, 7, 25,
        10, 46, 2, 48, 0, 2, 3, 2, 1, 39, 0, 67, 5, 2, 1, 2, 1, 12, 0, 8, 0, 47, 0, 51, 0, 1, 2, 2, 1, 5, 1, 1, 0, 42, 1,
        8, 0, 238, 1, 0, 2, 0, 4, 0, 194, 87, 75, 162, 70, 0, 225, 5, 15, 16, 15, 207, 1, 0, 160, 1, 0, 79, 11, 129, 4, 0,
        226, 1, 0, 149, 1, 4, 134, 13, 14, 40, 7, 165, 1, 1, 189, 4, 3, 65, 4, 189, 2, 1, 77, 5, 70, 10, 49, 3, 123, 0,
        54, 14, 41, 0, 2, 1, 10, 2, 49, 3, 2, 1, 7, 0, 61, 2, 36, 4, 1, 7, 62, 0, 12, 1, 52, 8, 10, 3, 2, 0, 95, 2, 2, 0,
        1, 1, 6, 0, 2, 0, 157, 1, 0, 3, 7, 21, 1, 57, 1, 3, 0, 37, 14, 70, 5, 13, 0, 1, 0, 1, 0, 14, 1, 85, 7, 2, 2, 1, 0,
        23, 0, 84, 5, 1, 0, 4, 1, 1, 1, 238, 1, 3, 6, 1, 1, 1, 27, 1, 85, 7, 2, 0, 1, 1, 106, 0, 1, 0, 2, 5, 1, 0, 101, 0,
        1, 0, 2, 3, 1, 4, 131, 2, 8, 1, 1, 128, 2, 1, 1, 0, 4, 0, 144, 1, 7, 4, 0, 32, 9, 40, 5, 2, 3, 8, 0, 9, 5, 2, 2,
        46, 12, 1, 1, 198, 1, 0, 1, 2, 1, 0, 201, 1, 13, 1, 0, 82, 21, 2, 6, 1, 1, 1, 1, 122, 20, 1, 0, 72, 1, 3, 0, 1, 0,
        219, 2, 1, 11, 1, 52, 4, 5, 0, 1, 0, 23, 0, 213, 41, 16, 6, 14, 200, 89, 11, 3, 2, 192, 19, 4, 59, 6, 152, 8, 0,
        63, 3, 81, 0, 184, 153, 1, 1, 1, 3, 220, 36, 70, 160, 4, 2, 9, 15, 2, 6, 30, 3, 148, 1, 2, 187, 15, 54, 4, 49, 8,
        0, 14, 0, 22, 20, 208, 10, 42, 100, 0, 160, 1, 6, 247, 2, 0, 61, 3, 252, 3, 3, 254, 1, 1, 243, 1, 0, 2, 0, 7, 1,
        5, 0, 218, 3, 6, 109, 6, 181, 173, 48, 255, 31};
    // East_Asian_Width W and F, which all that is shown as an emoji by itself has.
    constexpr std::array<std::uint8_t, 209> kWide{
        128, 34, 95, 186, 35, 1, 13, 1, 190, 1, 3, 3, 0, 2, 0, 137, 4, 1, 21, 1, 26, 7, 16, 11, 43, 0, 10, 5, 3, 0, 13, 0,
        8, 1, 17, 1, 5, 1, 8, 0, 5, 0, 21, 0, 7, 1, 1, 0, 4, 0, 2, 0, 7, 0, 4, 1, 28, 0, 35, 0, 1, 0, 4, 2, 1, 0, 61, 2,
        24, 0, 14, 0, 219, 6, 1, 51, 0, 4, 0, 170, 6, 169, 3, 6, 14, 2, 85, 4, 200, 1, 1, 226, 1, 8, 246, 228, 1, 153, 9,
        28, 131, 5, 163, 87, 220, 66, 255, 3, 144, 6, 9, 22, 59, 149, 1, 95, 127, 6, 249, 223, 1, 3, 14, 137, 134, 1, 132,
        64, 118, 141, 57, 0, 202, 1, 0, 190, 1, 0, 2, 9, 75, 186, 2, 12, 8, 1, 69, 1, 21, 12, 42, 4, 4, 12, 16, 3, 0, 3,
        70, 1, 0, 1, 186, 1, 2, 62, 13, 3, 1, 23, 18, 0, 26, 1, 13, 0, 86, 84, 48, 69, 6, 0, 3, 2, 2, 10, 11, 1, 7, 8,
        227, 1, 16, 155, 2, 46, 1, 9, 1, 184, 1, 112, 136, 1, 135, 10, 253, 255, 7};
    // clang-format on

    std::vector<CodeRange> unpacked(std::span<std::uint8_t const> packed)
    {
        std::vector<CodeRange> ranges;
        char32_t end = 0;
        std::size_t at = 0;
        auto const next = [&] {
            char32_t number = 0;
            for (unsigned shift = 0;; shift += 7) {
                std::uint8_t const byte = packed[at++];
                number |= static_cast<char32_t>(byte & 0x7FU) << shift;
                if (byte < 0x80)
                    return number;
            }
        };
        while (at < packed.size()) {
            char32_t const first = end + next();
            end = first + next() + 1;
            ranges.push_back({first, end - 1});
        }
        return ranges;
    }

    bool is_among(std::vector<CodeRange> const& ranges, char32_t code)
    {
        auto const found = std::ranges::lower_bound(ranges, code, {}, &CodeRange::last);
        return found != ranges.end() && code >= found->first;
    }

} // namespace

unsigned char_width(char32_t character)
{
    static std::vector<CodeRange> const zero_width = unpacked(kZeroWidth);
    static std::vector<CodeRange> const wide = unpacked(kWide);
    if (character < 0x300) // Latin: nearly all text
        return 1;
    if (is_among(zero_width, character))
        return 0;
    return is_among(wide, character) ? 2 : 1;
}

bool can_be_emoji(char32_t character)
{
    return character == '#' || character == '*' || (character >= '0' && character <= '9') || character == 0xA9
        || character == 0xAE || (character >= 0x203C && character <= 0x3299) || character >= 0x1F000;
}

char32_t composed_hangul(char32_t first, char32_t second)
{
    constexpr char32_t kSyllables = 0xAC00;
    constexpr char32_t kInitials = 0x1100;
    constexpr char32_t kVowels = 0x1161;
    constexpr char32_t kFinals = 0x11A7; // "no final" stands there
    if (first >= kInitials && first < kInitials + 19 && second >= kVowels && second < kVowels + 21)
        return kSyllables + ((first - kInitials) * 21 + second - kVowels) * 28;
    bool const is_open = first >= kSyllables && first < kSyllables + 11'172 && (first - kSyllables) % 28 == 0;
    if (is_open && second > kFinals && second < kFinals + 28)
        return first + second - kFinals;
    return 0;
}

} // namespace pev
