#include "shared/json/json_tree.h"

#include "shared/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace pev {

namespace {

    bool is_json_space(char c)
    {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    bool is_number_part(char c)
    {
        return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
    }

    // Replaces what nlohmann/json refuses but browsers and servers let through: broken UTF-8 and escapes of half a
    // surrogate pair. Called only for texts that failed to parse.
    std::string repair_json(std::string_view text)
    {
        std::string out = repair_utf8(text);
        auto const unit_at = [&](std::size_t at) -> long {
            if (at + 6 > out.size() || out[at] != '\\' || out[at + 1] != 'u')
                return -1;
            return std::strtol(out.substr(at + 2, 4).c_str(), nullptr, 16);
        };
        for (std::size_t i = 0; i + 1 < out.size(); ++i) {
            if (out[i] != '\\')
                continue;
            long const unit = unit_at(i);
            if (unit < 0xD800 || unit > 0xDFFF) {
                ++i; // passes over the escaped character, which may be a backslash
                continue;
            }
            long const next = unit_at(i + 6);
            bool const is_pair = unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF;
            if (is_pair)
                i += 11;
            else {
                out.replace(i + 2, 4, "FFFD");
                i += 5;
            }
        }
        return out;
    }

    // Whether the token is a number of JSON's grammar (RFC 8259, section 6).
    bool is_number(std::string_view token)
    {
        auto const skip_digits = [&token] {
            std::size_t const digits = std::min(token.find_first_not_of("0123456789"), token.size());
            token.remove_prefix(digits);
            return digits;
        };
        if (token.starts_with('-'))
            token.remove_prefix(1);
        bool const leading_zero = token.starts_with('0');
        std::size_t const whole = skip_digits();
        if (whole == 0 || (leading_zero && whole > 1))
            return false;
        if (token.starts_with('.')) {
            token.remove_prefix(1);
            if (skip_digits() == 0)
                return false;
        }
        if (token.starts_with('e') || token.starts_with('E')) {
            token.remove_prefix(1);
            if (token.starts_with('+') || token.starts_with('-'))
                token.remove_prefix(1);
            return skip_digits() > 0 && token.empty();
        }
        return token.empty();
    }

    // The same text with small numbers in place of those that may be beyond doubles (1e400 is valid JSON), which nlohmann/json
    // refuses. Every byte keeps its place, so the tree can still point into the original.
    std::string with_small_numbers(std::string_view text)
    {
        constexpr std::size_t kMostSmallDigits = 300;
        std::string out{text};
        for (std::size_t at = 0; at < out.size();) {
            if (out[at] == '"') {
                for (++at; at < out.size() && out[at] != '"'; ++at)
                    at += out[at] == '\\' ? 1 : 0;
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < out.size() && is_number_part(out[end]))
                ++end;
            std::string_view const token = std::string_view{out}.substr(at, end - at);
            bool const may_be_huge
                = token.size() > kMostSmallDigits || token.find_first_of("eE") != std::string_view::npos;
            if (token.size() > 2 && may_be_huge && is_number(token))
                out.replace(at, token.size(), "1." + std::string(token.size() - 2, '0'));
            at = end > at ? end : at + 1;
        }
        return out;
    }

} // namespace

// Takes nlohmann/json's tokens and finds their places in the source. The parser has checked the grammar up to each token,
// so the places follow from skipping white space and separators.
class JsonTreeBuilder {
public:
    JsonTreeBuilder(JsonTree& tree, int max_depth) : tree_(tree), max_depth_(max_depth) {}

    bool null() { return literal(JsonKind::Null, 4); }
    bool boolean(bool value) { return literal(JsonKind::Boolean, value ? 4 : 5); }
    bool number_integer(std::int64_t) { return number(); }
    bool number_unsigned(std::uint64_t) { return number(); }
    bool number_float(double, std::string const&) { return number(); }

    bool string(std::string& decoded)
    {
        auto const [begin, end] = take_string();
        if (auto* node = add(JsonKind::String, begin, end)) {
            bool pooled = false;
            place_text(decoded, begin, end, node->text_begin, node->text_size, pooled);
            node->text_pooled = pooled;
        }
        return true;
    }

