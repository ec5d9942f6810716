#include "shared/json/json_tree.h"

#include "shared/json/json_parser.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace pev {

namespace {

    // Of "e+3"; 0 where there is nothing, and the largest there is where it is larger.
    int exponent_of(std::string_view text)
    {
        constexpr int kLargest = 1'000'000;
        bool const negative = text.substr(0, 2).ends_with('-');
        int size = 0;
        for (char const c : text) {
            if (c >= '0' && c <= '9')
                size = std::min(size * 10 + (c - '0'), kLargest);
        }
        return negative ? -size : size;
    }

    // Of a number that the grammar has passed, within some units in the last place. Both libraries that we build with lack from_chars
    // for doubles, and the C library's strtod takes 14 KB of code to get the last bit right as well.
    double approximate(std::string_view text)
    {
        constexpr double kDigitsEnough = 1e18;
        constexpr int kMostExponent = 400; // nothing is left of a double there
        std::size_t const e = std::min(text.find_first_of("eE"), text.size());
        int exponent = exponent_of(text.substr(e));
        double value = 0;
        bool is_fraction = false;
        for (char const c : text.substr(0, e)) {
            if (c == '.') {
                is_fraction = true;
            } else if (c != '-' && c != '+') {
                bool const counts = value < kDigitsEnough;
                if (counts)
                    value = value * 10 + (c - '0');
                exponent += (counts ? 0 : 1) - (is_fraction ? 1 : 0);
            }
        }
        if (value == 0)
            return 0;
        double power = 1;
        for (int left = std::min(std::abs(exponent), kMostExponent); left > 0; --left)
            power *= 10;
        double const size = exponent < 0 ? value / power : value * power;
        return text.starts_with('-') ? -size : size;
    }

} // namespace

Result<JsonTree> JsonTree::parse(std::string text, int max_depth)
{
    return JsonParser{std::move(text), max_depth}.finish();
}

JsonView JsonTree::root() const
{
    return at(0);
}

bool JsonView::truth(bool otherwise) const
{
    std::string_view const word = is(JsonKind::Boolean) ? raw() : text();
    return is_word(word, "true") || (otherwise && !is_word(word, "false"));
}

double JsonView::number(double otherwise) const
{
    std::string_view const digits = is(JsonKind::Number) ? raw() : text();
    return is_decimal(digits) ? approximate(digits) : otherwise;
}

std::size_t JsonView::size() const
{
    return tree_ == nullptr ? 0 : tree_->nodes_[index_].child_count;
}

JsonView JsonView::operator[](std::string_view key) const
{
    JsonView found;
    if (is(JsonKind::Object)) {
        for (JsonView const member : children()) {
            if (member.key() == key)
                found = member;
        }
    }
    return found;
}

JsonView JsonView::either(std::string_view camel, std::string_view snake) const
{
    JsonView const value = (*this)[camel];
    return value ? value : (*this)[snake];
}

std::string json_quote(std::string_view text)
{
    // Most texts are keys, numbers and plain words: nothing in them has to be written differently.
    auto const is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (std::ranges::all_of(text, is_plain)) {
        std::string quoted;
        quoted.reserve(text.size() + 2);
        return quoted.append(1, '"').append(text).append(1, '"');
    }
    // Broken UTF-8 becomes U+FFFD instead of an exception.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace pev
