// JSON's grammar, read into the nodes of a JsonTree.
//
// Source: RFC 8259; taken as well is what JSON.parse takes and RFC 8259 only warns of (half a surrogate pair in an escape), and what
// json_oddity.h lists.
// Used by: JsonTree. Why it is ours and no library's: docs/DESIGN.md#free-json-stays-text.
#pragma once

#include "shared/json/json_oddity.h"
#include "shared/json/json_tree.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

class JsonParser {
public:
    // See JsonTree::parse(). Reading ends where it would take more nodes than `most_nodes` at a time.
    JsonParser(std::string text, int max_depth, std::size_t most_nodes = kAnyNumber);
    // It looks into its own text.
    JsonParser(JsonParser const&) = delete;
    JsonParser& operator=(JsonParser const&) = delete;

    // Reads on to the end of the next value of level `depth`. False where there is none any more, or what follows is no JSON.
    bool read_item(int depth);
    // That value, until reading goes on.
    JsonView item() const { return tree_.at(item_); }
    // The container of level `depth` that the value stands in; as far as it was read.
    JsonView around_item(int depth) const { return tree_.at(open_[static_cast<std::size_t>(depth)]); }
    // Drops the nodes inside that value: a list of a hundred thousand items is looked at one by one.
    void forget_item();

    // How far the text was read, and how much there is; bytes.
    std::size_t position() const { return at_; }
    std::size_t size() const { return text_.size(); }

    bool has_too_many_nodes() const { return tree_.nodes_.size() > most_nodes_; }

    // What was no JSON so far, and taken all the same. Places are kept of the first few of each kind, unless asked for.
    JsonOddities const& oddities() const { return oddities_; }
    void keep_all_oddities() { oddities_.most = kAnyNumber; }

    // Reads what is left.
    Result<JsonTree> finish();

private:
    static constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

    bool at_end() const { return at_ == text_.size(); }
    // Behind the last byte stands a zero, as in every std::string: the end needs no check of its own.
    char peek() const { return *(text_.data() + at_); }
    bool read_token();
    std::string explain() const;
    void skip_space();

    // Each returns false at the byte that is wrong. A value is a scalar or the bracket that opens a container.
    bool read_value();
    bool read_behind_value();
    bool read_key();
    bool read_word(std::string_view word, JsonKind kind);
    bool read_number();
    bool read_odd_word(std::size_t begin);
    bool read_digits();
    bool read_string_token();
    bool read_escape();
    bool open(JsonKind kind, char bracket);
    void close();

    struct Text {
        std::uint32_t begin;
        std::uint32_t size;
        bool pooled;
    };
    // The text of the string that was read last, decoded.
    Text keep_text();
    // That what stands from `begin` to here is one.
    void note_oddity(JsonOddity oddity, std::size_t begin);
    std::string path() const; // of the value that is being read
    JsonTree::Node* add(JsonKind kind, std::size_t begin);

    JsonTree tree_;
    std::string_view text_; // its source
    int max_depth_;
    std::size_t most_nodes_;
    std::size_t at_ = 0;
    bool right_ = true; // so far
    std::uint32_t item_ = 0; // node of the value that ended last
    bool wants_value_ = true;
    std::vector<char> brackets_; // that close the containers being read
    std::vector<std::uint32_t> open_; // nodes of those down to max_depth_
    JsonOddities oddities_;

    // The string that was read last.
    std::size_t string_begin_ = 0; // its quote
    bool has_escapes_ = false;

    // The key that waits for its value.
    bool has_key_ = false;
    Text key_{};
};

} // namespace pev
