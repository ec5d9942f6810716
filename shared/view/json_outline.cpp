#include "shared/view/json_outline.h"

#include "shared/base/text.h"
#include "shared/view/cells.h"
#include "shared/view/format.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace pev {

namespace {

    constexpr std::uint32_t kUnpaged = 200; // children that are listed without pages
    constexpr std::uint32_t kStride = 100;
    constexpr std::uint32_t kMostPages = 1'000;

    bool is_space(char c)
    {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    bool ends_scalar(char c)
    {
        return c == ',' || c == ']' || c == '}' || is_space(c);
    }

    std::uint32_t as_place(std::size_t at)
    {
        return static_cast<std::uint32_t>(at);
    }

    // Behind the string that begins with the quote at `at`.
    std::size_t skip_string(std::string_view text, std::size_t at)
    {
        for (std::size_t quote = text.find('"', at + 1); quote != std::string_view::npos;
            quote = text.find('"', quote + 1)) {
            std::size_t backslashes = 0;
            while (quote - backslashes > at + 1 && text[quote - backslashes - 1] == '\\')
                ++backslashes;
            if (backslashes % 2 == 0)
                return quote + 1;
        }
        return text.size();
    }

    std::size_t skip_scalar(std::string_view text, std::size_t at)
    {
        if (at < text.size() && text[at] == '"')
            return skip_string(text, at);
        std::size_t end = at;
        while (end < text.size() && !ends_scalar(text[end]))
            ++end;
        return std::max(end, std::min(at + 1, text.size()));
    }

    // Of the value that `text` begins with.
    JsonKind kind_of(std::string_view text)
    {
        char const first = text.front();
        if (first == '{' || first == '[')
            return first == '{' ? JsonKind::Object : JsonKind::Array;
        if (first == '"')
            return JsonKind::String;
        bool const is_word = (first | ' ') >= 'a' && (first | ' ') <= 'z';
        auto const word = is_word ? odd_word(text.substr(0, skip_scalar(text, 0))) : std::nullopt;
        return word ? word->kind : JsonKind::Number;
    }

    // What stands before the bracket at `at`, without spaces.
    char last_before(std::string_view text, std::size_t at)
    {
        while (at > 0 && is_space(text[at - 1]))
            --at;
        return at > 0 ? text[at - 1] : ' ';
    }

    JsonNodeId mix(JsonNodeId parent, std::string_view key)
    {
        JsonNodeId hash = (parent ^ 0xCBF29CE484222325U) * 0x100000001B3U;
        for (char const c : key)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        return hash;
    }
    JsonNodeId mix(JsonNodeId parent, std::uint32_t number)
    {
        return mix(parent, std::string_view{"#"}) * 0x9E3779B97F4A7C15U + number;
    }

    // Children to a page: hundreds, or so many that the pages themselves can be overlooked.
    std::uint32_t page_size(std::uint32_t count)
    {
        std::uint32_t size = kStride;
        while (count / size >= kMostPages)
            size *= 10;
        return size;
    }

    // Where a row of an open string ends: when it is full, or behind a "\n" of the text that it stands for.
    std::size_t string_row_end(std::string_view text, std::size_t from, std::size_t end, std::size_t columns)
    {
        std::size_t const full = from + byte_at(text.substr(from, std::min(end - from, columns * 4 + 4)), columns);
        std::size_t const until = std::max(std::min(full, end), std::min(from + 1, end));
        std::string_view const row = text.substr(from, until - from);
        for (std::size_t at = row.find('\\'); at != std::string_view::npos; at = row.find('\\', at + 2)) {
            if (at + 1 == row.size() && at > 0)
                return from + at; // an escape is not torn apart
            if (from + at + 1 < end && text[from + at + 1] == 'n')
                return from + at + 2;
        }
        return until;
    }

} // namespace

JsonItem json_root(std::string_view text)
{
    std::size_t begin = 0;
    while (begin < text.size() && is_space(text[begin]))
        ++begin;
    std::size_t end = text.size();
    while (end > begin && is_space(text[end - 1]))
        --end;
    JsonItem root{.begin = as_place(begin), .end = as_place(end)};
    root.key_begin = root.key_end = root.begin;
    root.kind = begin < end ? kind_of(text.substr(begin)) : JsonKind::Null;
    return root;
}

bool JsonLister::next(std::string_view text, std::size_t& budget, JsonItem& item)
{
    if (depth_ == 0) {
        while (at_ < text.size() && (is_space(text[at_]) || text[at_] == ','))
            ++at_;
        if (at_ >= text.size() || text[at_] == ']' || text[at_] == '}') {
            done_ = true;
            return false;
        }
        if (budget == 0)
            return false;
        begin_value(text);
    }
    if (depth_ > 0 && !skip_container(text, budget))
        return false;
    item_.end = at_;
    item = item_;
    std::size_t const size = item_.end - item_.first();
    budget -= item_.is_container() ? 0 : std::min(budget, size);
    return true;
}

void JsonLister::begin_value(std::string_view text)
{
    item_ = {};
    item_.key_begin = item_.key_end = at_;
    auto const skip = [&] {
        while (at_ < text.size() && (is_space(text[at_]) || text[at_] == ':'))
            ++at_;
    };
    if (text[at_] == '"') { // a key, or an item that is a string
        auto const end = as_place(skip_string(text, at_));
        std::uint32_t after = end;
        while (after < text.size() && is_space(text[after]))
            ++after;
        if (after < text.size() && text[after] == ':') {
            item_.key_end = end;
            at_ = after;
            skip();
        }
    }
    item_.begin = at_;
    if (at_ >= text.size())
        return;
    item_.kind = kind_of(text.substr(at_));
    if (item_.is_container()) {
        ++at_;
        depth_ = 1;
    } else {
        at_ = as_place(skip_scalar(text, at_));
    }
}

// On from within a child that is a container, to behind it; counts its own children on the way.
bool JsonLister::skip_container(std::string_view text, std::size_t& budget)
{
    std::size_t const from = at_;
    std::size_t const until = std::min(text.size(), from + std::max<std::size_t>(1, budget));
    std::size_t at = from;
    while (at < until && depth_ > 0) {
        char const c = text[at];
        if (depth_ == 1 && item_.count == 0 && !is_space(c) && c != ']' && c != '}')
            item_.count = 1;
        if (c == '"') {
            at = skip_string(text, at);
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth_;
        } else if (c == '}' || c == ']') {
            if (--depth_ == 0 && last_before(text, at) == ',')
                --item_.count; // nothing stands behind it
        } else if (c == ',' && depth_ == 1) {
            ++item_.count;
        }
        ++at;
    }
    at_ = as_place(at);
    budget -= std::min(budget, at - from);
    if (at >= text.size())
        depth_ = 0; // no JSON
    return depth_ == 0;
}

// A part of the outline that rows are being made of.
struct JsonOutline::Walk {
    Children* children = nullptr;
    JsonItem container = {};
    JsonNodeId id = 0;
    std::uint32_t row = 0; // of the container or page
    std::uint32_t next = 0; // child, counted from the first of `children`
    std::uint32_t first = 0; // its index in the container
    std::uint32_t wanted = 0; // children
    std::uint16_t depth = 0; // of the children
    bool pages = false;
    bool closes = false; // with a bracket
};

class JsonOutline::Builder {
public:
    Builder(JsonOutline& outline, std::string_view text, Wanted const& wanted)
        : outline_(outline), text_(text), wanted_(wanted)
    {
    }

