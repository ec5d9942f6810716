#include "shared/json/json_parser.h"

#include "shared/base/ascii.h"
#include "shared/base/eight_bytes.h"
#include "shared/base/text.h"
#include "shared/json/json_string.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace pev {

namespace {

    bool is_space(char c)
    {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    // What a number or a word is made of.
    bool is_word_part(char c)
    {
        return is_digit(c) || ((c | ' ') >= 'a' && (c | ' ') <= 'z') || c == '.' || c == '+' || c == '-';
    }

    // What does not simply stand for itself in a string.
    bool is_special(char c)
    {
        return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ';
    }

    // Where the part of a string that starts at `at` and simply stands for itself ends.
    std::size_t end_of_plain_text(std::string_view text, std::size_t at)
    {
        for (; at + EightBytes::kSize <= text.size(); at += EightBytes::kSize) {
            std::size_t const special = EightBytes{text.data() + at}.find('"', '\\', ' ');
            if (special < EightBytes::kSize)
                return at + special;
        }
        while (at < text.size() && !is_special(text[at]))
            ++at;
        return at;
    }

} // namespace

JsonParser::JsonParser(std::string text, int max_depth, std::size_t most_nodes)
    : max_depth_(max_depth), most_nodes_(most_nodes)
{
    static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    while (text.starts_with(kByteOrderMark)) {
        text.erase(0, kByteOrderMark.size());
        note_oddity(JsonOddity::ByteOrderMark, 0);
    }
    tree_.source_ = is_utf8(text) ? std::move(text) : repair_utf8(text);
    text_ = tree_.source_;
}

bool JsonParser::read_item(int depth)
{
    while (read_token()) {
        if (!wants_value_ && static_cast<int>(brackets_.size()) == depth)
            return true;
    }
    return false;
}

// Where a value is wanted, a scalar or the bracket that opens a container; otherwise a bracket that closes one, or a comma with the
// key behind it.
bool JsonParser::read_token()
{
    skip_space();
    bool const more = right_ && !has_too_many_nodes() && (wants_value_ || !brackets_.empty());
    if (more)
        right_ = wants_value_ ? read_value() : read_behind_value();
    return more && right_;
}

void JsonParser::forget_item()
{
    auto& node = tree_.nodes_[item_];
    node.next = item_ + 1;
    tree_.nodes_.resize(node.next);
    if (node.kind == JsonKind::Object || node.kind == JsonKind::Array)
        tree_.pool_.resize(node.text_begin);
}

Result<JsonTree> JsonParser::finish()
{
    if (text_.size() >= std::numeric_limits<std::uint32_t>::max())
        return Error{"a document of 4 GB or more"};
    while (read_token()) {}
    if (!right_ || !at_end())
        return Error{explain()};
    return std::move(tree_);
}

std::string JsonParser::explain() const
{
    if (at_end())
        return "JSON that ends too early";
    std::string_view const before = text_.substr(0, at_);
    auto const line_breaks = std::count(before.begin(), before.end(), '\n');
    std::string const near = one_line(repair_utf8(text_.substr(at_, 100)), 24);
    return "not valid JSON" + (line_breaks > 0 ? " in line " + std::to_string(line_breaks + 1) + "," : "") + " at byte "
        + std::to_string(at_ + 1) + (near.empty() ? "" : ", near '" + near + "'");
}

void JsonParser::skip_space()
{
    while (is_space(peek()))
        ++at_;
}

bool JsonParser::read_value()
{
    wants_value_ = false;
    std::size_t const begin = at_;
    switch (peek()) {
    case '{':
        return open(JsonKind::Object, '}');
    case '[':
        return open(JsonKind::Array, ']');
    case '"': {
        if (!read_string_token())
            return false;
        if (auto* const node = add(JsonKind::String, string_begin_)) {
            Text const text = keep_text();
            node->text_begin = text.begin;
            node->text_size = text.size;
            node->text_pooled = text.pooled;
        }
        return true;
    }
    case 't':
        return read_word("true", JsonKind::Boolean) || read_odd_word(begin);
    case 'f':
        return read_word("false", JsonKind::Boolean) || read_odd_word(begin);
    case 'n':
        return read_word("null", JsonKind::Null) || read_odd_word(begin);
    default:
        return read_number() || read_odd_word(begin);
    }
}

bool JsonParser::read_behind_value()
{
    if (peek() == brackets_.back()) {
        close();
        return true;
    }
    if (peek() != ',')
        return false;
    std::size_t const comma = at_++;
    skip_space();
    if (peek() == brackets_.back()) {
        std::size_t const bracket = std::exchange(at_, comma + 1);
        note_oddity(JsonOddity::Comma, comma);
        at_ = bracket;
        close();
        return true;
    }
    wants_value_ = true;
    return brackets_.back() == ']' || read_key();
}

bool JsonParser::read_key()
{
    skip_space();
    if (peek() != '"' || !read_string_token())
        return false;
    has_key_ = true;
    if (static_cast<int>(brackets_.size()) <= max_depth_)
        key_ = keep_text();
    skip_space();
    if (peek() != ':')
        return false;
    ++at_;
    return true;
}

bool JsonParser::read_word(std::string_view word, JsonKind kind)
{
    if (!text_.substr(at_).starts_with(word))
        return false;
    std::size_t const begin = at_;
    at_ += word.size();
    add(kind, begin);
    return true;
}

bool JsonParser::read_number()
{
    std::size_t const begin = at_;
    if (peek() == '-')
        ++at_;
    if (peek() == '0')
        ++at_;
    else if (!read_digits())
        return false;
    if (peek() == '.') {
        ++at_;
        if (!read_digits())
            return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++at_;
        if (peek() == '+' || peek() == '-')
            ++at_;
        if (!read_digits())
            return false;
    }
    if (is_word_part(peek()))
        return false;
    add(JsonKind::Number, begin);
    return true;
}

bool JsonParser::read_digits()
{
    bool const any = is_digit(peek());
    while (is_digit(peek()))
        ++at_;
    return any;
}

bool JsonParser::read_string_token()
{
    string_begin_ = at_;
    has_escapes_ = false;
    for (++at_;;) {
        at_ = end_of_plain_text(text_, at_);
        switch (peek()) {
        case '"':
            ++at_;
            return true;
        case '\\':
            has_escapes_ = true;
            if (!read_escape())
                return false;
            break;
        default: // a control character, or the end of the text
            if (at_end())
                return false;
            ++at_;
            note_oddity(JsonOddity::Control, at_ - 1);
        }
    }
}

bool JsonParser::read_escape()
{
    ++at_;
    if (at_end())
        return false;
    if (is_escape(text_.substr(at_)))
        at_ += peek() == 'u' ? 5 : 1;
    else
        note_oddity(JsonOddity::Escape, at_ - 1);
    return true;
}

bool JsonParser::open(JsonKind kind, char bracket)
{
    if (auto* const node = add(kind, at_)) {
        node->text_begin = static_cast<std::uint32_t>(tree_.pool_.size());
        open_.push_back(item_);
    }
    brackets_.push_back(bracket);
    ++at_;
    skip_space();
    if (peek() == bracket) {
        close();
        return true;
    }
    wants_value_ = true;
    return kind == JsonKind::Array || read_key();
}

void JsonParser::close()
{
    ++at_;
    brackets_.pop_back();
    if (static_cast<int>(brackets_.size()) > max_depth_)
        return;
    item_ = open_.back();
    open_.pop_back();
    auto& node = tree_.nodes_[item_];
    node.end = static_cast<std::uint32_t>(at_);
    node.next = static_cast<std::uint32_t>(tree_.nodes_.size());
}

JsonParser::Text JsonParser::keep_text()
{
    std::size_t const begin = string_begin_ + 1;
    std::size_t const size = at_ - begin - 1;
    if (!has_escapes_)
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size), false};
    std::size_t const pooled = tree_.pool_.size();
    append_unescaped(text_.substr(begin, size), tree_.pool_);
    return {static_cast<std::uint32_t>(pooled), static_cast<std::uint32_t>(tree_.pool_.size() - pooled), true};
}

JsonTree::Node* JsonParser::add(JsonKind kind, std::size_t begin)
{
    int const depth = static_cast<int>(brackets_.size());
    if (depth > 0 && depth - 1 <= max_depth_)
        ++tree_.nodes_[open_.back()].child_count;
    bool const with_key = std::exchange(has_key_, false);
    if (depth > max_depth_)
        return nullptr;
    item_ = static_cast<std::uint32_t>(tree_.nodes_.size());
    tree_.nodes_.push_back({.begin = static_cast<std::uint32_t>(begin),
        .end = static_cast<std::uint32_t>(at_),
        .next = item_ + 1,
        .child_count = 0,
        .key_begin = key_.begin,
        .key_size = key_.size,
        .text_begin = 0,
        .text_size = 0,
        .depth = static_cast<std::uint16_t>(std::min(depth, 0xFFFF)),
        .kind = kind,
        .has_key = with_key,
        .key_pooled = key_.pooled,
        .text_pooled = false});
    return &tree_.nodes_.back();
}

} // namespace pev