    bool key(std::string& decoded)
    {
        auto const [begin, end] = take_string();
        has_key_ = true;
        if (depth_ <= max_depth_)
            place_text(decoded, begin, end, key_begin_, key_size_, key_pooled_);
        return true;
    }

    bool start_object(std::size_t) { return start(JsonKind::Object); }
    bool start_array(std::size_t) { return start(JsonKind::Array); }
    bool end_object() { return finish(); }
    bool end_array() { return finish(); }
    bool binary(std::vector<std::uint8_t>&) { return false; } // only in binary formats

    template <typename Exception>
    bool parse_error(std::size_t position, std::string const& last_token, Exception const&)
    {
        std::string_view const before = std::string_view{tree_.source_}.substr(0, position > 0 ? position - 1 : 0);
        auto const line_breaks = std::count(before.begin(), before.end(), '\n');
        error_ = "not valid JSON" + (line_breaks > 0 ? " in line " + std::to_string(line_breaks + 1) + "," : "")
            + " at byte " + std::to_string(position);
        if (position > tree_.source_.size())
            error_ = "JSON that ends too early";
        else if (std::string const shown = one_line(repair_utf8(last_token), 24); !shown.empty())
            error_ += ", near '" + shown + "'";
        return false;
    }

    std::string const& error() const { return error_; }

private:
    using Place = std::pair<std::uint32_t, std::uint32_t>;

    std::uint32_t skip_separators()
    {
        std::string const& source = tree_.source_;
        while (at_ < source.size() && (is_json_space(source[at_]) || source[at_] == ',' || source[at_] == ':'))
            ++at_;
        return at_;
    }

    Place take_string()
    {
        std::uint32_t const begin = skip_separators();
        std::string const& source = tree_.source_;
        std::size_t quote = source.find('"', begin + 1U);
        // An escaped quote has an odd number of backslashes before it.
        while (quote != std::string::npos && backslashes_before(quote, begin + 1U) % 2 == 1)
            quote = source.find('"', quote + 1);
        at_ = static_cast<std::uint32_t>(quote == std::string::npos ? source.size() : quote + 1);
        return {begin, at_};
    }

    std::size_t backslashes_before(std::size_t at, std::size_t from) const
    {
        std::size_t count = 0;
        while (at > from && tree_.source_[at - 1] == '\\') {
            --at;
            ++count;
        }
        return count;
    }

    // A string without escapes is its source text without the quotes; another is kept decoded.
    void place_text(std::string const& decoded, std::uint32_t begin, std::uint32_t end, std::uint32_t& text_begin,
        std::uint32_t& text_size, bool& pooled)
    {
        text_size = static_cast<std::uint32_t>(decoded.size());
        pooled = decoded.size() != end - begin - 2U;
        text_begin = pooled ? static_cast<std::uint32_t>(tree_.pool_.size()) : begin + 1U;
        if (pooled)
            tree_.pool_ += decoded;
    }

    bool literal(JsonKind kind, std::uint32_t size)
    {
        std::uint32_t const begin = skip_separators();
        at_ = begin + size;
        add(kind, begin, at_);
        return true;
    }

    bool number()
    {
        std::uint32_t const begin = skip_separators();
        std::string const& source = tree_.source_;
        while (at_ < source.size() && is_number_part(source[at_]))
            ++at_;
        add(JsonKind::Number, begin, at_);
        return true;
    }

    bool start(JsonKind kind)
    {
        std::uint32_t const begin = skip_separators();
        ++at_;
        add(kind, begin, at_);
        if (depth_ <= max_depth_)
            open_.push_back(static_cast<std::uint32_t>(tree_.nodes_.size() - 1));
        ++depth_;
        return true;
    }

    bool finish()
    {
        skip_separators();
        ++at_; // the closing bracket
        --depth_;
        if (depth_ <= max_depth_) {
            auto& node = tree_.nodes_[open_.back()];
            node.end = at_;
            node.next = static_cast<std::uint32_t>(tree_.nodes_.size());
            open_.pop_back();
        }
        return true;
    }