    // False while there is more to find out.
    bool build()
    {
        JsonItem root = json_root(text_);
        if (root.is_container()) {
            Children const& children = list(root.begin, kUnpaged);
            root.count = children.count;
        }
        add_value(root, 0, 0, wanted_.root, true);
        while (!walks_.empty())
            step();
        return complete_;
    }

private:
    static constexpr std::size_t kDeepest = 300;

    // Lists more of a container's children, or of a page's, keeping `kept` of them.
    Children& list(std::uint32_t place, std::uint32_t kept, std::uint32_t most = 0)
    {
        std::uint64_t const key = std::uint64_t{place} << 1U | (most > 0 ? 1U : 0U);
        auto const [at, is_new] = outline_.known_.try_emplace(
            key, Children{most > 0 ? JsonLister::from_child(place) : JsonLister{place}, {}, {}, 0});
        Children& children = at->second;
        JsonItem item;
        while ((most == 0 || children.count < most) && children.lister.next(text_, budget_, item)) {
            if (most == 0 && children.count % kStride == 0)
                children.starts.push_back(item.first());
            if (children.count < kept)
                children.items.push_back(item);
            ++children.count;
        }
        if (!finished(children, most))
            complete_ = false;
        return children;
    }

    static bool finished(Children const& children, std::uint32_t most)
    {
        return children.lister.done() || (most > 0 && children.count >= most);
    }

