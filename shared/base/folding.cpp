#include "shared/base/folding.h"

#include "shared/base/folding_table.h"

#include <algorithm>
#include <cstddef>

namespace pev {

namespace {

    constexpr char32_t kBeforeFirst = 0x7F; // ASCII is not in the tables

    // Numbers of seven bits a byte, the lowest first; signed ones have their sign in the lowest bit.
    template <std::size_t N>
    class Numbers {
    public:
        explicit Numbers(std::array<std::uint8_t, N> const& bytes) : bytes_(bytes) {}
        bool done() const { return at_ == N; }
        std::uint32_t next()
        {
            std::uint32_t number = 0;
            for (unsigned shift = 0;; shift += 7) {
                std::uint32_t const byte = bytes_[at_++];
                number |= (byte & 0x7FU) << shift;
                if (byte < 0x80)
                    return number;
            }
        }
        // To be added: what is negative comes out right by running over.
        std::uint32_t next_signed()
        {
            std::uint32_t const number = next();
            return (number & 1U) != 0 ? ~(number >> 1U) : number >> 1U;
        }

    private:
        std::array<std::uint8_t, N> const& bytes_;
        std::size_t at_ = 0;
    };

    // Source: Unicode Standard, 3.12, "Conjoining Jamo Behavior".
    constexpr char32_t kFirstSyllable = 0xAC00;
    constexpr char32_t kLastSyllable = 0xD7A3;
    constexpr char32_t kLeading = 0x1100;
    constexpr char32_t kVowel = 0x1161;
    constexpr char32_t kFinal = 0x11A7; // the one before the first: none
    constexpr char32_t kVowels = 21;
    constexpr char32_t kFinals = 28;

    Folding::Letters jamo_of(char32_t syllable)
    {
        char32_t const index = syllable - kFirstSyllable;
        char32_t const final = index % kFinals;
        return {kLeading + index / (kVowels * kFinals), kVowel + index / kFinals % kVowels,
            final == 0 ? 0 : kFinal + final};
    }

} // namespace

bool is_hangul_syllable(char32_t character)
{
    return character >= kFirstSyllable && character <= kLastSyllable;
}

Folding const& Folding::of_unicode()
{
    static Folding const folding;
    return folding;
}

// Each folding: how far it is from the character before and, in the lowest two bits, how many letters follow the first; how far
// the first is, against how far the one before was; the others, by their distance from U+0308.
// Each range of marks: how many characters were passed over, how many more it has, what is known of them.
Folding::Folding()
{
    constexpr char32_t kMiddleMark = 0x308;
    char32_t character = kBeforeFirst;
    char32_t distance = 0;
    for (Numbers numbers{kFoldings}; !numbers.done();) {
        std::uint32_t const head = numbers.next();
        character += head >> 2U;
        distance += numbers.next_signed();
        Entry entry{character, {character + distance}};
        for (std::size_t i = 1; i <= (head & 3U); ++i)
            entry.letters[i] = kMiddleMark + numbers.next_signed();
        entries_.push_back(entry);
    }
    char32_t last = kBeforeFirst;
    for (Numbers numbers{kMarks}; !numbers.done();) {
        char32_t const first = last + 1 + numbers.next();
        last = first + numbers.next();
        marks_.push_back({first, last, static_cast<std::uint8_t>(numbers.next())});
    }
}

Folding::Letters Folding::letters_of(char32_t character) const
{
    if (character <= kBeforeFirst)
        return {character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character};
    if (is_hangul_syllable(character))
        return jamo_of(character);
    auto const found = std::ranges::lower_bound(entries_, character, {}, &Entry::character);
    if (found != entries_.end() && found->character == character)
        return found->letters;
    return {character};
}

std::vector<char32_t> Folding::characters_with(char32_t letter) const
{
    std::vector<char32_t> characters;
    if (letter <= kBeforeFirst) {
        if (letter >= 'a' && letter <= 'z')
            characters.push_back(letter - ('a' - 'A'));
        characters.push_back(letter);
    } else if (letters_of(letter)[0] == letter) {
        characters.push_back(letter);
    }
    for (Entry const& entry : entries_) {
        if (std::ranges::find(entry.letters, letter) != entry.letters.end())
            characters.push_back(entry.character);
    }
    std::ranges::sort(characters);
    return characters;
}

std::uint8_t Folding::about(char32_t letter) const
{
    auto const found = std::ranges::lower_bound(marks_, letter, {}, &Marks::last);
    return found != marks_.end() && letter >= found->first ? found->about : std::uint8_t{0};
}

} // namespace pev
