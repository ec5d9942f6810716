#include "shared/view/log_rows.h"

#include "shared/view/cells.h"
#include "shared/view/format.h"
#include "shared/view/text_rows.h"

#include <algorithm>

namespace pev {

bool LogRows::update(LogBuffer const& log, LogLines const& lines, LogTexts& texts, Layout const& layout)
{
    constexpr std::size_t kBytesAtATime = 8u << 20;
    if (lines.generation() != generation_ || layout != layout_ || has_learned_of_days(log, lines)) {
        generation_ = lines.generation();
        layout_ = layout;
        day_.reset();
        lines_ = first_line_ = lines.first();
        dropped_extra_ = 0;
        widest_ = 0;
        tall_.clear();
        placed_ = {};
    }
    confirmations_ = log.confirmations();
    forget_dropped(lines.first());
    for (std::size_t bytes = 0; lines_ < lines.end() && bytes < kBytesAtATime; ++lines_) {
        LogLine const line = log[lines[lines_]];
        bytes += line.text.size() + 1;
        bool const names_day = begins_day(line);
        std::size_t const rows = count_rows_of(texts.of(log, lines[lines_]).text) + (names_day ? 1 : 0);
        if (rows > 1)
            tall_.push_back({lines_, rows - 1 + extra_before(tall_.size()), names_day});
    }
    return lines_ == lines.end();
}

bool LogRows::begins_day(LogLine const& line)
{
    if (!line.at)
        return false;
    auto const day = date_of(*line.at, layout_.zone);
    bool const is_another = day_ && *day_ != day;
    day_ = day;
    return is_another;
}

// Lines that a document brought may be given their times later.
bool LogRows::has_learned_of_days(LogBuffer const& log, LogLines const& lines)
{
    if (log.confirmations() == confirmations_ || lines.size() == 0)
        return false;
    auto const first = log[lines[lines.first()]].at;
    auto const last = log[lines[lines.end() - 1]].at;
    return first && last && date_of(*first, layout_.zone) != date_of(*last, layout_.zone);
}

void LogRows::forget_dropped(std::size_t first_line)
{
    auto const held = std::ranges::lower_bound(tall_, first_line, {}, &Tall::index);
    dropped_extra_ = extra_before(static_cast<std::size_t>(held - tall_.begin()));
    tall_.erase(tall_.begin(), held);
    first_line_ = first_line;
    lines_ = std::max(lines_, first_line); // some may never have been looked at
}

std::size_t LogRows::count_rows_of(std::string_view shown)
{
    if (is_plain(shown)) {
        widest_ = std::max(widest_, shown.size());
        return count_rows(shown, layout_.columns == 0 ? shown.size() + 1 : layout_.columns);
    }
    std::size_t rows = 0;
    for (std::size_t begin = 0; begin <= shown.size(); ++rows) {
        std::size_t const end = row_end(shown, begin, layout_.columns);
        widest_ = std::max(widest_, count_columns(shown.substr(begin, end - begin)));
        begin = next_row(shown, end);
    }
    return rows;
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
    std::size_t const part = row - tall.index - extra_before(low - 1);
    if (tall.names_day && part == 0)
        return {.index = tall.index, .names_day = true};
    return {.index = tall.index, .part = part - (tall.names_day ? 1 : 0)};
}

void LogRows::place(Row& row, std::string_view shown)
{
    if (row.names_day)
        return;
    bool const goes_on = placed_.index == row.index && placed_.part <= row.part && placed_.end <= shown.size();
    std::size_t part = goes_on ? placed_.part : 0;
    std::size_t begin = goes_on ? placed_.begin : 0;
    for (; part < row.part; ++part)
        begin = next_row(shown, row_end(shown, begin, layout_.columns));
    row.begin = std::min(begin, shown.size());
    row.end = row_end(shown, row.begin, layout_.columns);
    placed_ = row;
}

std::size_t LogRows::row_of(std::size_t index, std::size_t byte, std::string_view shown) const
{
    auto const tall = std::lower_bound(
        tall_.begin(), tall_.end(), index, [](Tall const& at, std::size_t wanted) { return at.index < wanted; });
    std::size_t row = index + extra_before(static_cast<std::size_t>(tall - tall_.begin())) - dropped();
    if (tall == tall_.end() || tall->index != index)
        return row;
    row += tall->names_day ? 1 : 0;
    for (std::size_t begin = 0;; ++row) {
        std::size_t const next = next_row(shown, row_end(shown, begin, layout_.columns));
        if (next > byte || next > shown.size())
            return row;
        begin = next;
    }
}

} // namespace pev