    bool reveals(std::uint32_t begin, std::uint32_t end) const
    {
        return wanted_.reveal && *wanted_.reveal >= begin && *wanted_.reveal < end;
    }

    bool is_open(JsonNodeId id, bool from_the_start, bool revealed)
    {
        bool const open = from_the_start != wanted_.toggled.contains(id);
        if (!open && revealed)
            outline_.opened_.push_back(id);
        return open || revealed;
    }

    void add_value(JsonItem const& item, std::uint32_t index, std::uint32_t parent, JsonNodeId id, bool root = false)
    {
        std::uint16_t const depth = root ? 0 : walks_.back().depth;
        auto const number = static_cast<std::uint32_t>(outline_.rows_.size());
        JsonRow row{.depth = depth, .parent = root ? number : parent, .index = index, .item = item, .id = id};
        row.text_begin = item.begin;
        row.text_end = item.end;
        if (item.kind == JsonKind::String) {
            add_string(row);
            return;
        }
        bool const revealed = reveals(item.begin + 1, item.end) && walks_.size() < kDeepest;
        bool const counting = root && !complete_;
        row.folds = item.is_container() && (item.count > 0 || counting);
        row.open = row.folds && is_open(id, root, revealed);
        outline_.rows_.push_back(row);
        if (row.open)
            enter(item, id, number, static_cast<std::uint16_t>(depth + 1));
    }

    void enter(JsonItem const& container, JsonNodeId id, std::uint32_t row, std::uint16_t depth)
    {
        Children& children = list(container.begin, kUnpaged);
        Walk walk{.children = &children, .container = container, .id = id, .row = row, .depth = depth, .closes = true};
        walk.pages = children.lister.done() && children.count > kUnpaged;
        walk.wanted = children.count;
        walks_.push_back(walk);
    }

    void add_string(JsonRow row)
    {
        std::size_t label = row.item.key_end - row.item.key_begin;
        if (label == 0 && row.depth > 0)
            label = std::to_string(row.index).size() + 2;
        std::size_t const indent = json_indent(row, wanted_.columns);
        std::size_t const room = std::max<std::size_t>(
            8, wanted_.columns - std::min(wanted_.columns, indent + std::min(label, wanted_.columns / 2)));
        std::size_t const first = string_row_end(text_, row.text_begin, row.item.end, room);
        row.folds = first < row.item.end;
        row.open = row.folds && is_open(row.id, false, reveals(as_place(first), row.item.end));
        if (row.open)
            row.text_end = as_place(first);
        outline_.rows_.push_back(row);
        if (!row.open)
            return;
        JsonRow more = row;
        more.kind = JsonRow::Kind::Text;
        more.folds = more.open = false;
        more.parent = static_cast<std::uint32_t>(outline_.rows_.size() - 1);
        ++more.depth;
        std::size_t const full = std::max<std::size_t>(8, wanted_.columns - json_indent(more, wanted_.columns));
        for (std::size_t at = first; at < row.item.end;) {
            std::size_t const end = string_row_end(text_, at, row.item.end, full);
            more.text_begin = as_place(at);
            more.text_end = as_place(end);
            outline_.rows_.push_back(more);
            at = end;
        }
    }

