// Which rows of the screen the shown lines of a log take: line breaks within a line, and wrapping, make some take several.
//
// Only those are remembered, so a million ordinary lines cost nothing. Lines that were added since are all that is looked
// at, and no more of them than so many bytes at a time.
#pragma once

#include "shared/view/log_lines.h"

#include <cstdint>
#include <vector>

namespace pev {

class LogRows {
public:
    // `columns`: of a row when wrapping, 0 when not. False while there is more to be done: call again in the next frame.
    bool update(LogBuffer const& log, LogLines const& lines, std::size_t columns);

    std::size_t size() const { return lines_ + extra_before(tall_.size()) - dropped(); }
    // Rows that stood before those that are there, of lines that were dropped since. Rows are counted without them.
    std::size_t dropped() const { return first_line_ + dropped_extra_; }
    std::size_t widest() const { return widest_; } // columns

    struct Row {
        std::size_t index = 0; // of the line in LogLines
        std::size_t part = 0; // of the line: 0 for its first row
        std::size_t begin = 0; // bytes of its shown text
        std::size_t end = 0;
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
    };
    std::size_t extra_before(std::size_t tall) const
    {
        return tall == 0 ? dropped_extra_ : tall_[tall - 1].extra_through;
    }
    void look_at(std::string_view shown);
    void forget_dropped(std::size_t first_line);

    std::uint64_t generation_ = 0;
    std::size_t columns_ = 0;
    std::size_t first_line_ = 0; // index
    std::size_t dropped_extra_ = 0; // rows beyond one each, of the lines before
    std::size_t lines_ = 0; // index behind the last
    std::size_t widest_ = 0;
    std::vector<Tall> tall_;
    Row placed_; // the last one
};

} // namespace pev
