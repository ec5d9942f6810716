#include "shared/base/bidi.h"

#include "shared/base/escapes.h"
#include "shared/base/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace pev {

namespace {

    // --- Arabic letters ---

    struct Letter {
        char32_t letter;
        char32_t isolated; // then final, and where there are four: initial, medial
        std::uint8_t forms;
    };

    constexpr std::array kLetters = [] {
        // By letter from U+0621 to U+064A: how many forms it has; 0: none of its own, '-': joins, but looks the same everywhere.
        constexpr std::string_view kForms = "1222242424444422224444444400000-4444444224";
        std::array<Letter, kForms.size() + 6> letters{};
        char32_t form = 0xFE80;
        std::size_t i = 0;
        for (; i < kForms.size(); ++i) {
            auto const forms = static_cast<std::uint8_t>(kForms[i] == '-' ? 0 : kForms[i] - '0');
            letters[i] = {static_cast<char32_t>(0x621 + i), form, forms};
            form += forms;
        }
        // Persian and Urdu.
        letters[i++] = {0x67E, 0xFB56, 4};
        letters[i++] = {0x686, 0xFB7A, 4};
        letters[i++] = {0x698, 0xFB8A, 2};
        letters[i++] = {0x6A9, 0xFB8E, 4};
        letters[i++] = {0x6AF, 0xFB92, 4};
        letters[i++] = {0x6CC, 0xFBFC, 4};
        return letters;
    }();

    constexpr char32_t kTatweel = 0x640;
    constexpr char32_t kLam = 0x644;

    Letter const* letter_of(char32_t c)
    {
        if (c < 0x621 || c > 0x6CC)
            return nullptr;
        auto const* const found = std::ranges::find(kLetters, c, &Letter::letter);
        return found != kLetters.end() && found->forms > 0 ? found : nullptr;
    }

    bool reaches_on(char32_t c)
    {
        Letter const* const letter = letter_of(c);
        return c == kTatweel || (letter != nullptr && letter->forms == 4);
    }

    bool reaches_back(char32_t c)
    {
        Letter const* const letter = letter_of(c);
        return c == kTatweel || (letter != nullptr && letter->forms >= 2);
    }

    // Vowel signs and points stand on the letter before them.
    bool is_mark(char32_t c)
    {
        return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5BD) || c == 0x5BF || (c >= 0x5C1 && c <= 0x5C7)
            || (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 || (c >= 0x6D6 && c <= 0x6ED);
    }

    // The first letter of `rest`, past marks and what is not seen; and what is behind it.
    char32_t peek_letter(std::string_view rest, std::string_view& behind)
    {
        while (!rest.empty()) {
            char32_t const c = next_character(rest);
            if (is_mark(c) || is_invisible(c))
                continue;
            behind = rest;
            return c;
        }
        return 0;
    }

    // Lam and alef are one glyph; 0 where `alef` is none.
    char32_t lam_with(char32_t alef)
    {
        switch (alef) {
        case 0x622:
            return 0xFEF5;
        case 0x623:
            return 0xFEF7;
        case 0x625:
            return 0xFEF9;
        case 0x627:
            return 0xFEFB;
        default:
            return 0;
        }
    }

    // --- Directions ---

    enum class Kind : std::uint8_t { Left, Right, Number, Neutral, Mark, Separator, Sign };

    bool is_right_to_left(char32_t c)
    {
        return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)
            || (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
    }

