// The lines that an unfolded JSON tree shows: which nodes, in which order.
#pragma once

#include "shared/view/inspection.h"

#include "imgui.h"

#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pev::ui {

struct JsonRow {
    std::uint32_t node = 0;
    bool open = false;
    bool closing = false; // the bracket behind an open node's children
};

// The nodes of a section that the user has toggled. `base` is the number of its tree's root where a section shows several
// trees one after the other.
struct JsonToggles {
    std::set<std::pair<Section, std::uint32_t>> const& all;
    Section section = Section::Output;
    std::uint32_t base = 0;
    bool has(std::uint32_t node) const { return all.contains({section, base + node}); }
};

std::vector<JsonRow> rows_of(JsonTree const& tree, JsonToggles const& toggles);

// Makes them when something changed only.
class JsonRowsCache {
public:
    std::vector<JsonRow> const& rows(ImGuiID id, SharedJson const& tree, JsonToggles const& toggles);

private:
    struct Entry {
        SharedJson tree; // held, so that its address stands for it
        std::set<std::pair<Section, std::uint32_t>> toggled; // of its section
        std::vector<JsonRow> rows;
    };
    std::unordered_map<ImGuiID, Entry> entries_;
};

} // namespace pev::ui
