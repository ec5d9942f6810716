// A JSON text as something to unfold: which rows show what of it.
//
// Only what is open is looked at, and no more than a few megabytes at a time: a row costs nothing before somebody can see it,
// and a text of any size is there at once. The text is known to be JSON (shared/json has parsed the document that it came
// with); with any other the rows make no sense, and that is all. Large arrays and objects are shown in pages.
// Values stay the text that the server wrote.
#pragma once

#include "shared/json/json_tree.h" // JsonKind

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pev {

// A value's place in the text, and its key's where it is a member of an object. Bytes; strings and keys with their quotes.
struct JsonItem {
    std::uint32_t key_begin = 0;
    std::uint32_t key_end = 0; // no key: key_begin
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t count = 0; // of children
    JsonKind kind = JsonKind::Null;

    bool has_key() const { return key_end > key_begin; }
    bool is_container() const { return kind == JsonKind::Array || kind == JsonKind::Object; }
    std::uint32_t first() const { return has_key() ? key_begin : begin; }
};
// The text's only value.
JsonItem json_root(std::string_view text);

// Names what can be folded, from the keys and indices that lead to it: the same when the text around it has changed.
using JsonNodeId = std::uint64_t;

// Lists the children of a container, as many bytes at a time as it is given.
class JsonLister {
public:
    // From the first child on; `container` is where its bracket stands. Or from one of its children.
    explicit JsonLister(std::uint32_t container) : at_(container + 1) {}
    static JsonLister from_child(std::uint32_t first) { return JsonLister{first - 1}; }

    // The next child. False at the end (then done() is true) and when `budget` bytes have been looked at.
    bool next(std::string_view text, std::size_t& budget, JsonItem& item);
    bool done() const { return done_; }

private:
    void begin_value(std::string_view text);
    bool skip_container(std::string_view text, std::size_t& budget);

    std::uint32_t at_;
    std::uint32_t depth_ = 0; // below the container
    bool done_ = false;
    JsonItem item_; // that is being read
};

struct JsonRow {
    enum class Kind : std::uint8_t {
        Value, // or the head of an open container or string
        Close, // the bracket behind its children
        Page, // a part of the children of a large container
        Text, // more of an open string
        Pending, // more is being looked for
    };
    Kind kind = Kind::Value;
    bool folds = false; // can be opened, or is
    bool open = false;
    std::uint16_t depth = 0;
    std::uint32_t parent = 0; // row of what this is in; the root's is itself
    std::uint32_t index = 0; // of an array's item; of the first child of a page
    std::uint32_t count = 0; // children of a page
    JsonItem item = {}; // of Value and Close
    std::uint32_t text_begin = 0; // the part of a string that stands in this row
    std::uint32_t text_end = 0;
    JsonNodeId id = 0;
};

class JsonOutline {
public:
    struct Wanted {
        std::set<JsonNodeId> const& toggled; // the root stands open, all else folded, until toggled
        JsonNodeId root = 0; // its id
        std::size_t columns = 0; // that a row has, with its indentation
        std::optional<std::uint32_t> reveal = {}; // a byte of the text that is to be in a row
    };
    // `revision` counts changes of the text. False while there is more to find out: call again in the next frame.
    bool update(std::string_view text, std::uint64_t revision, Wanted const& wanted);

    std::vector<JsonRow> const& rows() const { return rows_; }
    // What has to be toggled so that the byte to reveal stays in sight.
    std::vector<JsonNodeId> const& opened() const { return opened_; }
    // The innermost row that holds a byte of the text.
    std::size_t row_of(std::uint32_t byte) const;

private:
    // The children of an open container or of one of its pages, as far as they have been listed.
    struct Children {
        JsonLister lister;
        std::vector<JsonItem> items;
        std::vector<std::uint32_t> starts; // of every hundredth child
        std::uint32_t count = 0;
    };
    struct Walk;
    class Builder;

    std::unordered_map<std::uint64_t, Children> known_; // by the place of the container, or of a page's first child
    std::vector<JsonRow> rows_;
    std::vector<JsonNodeId> opened_;
    // What the rows were made for.
    std::uint64_t revision_ = 0;
    std::size_t size_ = 0;
    std::set<JsonNodeId> toggled_;
    JsonNodeId root_ = 0;
    std::size_t columns_ = 0;
    std::optional<std::uint32_t> reveal_;
    bool complete_ = false;
};

// How far a row's text is indented: three columns a level, up to half of the room.
std::size_t json_indent(JsonRow const& row, std::size_t columns);
// What stands before a row's value: the key without its quotes, an array's index, "100 … 199".
std::string json_label(std::string_view text, std::vector<JsonRow> const& rows, std::size_t row);
// "$.items[3].name"
std::string json_path(std::string_view text, std::vector<JsonRow> const& rows, std::size_t row);
// A value to take elsewhere: a string's characters, an object or array as JSON, everything else as the server wrote it.
std::string json_value(std::string_view raw);
// For a closed section: "object · 4 keys · 1.1 KB", "false", "\"short text\"", "null", "none".
std::string summarize_json(std::string_view text);

} // namespace pev