    void add_page(Walk& walk)
    {
        std::uint32_t const size = page_size(walk.wanted);
        std::uint32_t const first = walk.next;
        std::uint32_t const count = std::min(size, walk.wanted - first);
        walk.next += count;
        std::vector<std::uint32_t> const& starts = walk.children->starts;
        std::uint32_t const begin = starts[first / kStride];
        std::uint32_t const end = walk.next < walk.wanted ? starts[walk.next / kStride] : walk.container.end;
        JsonRow row{.kind = JsonRow::Kind::Page, .folds = true, .depth = walk.depth, .parent = walk.row};
        row.index = first;
        row.count = count;
        row.id = mix(mix(walk.id, std::string_view{"page"}), first);
        row.item = {.key_begin = begin, .key_end = begin, .begin = begin, .end = end};
        row.open = is_open(row.id, false, reveals(begin, end));
        auto const number = static_cast<std::uint32_t>(outline_.rows_.size());
        outline_.rows_.push_back(row);
        if (!row.open)
            return;
        Children& children = list(begin, count, count);
        walks_.push_back({.children = &children,
            .container = walk.container,
            .id = walk.id,
            .row = number,
            .first = first,
            .wanted = std::min(count, children.count),
            .depth = static_cast<std::uint16_t>(walk.depth + 1)});
    }

    // The next child of the innermost open container, or its end.
    void step()
    {
        Walk& walk = walks_.back();
        std::uint32_t const listed = walk.pages ? walk.wanted : as_place(walk.children->items.size());
        if (walk.next < std::min(walk.wanted, listed)) {
            if (walk.pages)
                return add_page(walk);
            std::uint32_t const child = walk.next++;
            JsonItem const item = walk.children->items[child];
            std::uint32_t const index = walk.first + child;
            JsonNodeId const id = item.has_key()
                ? mix(walk.id, text_.substr(item.key_begin, item.key_end - item.key_begin))
                : mix(walk.id, index);
            return add_value(item, index, walk.row, id);
        }
        bool const whole = walk.closes ? walk.children->lister.done() : walk.wanted == outline_.rows_[walk.row].count;
        if (!whole)
            outline_.rows_.push_back({.kind = JsonRow::Kind::Pending,
                .depth = walk.depth,
                .parent = walk.row,
                .count = walk.first + walk.children->count});
        if (walk.closes)
            outline_.rows_.push_back({.kind = JsonRow::Kind::Close,
                .open = true,
                .depth = static_cast<std::uint16_t>(walk.depth - 1),
                .parent = walk.row,
                .item = walk.container});
        walks_.pop_back();
    }

    JsonOutline& outline_;
    std::string_view text_;
    Wanted const& wanted_;
    std::vector<Walk> walks_;
    std::size_t budget_ = 4u << 20; // bytes to look at in one go
    bool complete_ = true;
};

bool JsonOutline::update(std::string_view text, std::uint64_t revision, Wanted const& wanted)
{
    bool const same_text = revision == revision_ && text.size() == size_;
    bool const same_rows
        = columns_ == wanted.columns && root_ == wanted.root && reveal_ == wanted.reveal && toggled_ == wanted.toggled;
    if (same_text && same_rows && complete_)
        return true;
    constexpr std::size_t kMostKnown = 20'000;
    if (!same_text || known_.size() > kMostKnown)
        known_.clear();
    revision_ = revision;
    size_ = text.size();
    columns_ = wanted.columns;
    root_ = wanted.root;
    reveal_ = wanted.reveal;
    toggled_ = wanted.toggled;
    rows_.clear();
    opened_.clear();
    complete_ = Builder{*this, text, wanted}.build();
    return complete_;
}

std::size_t JsonOutline::row_of(std::uint32_t byte) const
{
    std::size_t found = 0;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        JsonRow const& at = rows_[row];
        bool const text = at.kind == JsonRow::Kind::Text;
        std::uint32_t const begin = text ? at.text_begin : at.item.first();
        std::uint32_t const end = text ? at.text_end : at.item.end;
        if (at.kind != JsonRow::Kind::Close && at.kind != JsonRow::Kind::Pending && byte >= begin && byte < end)
            found = row;
    }
    return found;
}

