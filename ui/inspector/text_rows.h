// Breaks fixed-width text into rows: at its line breaks, and after so many characters.
#pragma once

#include "imgui.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pev::ui {

// The byte behind the row that starts at `from`. `columns`: characters to a row, 0 for no limit. Escape sequences take none.
std::size_t row_end(std::string_view text, std::size_t from, std::size_t columns);
// Where the row behind it starts; more than `text.size()` when there is none.
std::size_t next_row(std::string_view text, std::size_t end);
// At least one.
std::size_t count_rows(std::string_view text, std::size_t columns);

// Where the rows of longer texts start, worked out once.
class TextRowsCache {
public:
    // `id` stands for the place that shows the text, `revision` for the step's state.
    std::vector<std::uint32_t> const& starts(
        ImGuiID id, std::uint64_t revision, std::string_view text, std::size_t columns);

private:
    struct Entry {
        std::uint64_t revision = 0;
        char const* data = nullptr;
        std::size_t size = 0;
        std::size_t columns = 0;
        std::vector<std::uint32_t> starts;
    };
    std::unordered_map<ImGuiID, Entry> entries_;
};

} // namespace pev::ui
