// The grid of fixed-width text: which columns each character of a line takes, as in a terminal.
//
// Logs, stacks and JSON are laid out, cut, selected and searched by columns, so that none of it needs a font, and a line
// of a hundred thousand characters costs no measuring. How wide a character is: shared/base/char_width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pev {

inline constexpr std::size_t kTabColumns = 8;

// Walks along a line, character by character. Broken UTF-8 gives U+FFFD for each byte.
class CellWalker {
public:
    // `column`: where the line's first character stands.
    explicit CellWalker(std::string_view text, std::size_t column = 0) : text_(text), column_(column) {}
    // To the next character; false at the end.
    bool next();

    std::uint32_t code() const { return code_; } // of a whole syllable for letters of Hangul
    std::size_t begin() const { return begin_; } // bytes
    std::size_t end() const { return end_; }
    std::size_t column() const { return column_; } // where the character stands
    std::size_t width() const { return width_; } // 0 for what joins the character before
    std::size_t end_column() const { return column_ + width_; }

private:
    void read();

    std::string_view text_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t column_ = 0;
    std::size_t width_ = 0;
    std::uint32_t code_ = 0;
};

// One column for each byte: ASCII without control characters. Quick.
bool is_plain(std::string_view text);

std::size_t count_columns(std::string_view text);
// Where the character at `byte` stands.
std::size_t column_of(std::string_view text, std::size_t byte);
// The same for places that come one after the other: each is counted from the one before.
class ColumnCursor {
public:
    explicit ColumnCursor(std::string_view text) : text_(text) {}
    std::size_t column_of(std::size_t byte); // not less than the last one

private:
    std::string_view text_;
    std::size_t byte_ = 0;
    std::size_t column_ = 0;
};

// The boundary between characters that is nearest to a place in the grid; `columns` may be a fraction.
std::size_t byte_near(std::string_view text, double columns);
// The last boundary at or before `column`.
std::size_t byte_at(std::string_view text, std::size_t column);

// The boundaries of the characters around a byte.
std::size_t next_boundary(std::string_view text, std::size_t byte);
std::size_t previous_boundary(std::string_view text, std::size_t byte);

// What is seen of a control character; 0 for what is no such.
std::uint32_t control_picture(std::uint32_t code);

} // namespace pev
