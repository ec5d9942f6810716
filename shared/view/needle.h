// What a reader looks for, found as they would find it: without regard to case (full case folding: "strasse" finds "STRASSE" and
// "Straße"), and to how a letter is composed (é in one code point or in two, syllables of Hangul or their jamo). A letter is found
// whole: "e" does not find "é", however that is written. The dot of "i̇" counts for nothing, so İ is found by "i".
//
// Used by: the search of the list, those in logs and JSON, and whatever marks what they found.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// Where it was found: the bytes of all characters that have a part in it.
struct Found {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(Found const&) const = default;
};

// How the text is written.
enum class Spelling : std::uint8_t {
    Plain,
    Json, // with escapes, which are read: "\u00e9" is found by "é", and by "\u00e9"
};

// What a text is compared by: equal for two that a reader takes for the same one.
std::u32string letters_of(std::string_view text);

class Needle {
public:
    Needle() = default;
    explicit Needle(std::string_view text, Spelling spelling = Spelling::Plain);

    bool empty() const { return letters_.empty(); }
    std::string const& text() const { return text_; }

    // The first one that begins at `from` or behind, and before `until`. Nothing is where the needle is empty.
    std::optional<Found> find(
        std::string_view text, std::size_t from = 0, std::size_t until = std::string_view::npos) const;
    bool is_in(std::string_view text) const { return find(text).has_value(); }

private:
    std::size_t next_start(std::string_view text, std::size_t at, std::size_t until) const;
    bool may_begin(std::string_view text, std::size_t at) const;
    std::optional<Found> match_at(std::string_view text, std::size_t at) const;
    std::optional<Found> match_letters(std::string_view text, std::size_t at, Spelling spelling) const;

    std::string text_;
    Spelling spelling_ = Spelling::Plain;
    std::u32string letters_; // see Folding
    // Where one may begin: at these characters, of which one or two are ASCII, and the others begin with these bytes.
    std::vector<char32_t> starts_;
    std::array<char, 2> ascii_starts_{};
    std::bitset<256> lead_bytes_;
};

} // namespace pev
