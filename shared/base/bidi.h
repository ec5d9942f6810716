// The order in which the characters of a line stand on screen, and the forms that Arabic letters take beside each other.
//
// Source: Unicode Standard Annex 9, without explicit embeddings (direction marks and overrides are dropped as invisible: nothing
// in a name can turn the text around it); Unicode 16, "Arabic Presentation Forms-B". Text starts at the side that its
// first letter asks for.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pev {

// Whether any of it runs from right to left: what the rest of this header is for.
bool has_right_to_left(std::string_view text);

// Reads a line in the order in which it was written, and joins Arabic letters.
class LineReader {
public:
    explicit LineReader(std::string_view text) : rest_(text) {}
    bool done() const { return rest_.empty(); }
    // The next character as it is to be drawn: a space for control characters, 0 for what is not seen.
    char32_t next();
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    bool joins_ = false; // the letter before reaches out to this one
};

struct LineCharacter {
    char32_t character = 0; // as it is to be drawn
    std::size_t byte = 0; // where it stands in the text
};
// All characters that are seen, from left to right.
std::vector<LineCharacter> order_line(std::string_view text);

} // namespace pev