    Kind kind_of(char32_t c)
    {
        if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9))
            return Kind::Number;
        if (is_mark(c))
            return Kind::Mark;
        if (c == '.' || c == ',' || c == ':' || c == '/' || c == '+' || c == '-')
            return Kind::Separator;
        if (c == '%' || c == '$' || c == '#' || c == 0x20AC)
            return Kind::Sign;
        if (is_right_to_left(c))
            return Kind::Right;
        bool const ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool const punctuation = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF)
            || (c >= 0x3000 && c <= 0x3004) || (c >= 0x1F000 && c <= 0x1FAFF);
        return ascii_letter || !punctuation ? Kind::Left : Kind::Neutral;
    }

    char32_t mirrored(char32_t c)
    {
        constexpr std::u32string_view kPairs = U"()[]{}<>«»‹›";
        std::size_t const at = kPairs.find(c);
        return at == std::u32string_view::npos ? c : kPairs[at ^ 1U];
    }

    // Rules W1 to W7.
    void resolve_weak(std::vector<Kind>& kinds, Kind base)
    {
        Kind strong = base;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            Kind& kind = kinds[i];
            if (kind == Kind::Mark)
                kind = i == 0 ? base : kinds[i - 1];
            bool const between_numbers
                = i > 0 && i + 1 < kinds.size() && kinds[i - 1] == Kind::Number && kinds[i + 1] == Kind::Number;
            if (kind == Kind::Separator)
                kind = between_numbers ? Kind::Number : Kind::Neutral;
            if (kind == Kind::Sign) {
                bool const beside
                    = (i > 0 && kinds[i - 1] == Kind::Number) || (i + 1 < kinds.size() && kinds[i + 1] == Kind::Number);
                kind = beside ? Kind::Number : Kind::Neutral;
            }
            if (kind == Kind::Left || kind == Kind::Right)
                strong = kind;
        }
        strong = base;
        for (Kind& kind : kinds) { // numbers among letters that run from left to right are like them
            if (kind == Kind::Left || kind == Kind::Right)
                strong = kind;
            else if (kind == Kind::Number && strong == Kind::Left)
                kind = Kind::Left;
        }
    }

    // As neighbours see it.
    Kind direction(Kind kind)
    {
        return kind == Kind::Number ? Kind::Right : kind;
    }

    struct BracketPair {
        std::size_t opening;
        std::size_t closing;
    };

    // Definition BD16, by opening brackets.
    std::vector<BracketPair> bracket_pairs(std::vector<LineCharacter> const& line)
    {
        constexpr std::u32string_view kBrackets = U"()[]{}";
        constexpr std::size_t kMostOpen = 63;
        std::vector<std::size_t> open;
        std::vector<BracketPair> pairs;
        for (std::size_t i = 0; i < line.size(); ++i) {
            std::size_t const bracket = kBrackets.find(line[i].character);
            if (bracket == std::u32string_view::npos)
                continue;
            if (bracket % 2 == 0) {
                if (open.size() == kMostOpen)
                    return {};
                open.push_back(i);
                continue;
            }
            char32_t const wanted = kBrackets[bracket - 1];
            auto const match = std::find_if(
                open.rbegin(), open.rend(), [&](std::size_t at) { return line[at].character == wanted; });
            if (match == open.rend())
                continue;
            pairs.push_back({*match, i});
            open.erase(std::next(match).base(), open.end());
        }
        std::ranges::sort(pairs, {}, &BracketPair::opening);
        return pairs;
    }

    // Rule N0: the two brackets of a pair run alike: as the line does if anything between them does so or nothing before them
    // asks for the other direction.
    void resolve_brackets(std::vector<LineCharacter> const& line, std::vector<Kind>& kinds, Kind base)
    {
        Kind const other = base == Kind::Left ? Kind::Right : Kind::Left;
        for (auto const& [opening, closing] : bracket_pairs(line)) {
            auto const begin = kinds.begin() + static_cast<std::ptrdiff_t>(opening);
            auto const end = kinds.begin() + static_cast<std::ptrdiff_t>(closing);
            bool const holds_base = std::any_of(begin, end, [&](Kind kind) { return direction(kind) == base; });
            bool const holds_other = std::any_of(begin, end, [&](Kind kind) { return direction(kind) == other; });
            if (!holds_base && !holds_other)
                continue;
            auto const before = std::find_if(std::make_reverse_iterator(begin), kinds.rend(),
                [](Kind kind) { return direction(kind) == Kind::Left || direction(kind) == Kind::Right; });
            bool const follows_other = before != kinds.rend() && direction(*before) == other;
            *begin = *end = !holds_base && follows_other ? other : base;
        }
    }

    // Rules N1 and N2: what stands between two of a direction has it, else that of the line.
    void resolve_neutral(std::vector<Kind>& kinds, Kind base)
    {
        for (std::size_t i = 0; i < kinds.size();) {
            if (kinds[i] != Kind::Neutral) {
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < kinds.size() && kinds[end] == Kind::Neutral)
                ++end;
            Kind const before = i == 0 ? base : direction(kinds[i - 1]);
            Kind const after = end == kinds.size() ? base : direction(kinds[end]);
            std::fill(kinds.begin() + static_cast<std::ptrdiff_t>(i), kinds.begin() + static_cast<std::ptrdiff_t>(end),
                before == after ? before : base);
            i = end;
        }
    }

    int level_of(Kind kind, Kind base)
    {
        if (kind == Kind::Right)
            return 1;
        if (kind == Kind::Number)
            return 2;
        return base == Kind::Right ? 2 : 0;
    }

    // Rule L2.
    void reverse_levels(std::vector<LineCharacter>& line, std::vector<int> levels)
    {
        for (int level = 2; level >= 1; --level) {
            for (std::size_t i = 0; i < line.size();) {
                std::size_t end = i;
                while (end < line.size() && levels[end] >= level)
                    ++end;
                auto const from = static_cast<std::ptrdiff_t>(i);
                auto const to = static_cast<std::ptrdiff_t>(end);
                std::reverse(line.begin() + from, line.begin() + to);
                std::reverse(levels.begin() + from, levels.begin() + to);
                i = std::max(end, i + 1);
            }
        }
    }

    // A mark is drawn onto the letter before it, also where that now stands behind it.
    void put_marks_behind_letters(std::vector<LineCharacter>& line)
    {
        for (std::size_t i = 0; i < line.size();) {
            std::size_t end = i;
            while (end < line.size() && is_mark(line[end].character))
                ++end;
            bool const moved = end > i && end < line.size() && line[end].byte < line[i].byte;
            if (moved)
                std::reverse(
                    line.begin() + static_cast<std::ptrdiff_t>(i), line.begin() + static_cast<std::ptrdiff_t>(end) + 1);
            i = end + 1;
        }
    }

} // namespace

