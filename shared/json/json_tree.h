// A JSON text, parsed once into a flat list of nodes that point back into the text.
//
// Used by: the decoders and whatever reads free JSON for its meaning (shared/view/inspection.h), which walk it by key.
// The inspector's tree of inputs and outputs is listed by shared/view/json_outline.h instead. Every node knows its
// exact source text, so numbers stay as the server wrote them (9007199254740993, 1e-320) and a value that nobody has
// looked at yet is kept as that text. The grammar is read by JsonParser.
#pragma once

#include "shared/base/result.h"
#include "shared/json/json_oddity.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// The exact text of a JSON value; empty where the document had no such key.
using JsonText = std::string;

class JsonView;

class JsonTree {
public:
    static constexpr int kAllLevels = std::numeric_limits<int>::max();

    // One value. Nodes stand in document order; the children of node i are those of `depth` one more
    // between i + 1 and nodes()[i].next.
    struct Node {
        std::uint32_t begin; // of the value's source text, bytes
        std::uint32_t end;
        std::uint32_t next; // index of the first node behind this one's subtree
        std::uint32_t child_count;
        std::uint32_t key_begin; // into the source or, where it had escapes, the pool
        std::uint32_t key_size;
        std::uint32_t
            text_begin; // of a string's decoded text, likewise; of a container: where the pool ended before it
        std::uint32_t text_size;
        std::uint16_t depth; // the root has 0
        JsonKind kind;
        bool has_key : 1;
        bool key_pooled : 1;
        bool text_pooled : 1;
    };

    JsonTree() = default;

    // Takes the text over. What is deeper than `max_depth` is checked but gets no nodes. Broken UTF-8, and half a surrogate
    // pair in decoded text, is replaced by U+FFFD rather than refused: a log line may hold anything.
    // Fails on text of which it can't be known what it means, with the place, and on texts of 4 GB and more.
    static Result<JsonTree> parse(std::string text, int max_depth = kAllLevels);

    JsonView root() const;
    JsonView at(std::size_t index) const;
    std::vector<Node> const& nodes() const { return nodes_; }
    std::string const& source() const { return source_; }

private:
    friend class JsonView;
    friend class JsonParser;
    std::string_view text_at(std::uint32_t begin, std::uint32_t size, bool pooled) const;
    std::string source_;
    std::string pool_; // decoded texts
    std::vector<Node> nodes_;
};

// A node seen through its tree. A default view stands for a value that is not there: it is false, has no kind
// but Null, no text and no children, so that reading a path of keys needs no checks on the way.
class JsonView {
public:
    JsonView() = default;
    JsonView(JsonTree const& tree, std::size_t index) : tree_(&tree), index_(static_cast<std::uint32_t>(index)) {}

    explicit operator bool() const { return tree_ != nullptr; }
    JsonKind kind() const;
    bool is(JsonKind wanted) const { return tree_ != nullptr && kind() == wanted; }
    // Absent or null.
    bool is_nothing() const { return tree_ == nullptr || kind() == JsonKind::Null; }

    std::string_view raw() const; // source text
    std::string_view key() const; // decoded
    std::string_view text() const; // decoded; empty where the value is no string
    // Of a boolean or a number, also of one in quotes. NaN, Infinity and hexadecimal numbers are none to count with.
    bool truth(bool otherwise = false) const;
    double number(double otherwise = 0) const;
    std::size_t size() const; // members or items
    std::uint32_t index() const { return index_; }

    // The member with this key; where it stands twice, the last, as in JSON.parse.
    JsonView operator[](std::string_view key) const;

    // The member with the first of two keys that is there: the wire says camelCase, but database rows slip through as
    // snake_case.
    JsonView either(std::string_view camel, std::string_view snake) const;

    class Children {
    public:
        class Iterator {
        public:
            using value_type = JsonView;
            using difference_type = std::ptrdiff_t;
            Iterator() = default;
            Iterator(JsonTree const* tree, std::uint32_t index) : tree_(tree), index_(index) {}
            JsonView operator*() const { return {*tree_, index_}; }
            Iterator& operator++();
            void operator++(int) { ++*this; }
            bool operator==(Iterator const& other) const { return index_ == other.index_; }

        private:
            JsonTree const* tree_ = nullptr;
            std::uint32_t index_ = 0;
        };
        Iterator begin() const { return begin_; }
        Iterator end() const { return end_; }
        Iterator begin_;
        Iterator end_;
    };
    Children children() const;

private:
    JsonTree const* tree_ = nullptr;
    std::uint32_t index_ = 0;
};

// Small, and called for every value of a run document: inline.

inline std::string_view JsonTree::text_at(std::uint32_t begin, std::uint32_t size, bool pooled) const
{
    return std::string_view{pooled ? pool_ : source_}.substr(begin, size);
}

inline JsonView JsonTree::at(std::size_t index) const
{
    return index < nodes_.size() ? JsonView{*this, index} : JsonView{};
}

inline JsonKind JsonView::kind() const
{
    return tree_ == nullptr ? JsonKind::Null : tree_->nodes_[index_].kind;
}

inline std::string_view JsonView::raw() const
{
    if (tree_ == nullptr)
        return {};
    auto const& node = tree_->nodes_[index_];
    return std::string_view{tree_->source_}.substr(node.begin, node.end - node.begin);
}

inline std::string_view JsonView::key() const
{
    if (tree_ == nullptr || !tree_->nodes_[index_].has_key)
        return {};
    auto const& node = tree_->nodes_[index_];
    return tree_->text_at(node.key_begin, node.key_size, node.key_pooled);
}

inline std::string_view JsonView::text() const
{
    if (!is(JsonKind::String))
        return {};
    auto const& node = tree_->nodes_[index_];
    return tree_->text_at(node.text_begin, node.text_size, node.text_pooled);
}

inline JsonView::Children::Iterator& JsonView::Children::Iterator::operator++()
{
    index_ = tree_->nodes_[index_].next;
    return *this;
}

inline JsonView::Children JsonView::children() const
{
    if (tree_ == nullptr)
        return {};
    return {.begin_ = {tree_, index_ + 1}, .end_ = {tree_, tree_->nodes_[index_].next}};
}

// `text` as a JSON string, quotes included.
std::string json_quote(std::string_view text);

} // namespace pev
