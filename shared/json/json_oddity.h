// What is no JSON, but there is no doubt what it means: JsonParser takes it as it came, tells where it stood, and exports
// write it as JSON.
//
// Taken: NaN, Infinity, inf, in any case and with a sign; numbers such as `.5`, `1.`, `+1`, `007`, `0x10`; True, None, undefined and
// their kind; raw control characters and backslashes that begin no escape, in strings; a comma behind the last value; byte order marks.
#pragma once

#include "shared/base/rest.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

enum class JsonKind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

enum class JsonOddity : std::uint8_t { ByteOrderMark, NotANumber, Number, Word, Control, Escape, Comma };
inline constexpr std::size_t kJsonOddities = 7;

struct JsonOddities {
    static constexpr std::size_t kFew = 3;
    struct Place {
        JsonOddity kind;
        std::size_t begin; // bytes, without the byte order mark
        std::size_t end;
        std::string path; // "data.steps[1].output", as far down as there are nodes
    };
    std::array<std::uint32_t, kJsonOddities> counts{};
    std::size_t most = kFew; // of each kind to keep the places of
    std::vector<Place> places;
};

// What a word means that is no JSON value; nothing where that can't be known.
struct OddWord {
    JsonOddity oddity;
    JsonKind kind;
};
std::optional<OddWord> odd_word(std::string_view word);

// Whether the text is the word, which is in small letters, in whatever letters it is written.
bool is_word(std::string_view text, std::string_view word);
// "12", "-0.5e3", ".5", "+1."
bool is_decimal(std::string_view text);

// For the diagnostics: what was odd and where, a sentence for each kind; nothing for those in `told`, which learns them.
PEV_REST std::vector<std::string> describe_oddities(JsonOddities const& oddities, std::uint8_t& told);

// Text that JsonParser takes, as JSON that every parser takes. NaN, Infinity and hexadecimal numbers become strings: null would
// not say what there was, and both JavaScript's Number() and Python's float() read "NaN" and "-Infinity".
PEV_REST std::string valid_json(std::string_view text);

} // namespace pev
