// The log lines of one step, stored once, in the order in which they are shown.
//
// Source: wire contract, `logs` and `step.log.appended`. The document gives bare texts; the stream gives level and
// time too. Both may hold lines that the other lacks (see run/merge.h).
// All text stands in one block: a million lines cost their bytes and 24 more each.
#pragma once

#include "shared/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

enum class LogLevel : std::uint8_t { None, Debug, Info, Warn, Error };

LogLevel log_level_named(std::string_view word);
std::string_view log_level_word(LogLevel level); // "INFO"; empty for None

struct LogLine {
    std::string_view text; // valid until the buffer changes
    LogLevel level = LogLevel::None;
    std::optional<Instant> at;
    bool from_stream = false;
};

class LogBuffer {
public:
    std::size_t size() const { return lines_.size(); }
    bool empty() const { return lines_.empty(); }
    LogLine operator[](std::size_t index) const;
    std::size_t text_bytes() const { return text_.size(); }

    void append(LogLine const& line);
    // Gives a line that only the document had the level and time that the stream knows.
    void confirm(std::size_t index, LogLevel level, std::optional<Instant> at);
    // The first line behind the newest one of the stream that only the document had and that has this text; size() where there
    // is none. A stream that is replayed tells such lines again.
    std::size_t find_unconfirmed(std::string_view text) const;
    void clear();

    // Whether the texts of `beginning` are the first ones here.
    bool starts_with(LogBuffer const& beginning) const;
    bool operator==(LogBuffer const&) const = default;

private:
    struct Entry {
        std::uint32_t begin;
        std::uint32_t size;
        std::int64_t at_us; // kNoTime where unknown
        LogLevel level;
        bool from_stream;
        bool operator==(Entry const&) const = default;
    };
    std::string text_;
    std::vector<Entry> lines_;
    std::size_t behind_stream_ = 0; // index behind the newest line that the stream has told
};

} // namespace pev
