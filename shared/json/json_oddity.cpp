#include "shared/json/json_oddity.h"

#include "shared/base/text.h"
#include "shared/json/json_parser.h"

#include <algorithm>

namespace pev {

namespace {

    struct Meaning {
        std::string_view word;
        OddWord means;
        std::string_view json = {}; // in its place; a number that is none is quoted
    };
    constexpr Meaning kMeanings[]{
        {"nan", {JsonOddity::NotANumber, JsonKind::Number}},
        {"inf", {JsonOddity::NotANumber, JsonKind::Number}},
        {"infinity", {JsonOddity::NotANumber, JsonKind::Number}},
        {"true", {JsonOddity::Word, JsonKind::Boolean}, "true"},
        {"false", {JsonOddity::Word, JsonKind::Boolean}, "false"},
        {"null", {JsonOddity::Word, JsonKind::Null}, "null"},
        {"none", {JsonOddity::Word, JsonKind::Null}, "null"},
        {"undefined", {JsonOddity::Word, JsonKind::Null}, "null"},
    };

    std::string_view without_sign(std::string_view text)
    {
        return text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    }

    std::size_t skip_digits(std::string_view text, std::size_t at)
    {
        return std::min(text.find_first_not_of("0123456789", at), text.size());
    }

    bool is_hexadecimal(std::string_view text)
    {
        return text.size() > 2 && is_word(text.substr(0, 2), "0x")
            && text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
    }

    // Without its sign.
    Meaning const* meaning_of(std::string_view word)
    {
        auto const* const found
            = std::ranges::find_if(kMeanings, [&](Meaning const& meaning) { return is_word(word, meaning.word); });
        return found == std::end(kMeanings) ? nullptr : found;
    }

    // "+007." as "7"
    std::string plain_number(std::string_view text)
    {
        std::string number{text.starts_with('-') ? "-" : ""};
        text = without_sign(text);
        text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
        std::size_t const whole = skip_digits(text, 0);
        number += whole == 0 ? std::string_view{"0"} : text.substr(0, whole);
        text.remove_prefix(whole);
        bool const bare_point = text.starts_with('.') && skip_digits(text, 1) == 1;
        return number.append(text.substr(bare_point ? 1 : 0));
    }

    std::string as_json(JsonOddity oddity, std::string_view text)
    {
        switch (oddity) {
        case JsonOddity::NotANumber:
            return json_quote(text);
        case JsonOddity::Number:
            return is_decimal(text) ? plain_number(text) : json_quote(text);
        case JsonOddity::Word:
            return std::string{meaning_of(text)->json};
        case JsonOddity::Control: {
            std::string const quoted = json_quote(text);
            return quoted.substr(1, quoted.size() - 2);
        }
        case JsonOddity::Escape:
            return "\\\\";
        case JsonOddity::ByteOrderMark:
        case JsonOddity::Comma:
            break;
        }
        return {};
    }

    // By JsonOddity.
    constexpr std::array<std::string_view, kJsonOddities> kWords{"a byte order mark", "NaN or Infinity",
        "numbers that are not written as JSON has them", "words that JSON does not have",
        "control characters in strings", "backslashes that begin no escape", "commas behind the last value"};

    std::string place_words(JsonOddities::Place const& place)
    {
        std::string const byte = "byte " + std::to_string(place.begin + 1);
        return place.path.empty() ? byte : place.path + " (" + byte + ")";
    }

} // namespace

bool is_word(std::string_view text, std::string_view word)
{
    return std::ranges::equal(
        text, word, [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && (a | ' ') == b); });
}

bool is_decimal(std::string_view text)
{
    text = without_sign(text);
    std::size_t const whole = skip_digits(text, 0);
    bool const has_point = whole < text.size() && text[whole] == '.';
    std::size_t const end = has_point ? skip_digits(text, whole + 1) : whole;
    if (end == (has_point ? 1U : 0U))
        return false; // no digit
    if (end == text.size())
        return true;
    std::string_view const exponent = without_sign(text.substr(end + 1));
    return is_word(text.substr(end, 1), "e") && !exponent.empty() && skip_digits(exponent, 0) == exponent.size();
}

