// Which rows of the screen the shown lines of a log take: line breaks within a line, and wrapping, make some take several. Where
// a line is of another day than the one before, a row above it says so.
//
// Only those are remembered, so a million ordinary lines cost nothing. Lines that were added since are all that is looked
// at, and no more of them than so many bytes at a time.
#pragma once

#include "shared/view/log_texts.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace pev {

class LogRows {
public:
    struct Layout {
        std::size_t columns = 0; // of a row when wrapping, 0 when not
        UtcOffsetAt zone = utc_offset_none; // of the reader: when a day begins
        bool operator==(Layout const&) const = default;
    };
    // False while there is more to be done: call again in the next frame.
    bool update(LogBuffer const& log, LogLines const& lines, LogTexts& texts, Layout const& layout);

    std::size_t size() const { return lines_ + extra_before(tall_.size()) - dropped(); }
    // Rows that stood before those that are there, of lines that were dropped since. Rows are counted without them.
    std::size_t dropped() const { return first_line_ + dropped_extra_; }
    std::size_t widest() const { return widest_; } // columns

    struct Row {
        std::size_t index = 0; // of the line in LogLines
        std::size_t part = 0; // of the line: 0 for its first row
        std::size_t begin = 0; // bytes of its shown text
        std::size_t end = 0;
        bool names_day = false; // stands above the line's first row and has no text of it
    };
    // The row's line and which of its rows it is.
    Row line_at(std::size_t row) const;
    // Where the row that line_at() has named stands in the line's shown text. Quick for one row after the other.
    void place(Row& row, std::string_view shown);
    // The row in which this byte of a line stands.
    std::size_t row_of(std::size_t index, std::size_t byte, std::string_view shown) const;

private:
    // A line that takes more than one row.
    struct Tall {
        std::size_t index;
        std::size_t extra_through; // rows beyond one each, of this line and all before
        bool names_day; // the first of them
    };
    std::size_t extra_before(std::size_t tall) const
    {
        return tall == 0 ? dropped_extra_ : tall_[tall - 1].extra_through;
    }
    std::size_t count_rows_of(std::string_view shown);
    bool begins_day(LogLine const& line);
    bool has_learned_of_days(LogBuffer const& log, LogLines const& lines);
    void forget_dropped(std::size_t first_line);

    std::uint64_t generation_ = 0;
    Layout layout_;
    std::uint32_t confirmations_ = 0; // of the log
    std::optional<std::chrono::sys_days> day_; // of the last line that has one
    std::size_t first_line_ = 0; // index
    std::size_t dropped_extra_ = 0; // rows beyond one each, of the lines before
    std::size_t lines_ = 0; // index behind the last
    std::size_t widest_ = 0;
    std::vector<Tall> tall_;
    Row placed_; // the last one
};

} // namespace pev