bool has_right_to_left(std::string_view text)
{
    while (!text.empty()) {
        // All of them begin with one of these bytes.
        auto const lead = static_cast<unsigned char>(text.front());
        if (lead < 0xD6) {
            text.remove_prefix(1);
            continue;
        }
        if (is_right_to_left(next_character(text)))
            return true;
    }
    return false;
}

char32_t LineReader::next()
{
    if (std::size_t const escape = escape_size(rest_)) {
        rest_.remove_prefix(escape);
        return 0;
    }
    char32_t const c = next_character(rest_);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        joins_ = false;
        return ' ';
    }
    if (is_invisible(c))
        return 0;
    if (is_mark(c))
        return c;
    Letter const* const letter = letter_of(c);
    bool const joined = joins_ && reaches_back(c);
    joins_ = reaches_on(c);
    if (letter == nullptr)
        return c;
    std::string_view behind = rest_;
    char32_t const following = peek_letter(rest_, behind);
    if (char32_t const ligature = c == kLam ? lam_with(following) : 0) {
        rest_ = behind;
        joins_ = false;
        return ligature + (joined ? 1 : 0);
    }
    bool const joins_on = joins_ && reaches_back(following);
    joins_ = joins_on;
    return letter->isolated + (joins_on ? 2U : 0U) + (joined ? 1U : 0U);
}

std::vector<LineCharacter> order_line(std::string_view text)
{
    std::vector<LineCharacter> line;
    std::vector<Kind> kinds;
    Kind base = Kind::Neutral;
    LineReader reader{text};
    while (!reader.done()) {
        std::size_t const byte = text.size() - reader.rest().size();
        char32_t const c = reader.next();
        if (c == 0)
            continue;
        line.push_back({c, byte});
        kinds.push_back(kind_of(c));
        if (base == Kind::Neutral && (kinds.back() == Kind::Left || kinds.back() == Kind::Right))
            base = kinds.back();
    }
    if (base == Kind::Neutral)
        base = Kind::Left;
    resolve_weak(kinds, base);
    resolve_brackets(line, kinds, base);
    resolve_neutral(kinds, base);
    std::vector<int> levels;
    levels.reserve(kinds.size());
    for (Kind const kind : kinds)
        levels.push_back(level_of(kind, base));
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (levels[i] == 1)
            line[i].character = mirrored(line[i].character);
    }
    reverse_levels(line, std::move(levels));
    put_marks_behind_letters(line);
    return line;
}

} // namespace pev
