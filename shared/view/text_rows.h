// Breaks fixed-width text into rows: at its line breaks, and where a row is full.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// The byte behind the row that starts at `from`. `columns`: how many a row has, 0 for no limit.
std::size_t row_end(std::string_view text, std::size_t from, std::size_t columns);
// Where the row behind it starts; more than `text.size()` when there is none.
std::size_t next_row(std::string_view text, std::size_t end);
// At least one.
std::size_t count_rows(std::string_view text, std::size_t columns);

// Where the rows of a text start, worked out once, and no more than so many bytes at a time.
class TextRows {
public:
    // Nothing is looked at while the text is the same: its place, revision, size and the row's width.
    // False while there is more to be done: call again in the next frame.
    bool update(std::string_view text, std::uint64_t revision, std::size_t columns);

    std::size_t size() const { return starts_.size(); }
    std::size_t start(std::size_t row) const { return starts_[row]; }
    // The row that holds this byte.
    std::size_t row_of(std::size_t byte) const;

private:
    std::uint64_t revision_ = 0;
    std::size_t size_ = 0;
    std::size_t columns_ = 0;
    std::size_t next_ = 0;
    std::vector<std::uint32_t> starts_;
};

} // namespace pev