    JsonTree::Node* add(JsonKind kind, std::uint32_t begin, std::uint32_t end)
    {
        if (depth_ > 0 && depth_ - 1 <= max_depth_)
            ++tree_.nodes_[open_.back()].child_count;
        bool const with_key = std::exchange(has_key_, false);
        if (depth_ > max_depth_)
            return nullptr;
        auto& node = tree_.nodes_.emplace_back();
        node = {};
        node.begin = begin;
        node.end = end;
        node.next = static_cast<std::uint32_t>(tree_.nodes_.size());
        node.kind = kind;
        node.depth = static_cast<std::uint16_t>(depth_ < 0xFFFF ? depth_ : 0xFFFF);
        if (with_key) {
            node.has_key = true;
            node.key_begin = key_begin_;
            node.key_size = key_size_;
            node.key_pooled = key_pooled_;
        }
        return &node;
    }

    JsonTree& tree_;
    int max_depth_;
    int depth_ = 0;
    std::uint32_t at_ = 0; // in the source, behind the last token
    std::vector<std::uint32_t> open_; // containers being read
    bool has_key_ = false;
    bool key_pooled_ = false;
    std::uint32_t key_begin_ = 0;
    std::uint32_t key_size_ = 0;
    std::string error_;
};

Result<JsonTree> JsonTree::parse(std::string text, int max_depth)
{
    static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.size() >= std::numeric_limits<std::uint32_t>::max())
        return Error{"a document of 4 GB or more"};
    if (text.starts_with(kByteOrderMark))
        text.erase(0, kByteOrderMark.size());

    JsonTree tree;
    tree.source_ = std::move(text);
    auto const build = [&](std::string const& tokens) {
        tree.nodes_.clear();
        tree.pool_.clear();
        JsonTreeBuilder builder{tree, max_depth};
        bool const parsed = nlohmann::json::sax_parse(tokens.data(), tokens.data() + tokens.size(), &builder);
        return parsed ? std::string{} : builder.error();
    };
    std::string error = build(tree.source_);
    if (error.empty())
        return tree;
    tree.source_ = repair_json(tree.source_);
    if (build(with_small_numbers(tree.source_)).empty())
        return tree;
    return Error{std::move(error)};
}

JsonView JsonTree::root() const
{
    return at(0);
}

JsonView JsonTree::at(std::size_t index) const
{
    return index < nodes_.size() ? JsonView{*this, index} : JsonView{};
}

JsonKind JsonView::kind() const
{
    return tree_ == nullptr ? JsonKind::Null : tree_->nodes_[index_].kind;
}

std::string_view JsonView::raw() const
{
    if (tree_ == nullptr)
        return {};
    auto const& node = tree_->nodes_[index_];
    return std::string_view{tree_->source_}.substr(node.begin, node.end - node.begin);
}

std::string_view JsonView::key() const
{
    if (tree_ == nullptr || !tree_->nodes_[index_].has_key)
        return {};
    auto const& node = tree_->nodes_[index_];
    return std::string_view{node.key_pooled ? tree_->pool_ : tree_->source_}.substr(node.key_begin, node.key_size);
}

std::string_view JsonView::text() const
{
    if (!is(JsonKind::String))
        return {};
    auto const& node = tree_->nodes_[index_];
    return std::string_view{node.text_pooled ? tree_->pool_ : tree_->source_}.substr(node.text_begin, node.text_size);
}

bool JsonView::truth(bool otherwise) const
{
    return is(JsonKind::Boolean) ? raw() == "true" : otherwise;
}

double JsonView::number(double otherwise) const
{
    // Floating-point from_chars is missing in both libraries that we build with.
    return is(JsonKind::Number) ? std::strtod(std::string{raw()}.c_str(), nullptr) : otherwise;
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

JsonView::Children JsonView::children() const
{
    if (tree_ == nullptr)
        return {};
    return {.begin_ = {tree_, index_ + 1}, .end_ = {tree_, tree_->nodes_[index_].next}};
}

JsonView::Children::Iterator& JsonView::Children::Iterator::operator++()
{
    index_ = tree_->nodes_[index_].next;
    return *this;
}

std::string json_quote(std::string_view text)
{
    // Broken UTF-8 becomes U+FFFD instead of an exception.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace pev
