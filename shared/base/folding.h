// What two characters have in common that a reader takes for the same one: é in one code point or in two, "ß" and "SS", "ς" and "Σ".
//
// Source: Unicode Standard, 3.13, "canonical caseless matching": decomposed (NFD), and with full case folding. The data are in
// folding_table.h, which scripts/make_folding.mjs makes, and says of which version of Unicode.
// Used by: shared/view/needle.h.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace pev {

class Folding {
public:
    // Read from its compact form when it is first asked for.
    static Folding const& of_unicode();

    // What a character is compared by, ended by 0: mostly itself, a base letter and its marks, or several letters.
    using Letters = std::array<char32_t, 5>;
    Letters letters_of(char32_t character) const;
    // All characters that have this letter among theirs, but for syllables of Hangul. Ascending.
    std::vector<char32_t> characters_with(char32_t letter) const;

    // Marks on one letter are compared in this order, those of one number as they came; 0: no mark.
    std::uint8_t order_of(char32_t letter) const { return static_cast<std::uint8_t>(about(letter) >> 1U); }
    // Whether it is one letter with what stands before it: accents, the vowel of a syllable of Hangul.
    bool joins(char32_t letter) const { return (about(letter) & 1U) != 0; }

private:
    Folding();
    std::uint8_t about(char32_t letter) const;

    struct Entry {
        char32_t character;
        Letters letters;
    };
    struct Marks {
        char32_t first;
        char32_t last;
        std::uint8_t about; // the order, doubled; and whether they join
    };
    std::vector<Entry> entries_; // of those that are not compared by themselves
    std::vector<Marks> marks_;
};

// Syllables of Hangul, which Unicode composes by a rule.
bool is_hangul_syllable(char32_t character);

} // namespace pev
