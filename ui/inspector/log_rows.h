// Which rows of the screen the lines of a log take: line breaks within a line, and wrapping, make some take several.
//
// Only those are remembered, so a million ordinary lines cost nothing. Lines that were added since are all that is looked at.
#pragma once

#include "shared/run/log_buffer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev::ui {

class LogRows {
public:
    // `columns`: characters to a row when wrapping, 0 when not. `revision` of the step: when it stands, nothing is looked at.
    void update(LogBuffer const& log, std::string_view step_key, std::uint64_t revision, std::size_t columns);

    std::size_t size() const { return lines_ + (tall_.empty() ? 0 : tall_.back().extra_through); }
    std::size_t widest_line() const { return widest_; } // bytes: at least as many as characters
    bool any_time() const { return any_time_; }
    bool any_level() const { return any_level_; }

    struct Row {
        std::size_t line = 0;
        std::size_t begin = 0; // bytes of the line's text
        std::size_t end = 0;
        bool first = false; // of its line
    };
    Row at(LogBuffer const& log, std::size_t row) const;

private:
    // A line that takes more than one row.
    struct Tall {
        std::size_t line;
        std::size_t extra_through; // rows beyond one each, of this line and all before
    };
    void look_at(LogBuffer const& log, std::size_t line);

    std::string step_key_;
    std::uint64_t revision_ = 0;
    std::size_t columns_ = 0;
    std::size_t lines_ = 0;
    std::size_t bytes_ = 0;
    std::size_t last_ = 0; // hash of the last line that was looked at
    std::size_t widest_ = 0;
    bool any_time_ = false;
    bool any_level_ = false;
    std::vector<Tall> tall_;
};

} // namespace pev::ui
