// Colours in log lines: the escape sequences that terminals understand.
//
// Source: ECMA-48, "SGR – select graphic rendition", with the 256 and 24-bit colours that terminals have added. Every other
// escape sequence is left out of the text.
#pragma once

#include "ui/theme.h"

#include <optional>
#include <string_view>

namespace pev::ui {

struct AnsiStyle {
    std::optional<Color> text;
    std::optional<Color> ground;
    bool bold = false;
    bool dim = false;
    bool underline = false;
    bool inverse = false;
};

// Reads a line as runs of text in one style.
class AnsiReader {
public:
    explicit AnsiReader(std::string_view line) : rest_(line) {}

    // False at the end.
    bool next(std::string_view& text, AnsiStyle& style);

private:
    std::string_view rest_;
    AnsiStyle style_;
};

} // namespace pev::ui
