#include "ui/inspector/json_rows.h"

namespace pev::ui {

std::vector<JsonRow> rows_of(JsonTree const& tree, JsonToggles const& toggles)
{
    std::vector<JsonRow> rows;
    std::vector<std::uint32_t> open; // containers that we are in
    auto const& nodes = tree.nodes();
    auto const close_before = [&](std::uint32_t node) {
        while (!open.empty() && nodes[open.back()].next <= node) {
            rows.push_back({.node = open.back(), .open = true, .closing = true});
            open.pop_back();
        }
    };
    auto const count = static_cast<std::uint32_t>(nodes.size());
    for (std::uint32_t node = 0; node < count;) {
        close_before(node);
        JsonTree::Node const& at = nodes[node];
        bool const is_container = at.kind == JsonKind::Array || at.kind == JsonKind::Object;
        // The root stands open, everything below folded, until toggled.
        bool const is_open = is_container && at.child_count > 0 && (node == 0) != toggles.has(node);
        rows.push_back({.node = node, .open = is_open, .closing = false});
        if (is_open)
            open.push_back(node);
        node = is_open ? node + 1 : at.next;
    }
    close_before(count);
    return rows;
}

std::vector<JsonRow> const& JsonRowsCache::rows(ImGuiID id, SharedJson const& tree, JsonToggles const& toggles)
{
    constexpr std::size_t kMaxEntries = 64;
    if (!entries_.contains(id) && entries_.size() >= kMaxEntries)
        entries_.clear();
    Entry& entry = entries_[id];
    if (entry.tree != tree || entry.toggled != toggles.all) {
        entry.tree = tree;
        entry.toggled = toggles.all;
        entry.rows = rows_of(*tree, toggles);
    }
    return entry.rows;
}

} // namespace pev::ui
