// A selection in a text: where it was begun and where it has come to, as reading programs do it.
//
// Used for logs, where lines are those of the log, and for single texts, where the line is always 0.
#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

namespace pev {

struct TextPoint {
    std::size_t line = 0;
    std::size_t byte = 0; // of the line as it is shown
    auto operator<=>(TextPoint const&) const = default;
};

struct TextRange {
    TextPoint from;
    TextPoint to; // behind the last character
    bool empty() const { return from == to; }
    bool operator==(TextRange const&) const = default;

    // The selected bytes of a line: [begin, end), and whether its line break is selected too.
    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;
        bool through = false;
    };
    Part in_line(std::size_t line, std::size_t line_size) const;
};

class TextSelection {
public:
    // The pointer went down: on a character boundary (an empty range), a word or a line (double, triple click). What it is
    // dragged over is taken in by the same measure.
    void begin(TextRange const& grain);
    void drag(TextRange const& grain);
    // By keyboard, or by a click with Shift: the other end stays.
    void extend(TextPoint to);
    void clear() { *this = {}; }

    TextRange range() const;
    bool empty() const { return range().empty(); }
    TextPoint caret() const { return caret_; } // the end that moves

private:
    TextRange anchor_;
    TextPoint caret_;
};

// The word at a byte, as a double click takes it: letters, digits and '_' with what joins names (- . and anything beyond
// ASCII), a run of spaces, or one other character.
struct WordBounds {
    std::size_t begin = 0;
    std::size_t end = 0;
};
WordBounds word_at(std::string_view text, std::size_t byte);

} // namespace pev