std::optional<OddWord> odd_word(std::string_view word)
{
    std::string_view const bare = without_sign(word);
    if (is_decimal(word) || is_hexadecimal(bare))
        return OddWord{JsonOddity::Number, JsonKind::Number};
    Meaning const* const meaning = meaning_of(bare);
    bool const known = meaning != nullptr && (bare.size() == word.size() || meaning->means.kind == JsonKind::Number);
    return known ? std::optional{meaning->means} : std::nullopt;
}

// These are apart from the rest of JsonParser, which is compiled for speed: they are hardly ever needed.

// What begins there is no JSON value, but perhaps what others write for one.
bool JsonParser::read_odd_word(std::size_t begin)
{
    std::size_t const end
        = std::min(text_.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+-", begin),
            text_.size());
    auto const odd = odd_word(text_.substr(begin, end - begin));
    if (!odd)
        return false;
    at_ = end;
    note_oddity(odd->oddity, begin);
    add(odd->kind, begin);
    return true;
}

void JsonParser::note_oddity(JsonOddity oddity, std::size_t begin)
{
    if (oddities_.counts[static_cast<std::size_t>(oddity)]++ < oddities_.most)
        oddities_.places.push_back({.kind = oddity, .begin = begin, .end = at_, .path = path()});
}

std::string JsonParser::path() const
{
    std::string path;
    auto const add = [&](bool with_key, std::string_view key, std::uint32_t index) {
        if (with_key)
            path.append(path.empty() ? "" : ".").append(one_line(key, 40));
        else
            path.append("[").append(std::to_string(index)).append("]");
    };
    for (std::size_t level = 1; level < open_.size(); ++level) {
        auto const& node = tree_.nodes_[open_[level]];
        add(node.has_key, tree_.at(open_[level]).key(), tree_.nodes_[open_[level - 1]].child_count - 1);
    }
    bool const is_known
        = !open_.empty() && brackets_.size() == open_.size() && static_cast<int>(open_.size()) <= max_depth_;
    if (is_known && (has_key_ || brackets_.back() == ']'))
        add(has_key_, tree_.text_at(key_.begin, key_.size, key_.pooled), tree_.nodes_[open_.back()].child_count);
    return path;
}

std::vector<std::string> describe_oddities(JsonOddities const& oddities, std::uint8_t& told)
{
    std::vector<std::string> sentences;
    for (std::size_t kind = 0; kind < kJsonOddities; ++kind) {
        std::uint32_t const count = oddities.counts[kind];
        if (count == 0 || (told & 1U << kind) != 0)
            continue;
        told |= static_cast<std::uint8_t>(1U << kind);
        std::string sentence = "not quite JSON, taken as it came: " + std::string{kWords[kind]};
        std::string separator = " at ";
        std::size_t named = 0;
        for (JsonOddities::Place const& place : oddities.places) {
            if (static_cast<std::size_t>(place.kind) != kind)
                continue;
            sentence += separator + place_words(place);
            separator = ", ";
            ++named;
        }
        if (count > named)
            sentence += " and " + std::to_string(count - named) + " more";
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::string valid_json(std::string_view text)
{
    JsonParser parser{std::string{text}, 0};
    parser.keep_all_oddities();
    auto const tree = parser.finish();
    if (!tree)
        return json_quote(text);
    std::string_view const source = tree->source();
    std::string json;
    std::size_t done = 0;
    for (JsonOddities::Place const& odd : parser.oddities().places) {
        json += source.substr(done, odd.begin - done);
        json += as_json(odd.kind, source.substr(odd.begin, odd.end - odd.begin));
        done = odd.end;
    }
    return json.append(source.substr(done));
}

} // namespace pev