std::size_t json_indent(JsonRow const& row, std::size_t columns)
{
    return std::min<std::size_t>(std::size_t{3} * row.depth, columns / 2);
}

std::string json_label(std::string_view text, std::vector<JsonRow> const& rows, std::size_t row)
{
    constexpr std::size_t kLongest = 1'000; // bytes
    JsonRow const& at = rows[row];
    if (at.kind == JsonRow::Kind::Page)
        return format_count(at.index) + " … " + format_count(at.index + at.count - 1);
    if (at.kind != JsonRow::Kind::Value)
        return {};
    if (!at.item.has_key())
        return at.depth == 0 ? std::string{} : std::to_string(at.index);
    std::string_view const key = text.substr(at.item.key_begin, at.item.key_end - at.item.key_begin);
    return std::string{key.size() > 2 ? key.substr(1, std::min(kLongest, key.size() - 2)) : key};
}

std::string json_path(std::string_view text, std::vector<JsonRow> const& rows, std::size_t row)
{
    auto const is_name = [](std::string_view key) {
        return !key.empty() && (key.front() < '0' || key.front() > '9')
            && std::all_of(key.begin(), key.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                       || c == '$';
               });
    };
    std::vector<std::string> parts;
    for (std::size_t at = row; rows[at].parent != at; at = rows[at].parent) {
        JsonRow const& in = rows[at];
        if (in.kind != JsonRow::Kind::Value)
            continue;
        std::string_view const key = text.substr(in.item.key_begin, in.item.key_end - in.item.key_begin);
        if (key.empty())
            parts.push_back("[" + std::to_string(in.index) + "]");
        else if (is_name(key.substr(1, key.size() - 2)))
            parts.push_back("." + std::string{key.substr(1, key.size() - 2)});
        else
            parts.push_back("[" + std::string{key} + "]");
    }
    std::string path = "$";
    for (auto const& part : std::ranges::reverse_view(parts))
        path += part;
    return path;
}

std::string json_value(std::string_view raw)
{
    if (raw.starts_with('"')) {
        if (auto const tree = JsonTree::parse(std::string{raw}))
            return std::string{tree->root().text()};
    }
    return json_root(raw).is_container() ? valid_json(raw) : std::string{raw};
}

std::string summarize_json(std::string_view text)
{
    constexpr std::size_t kCharacters = 60;
    constexpr std::size_t kCountedBytes = 1u << 20; // more is not worth the time
    if (text.empty())
        return "none";
    JsonItem const root = json_root(text);
    if (!root.is_container())
        return one_line(text, kCharacters);
    bool const object = root.kind == JsonKind::Object;
    std::string summary = object ? "object · " : "array · ";
    if (text.size() <= kCountedBytes) {
        JsonLister lister{root.begin};
        JsonItem item;
        std::size_t count = 0;
        for (std::size_t budget = kCountedBytes + 1; lister.next(text, budget, item);)
            ++count;
        std::string_view const one = object ? "key" : "item";
        summary += format_count(count) + " " + std::string{one} + (count == 1 ? " · " : "s · ");
    }
    return summary + format_bytes(text.size());
}

} // namespace pev
