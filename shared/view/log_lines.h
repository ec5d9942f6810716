// Which lines of a log are shown, and as what text: all of them, or those of some levels.
//
// Everything that is worked out over a log (rows, search hits) is worked out over these lines, and goes on from where it was
// as long as `generation` stands: then lines have only been added.
#pragma once

#include "shared/base/terminal_text.h"
#include "shared/run/log_buffer.h"
#include "shared/view/text_selection.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// One bit for each level.
using LogLevelSet = std::uint8_t;
inline constexpr LogLevelSet kAllLogLevels = (1U << kLogLevels) - 1;
constexpr LogLevelSet bit_of(LogLevel level)
{
    return static_cast<LogLevelSet>(1U << static_cast<unsigned>(level));
}

// Which levels to show where the reader wants `wanted`: all of them in a log that knows no levels.
LogLevelSet levels_to_show(LogBuffer const& log, LogLevelSet wanted);

class LogLines {
public:
    // Looks at lines that were added since; at all where the log is another one, was merged, or the levels are others.
    void update(LogBuffer const& log, std::string_view step, LogLevelSet levels);

    // Indices count from the first shown line that there ever was, and go from first() to end() - 1.
    std::size_t first() const { return shows_all() ? first_ : passing_first_; }
    std::size_t end() const { return shows_all() ? seen_ : passing_first_ + passing_.size(); }
    std::size_t size() const { return end() - first(); }
    // The number of the line in the log.
    std::size_t operator[](std::size_t index) const { return shows_all() ? index : passing_[index - passing_first_]; }
    // The first that is this line of the log or a later one; end() where there is none.
    std::size_t index_of(std::size_t line) const;
    std::uint64_t generation() const { return generation_; }

private:
    bool shows_all() const { return levels_ == kAllLogLevels; }
    bool still_leads(LogBuffer const& log) const;
    void forget_dropped(LogBuffer const& log);

    std::string step_; // ref
    LogLevelSet levels_ = kAllLogLevels;
    std::vector<std::uint32_t> passing_; // empty while all levels are shown
    std::size_t passing_first_ = 0; // index of the first of those
    std::uint64_t generation_ = 1;

    // The log as it was looked at.
    std::size_t first_ = 0;
    std::size_t seen_ = 0; // number behind the last line
    std::size_t bytes_ = 0;
    std::size_t last_ = 0; // hash of the last line
    std::uint32_t confirmations_ = 0;
};

// "1,234 older lines dropped"; empty where there are none.
std::string describe_dropped(LogBuffer const& log);
// Why, to stand behind that.
inline constexpr std::string_view kWhyDropped = ": the run is larger than the memory for it";

std::string_view without_line_end(std::string_view line);

// A log line as it is shown: what a terminal would show in the end, without line breaks at its end. Its colours: LogTexts.
class ShownText {
public:
    std::string_view of(std::string_view line);

private:
    TerminalText resolved_;
};

// The shown lines as text, from one point of the log to another (lines are those of the log). Line breaks between lines.
std::string copy_log(LogBuffer const& log, LogLines const& lines, TextRange const& range);
// All of them, each with a line break.
std::string copy_log(LogBuffer const& log, LogLines const& lines);
// For the beginning of a file with the log: a line that says what was dropped, where something was.
void append_saved_head(LogBuffer const& log, std::string& out);
// A line for a file: with its time and level where they are known, and a line break.
void append_saved_line(LogLine const& line, std::string& out);

} // namespace pev
