#include "shared/view/log_rows.h"

#include "shared/view/cells.h"
#include "shared/view/text_rows.h"

#include <algorithm>

namespace pev {

bool LogRows::update(LogBuffer const& log, LogLines const& lines, std::size_t columns)
{
    constexpr std::size_t kBytesAtATime = 8u << 20;
    if (lines.generation() != generation_ || columns != columns_) {
        generation_ = lines.generation();
        columns_ = columns;
        lines_ = first_line_ = lines.first();
        dropped_extra_ = 0;
        widest_ = 0;
        tall_.clear();
        placed_ = {};
    }
    forget_dropped(lines.first());
    ShownText shown;
    for (std::size_t bytes = 0; lines_ < lines.end() && bytes < kBytesAtATime; ++lines_) {
        std::string_view const text = log[lines[lines_]].text;
        bytes += text.size() + 1;
        look_at(shown.of(text));
    }
    return lines_ == lines.end();
}

void LogRows::forget_dropped(std::size_t first_line)
{
    auto const held = std::ranges::lower_bound(tall_, first_line, {}, &Tall::index);
    dropped_extra_ = extra_before(static_cast<std::size_t>(held - tall_.begin()));
    tall_.erase(tall_.begin(), held);
    first_line_ = first_line;
    lines_ = std::max(lines_, first_line); // some may never have been looked at
}

void LogRows::look_at(std::string_view shown)
{
    std::size_t rows = 0;
    if (is_plain(shown)) {
        widest_ = std::max(widest_, shown.size());
        rows = count_rows(shown, columns_ == 0 ? shown.size() + 1 : columns_);
    } else {
        for (std::size_t begin = 0; begin <= shown.size(); ++rows) {
            std::size_t const end = row_end(shown, begin, columns_);
            widest_ = std::max(widest_, count_columns(shown.substr(begin, end - begin)));
            begin = next_row(shown, end);
        }
    }
    if (rows > 1)
        tall_.push_back({lines_, rows - 1 + extra_before(tall_.size())});
}

LogRows::Row LogRows::line_at(std::size_t row) const
{
    row += dropped();
    // The last tall line that starts at or above the row.
    std::size_t low = 0;
    std::size_t high = tall_.size();
    while (low < high) {
        std::size_t const middle = low + (high - low) / 2;
        if (tall_[middle].index + extra_before(middle) <= row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return {.index = row - dropped_extra_};
    Tall const& tall = tall_[low - 1];
    if (row > tall.index + tall.extra_through)
        return {.index = row - tall.extra_through};
    return {.index = tall.index, .part = row - tall.index - extra_before(low - 1)};
}

void LogRows::place(Row& row, std::string_view shown)
{
    bool const goes_on = placed_.index == row.index && placed_.part <= row.part && placed_.end <= shown.size();
    std::size_t part = goes_on ? placed_.part : 0;
    std::size_t begin = goes_on ? placed_.begin : 0;
    for (; part < row.part; ++part)
        begin = next_row(shown, row_end(shown, begin, columns_));
    row.begin = std::min(begin, shown.size());
    row.end = row_end(shown, row.begin, columns_);
    placed_ = row;
}

std::size_t LogRows::row_of(std::size_t index, std::size_t byte, std::string_view shown) const
{
    auto const tall = std::lower_bound(
        tall_.begin(), tall_.end(), index, [](Tall const& at, std::size_t wanted) { return at.index < wanted; });
    std::size_t row = index + extra_before(static_cast<std::size_t>(tall - tall_.begin())) - dropped();
    if (tall == tall_.end() || tall->index != index)
        return row;
    for (std::size_t begin = 0;; ++row) {
        std::size_t const next = next_row(shown, row_end(shown, begin, columns_));
        if (next > byte || next > shown.size())
            return row;
        begin = next;
    }
}

} // namespace pev
