// Which lines of a log are shown, and as what text: all of them, or those of some levels.
//
// Everything that is worked out over a log (rows, search hits) is worked out over these lines, and goes on from where it was
// as long as `generation` stands: then lines have only been added.
#pragma once

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
    void update(LogBuffer const& log, std::string_view step_key, LogLevelSet levels);

    std::size_t size() const { return levels_ == kAllLogLevels ? seen_ : passing_.size(); }
    // The number of the line in the log.
    std::size_t operator[](std::size_t index) const { return levels_ == kAllLogLevels ? index : passing_[index]; }
    // The first that is this line of the log or a later one; size() where there is none.
    std::size_t index_of(std::size_t line) const;
    std::uint64_t generation() const { return generation_; }

private:
    std::string step_key_;
    LogLevelSet levels_ = kAllLogLevels;
    std::vector<std::uint32_t> passing_; // empty while all levels are shown
    std::uint64_t generation_ = 1;

    // The log as it was looked at.
    std::size_t seen_ = 0;
    std::size_t bytes_ = 0;
    std::size_t last_ = 0; // hash of the last line
    std::array<std::size_t, kLogLevels> by_level_{};
    bool still_leads(LogBuffer const& log) const;
};

// A log line as it is shown: without escape sequences and line breaks at its end.
class ShownText {
public:
    std::string_view of(std::string_view line);

private:
    std::string without_escapes_;
};

// The shown lines as text, from one point of the log to another (lines are those of the log). Line breaks between lines.
std::string copy_log(LogBuffer const& log, LogLines const& lines, TextRange const& range);
// All of them, each with a line break.
std::string copy_log(LogBuffer const& log, LogLines const& lines);
// A line for a file: with its time and level where they are known, and a line break.
void append_saved_line(LogLine const& line, std::string& out);
// All shown lines for a file.
std::string save_log(LogBuffer const& log, LogLevelSet levels);

} // namespace pev
