// The lines of a log as a terminal shows them, worked out when they are asked for. A line without control characters costs
// nothing; what was worked out for lines that take long is kept, up to kKeptBytes.
//
// Colours run on from line to line until they are reset, over lines that are not shown as well. What is remembered for that is
// eight bytes for each line behind which another style holds, and kMostStyles different styles; further ones count as none.
// A link ends with its line.
#pragma once

#include "shared/base/terminal_text.h"
#include "shared/view/log_lines.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pev {

struct ShownLine {
    std::string_view text; // without line breaks at its end
    TerminalStyle style; // in which it begins
    std::span<StyleRun const> runs; // as in TerminalText
    std::span<LinkSpan const> links;
};

class LogTexts {
public:
    static constexpr std::size_t kKeptBytes = 4U << 20U;
    static constexpr std::size_t kMostStyles = 65'535;

    // Looks for colours in lines that were added since, and forgets everything where the lines are others. False while there is
    // more to be done: call again in the next frame.
    bool update(LogBuffer const& log, LogLines const& lines);

    // A line of the log, by its number. Good until the next call.
    ShownLine of(LogBuffer const& log, std::size_t line);

private:
    struct Change { // of the style, from a line on
        std::uint32_t line;
        std::uint16_t style;
    };
    struct Resolved {
        std::size_t line = 0;
        TerminalStyle begin;
        TerminalText text;
        bool is_of(std::size_t other, TerminalStyle const& style) const { return line == other && begin == style; }
    };
    TerminalStyle const& style_before(std::size_t line) const;
    std::uint16_t number_of(TerminalStyle const& style);
    TerminalText const& resolved(std::string_view text, std::size_t line, TerminalStyle const& style);
    void forget_dropped(std::size_t first);
    void keep(Resolved resolved);

    std::uint64_t generation_ = 0;
    std::size_t seen_ = 0; // number behind the last line that was looked at
    std::vector<TerminalStyle> styles_{TerminalStyle{}};
    std::vector<Change> changes_;

    Resolved last_;
    bool has_last_ = false;
    std::vector<Resolved> kept_; // by line
    std::size_t kept_bytes_ = 0;
};

} // namespace pev
