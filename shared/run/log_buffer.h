// The log lines of one step, stored once, in the order in which they are shown.
//
// Source: wire contract, `logs` and `step.log.appended`. The document gives bare texts; the stream gives level and
// time too. Both may hold lines that the other lacks: run/log_intake.h takes in a line of the stream, run/merge_logs.h those of
// a document.
// All text stands in one block: a million lines cost their bytes and 24 more each.
#pragma once

#include "shared/base/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

enum class LogLevel : std::uint8_t { None, Debug, Info, Warn, Error };
inline constexpr std::size_t kLogLevels = 5;

LogLevel log_level_named(std::string_view word);
std::string_view log_level_word(LogLevel level); // "INFO"; empty for None

struct LogLine {
    std::string_view text; // valid until the buffer changes
    LogLevel level = LogLevel::None;
    std::optional<Instant> at;
    bool from_stream = false;
    std::uint16_t opening = 0; // of the stream that told it last (see RunEvent)
    bool operator==(LogLine const&) const = default;
};

class LogBuffer {
public:
    std::size_t size() const { return lines_.size(); }
    bool empty() const { return lines_.empty(); }
    LogLine operator[](std::size_t index) const;
    std::string_view text(std::size_t index) const;
    std::size_t text_bytes() const { return text_.size(); }
    // Another one whenever more has changed than that lines came at the end; the step's revision counts it then.
    std::uint64_t generation() const { return generation_; }
    void set_generation(std::uint64_t generation) { generation_ = generation; }
    // Lines of a level; lines with a time.
    std::size_t count(LogLevel level) const { return by_level_[static_cast<std::size_t>(level)]; }
    std::size_t count_timed() const { return timed_; }

    void append(LogLine const& line);
    // Before the line that stands at `index`.
    void insert(std::size_t index, LogLine const& line);
    // Gives a line that only the document had what the stream knows about it.
    void confirm(std::size_t index, LogLine const& told);
    // The stream has told the line again.
    void retell(std::size_t index, std::uint16_t opening);
    // Index behind the line that was told again last: where a stream that repeats what it told goes on.
    std::size_t behind_retold() const { return behind_retold_; }
    // Index behind the newest line that the stream has told.
    std::size_t behind_stream() const { return behind_stream_; }
    void clear();

    bool operator==(LogBuffer const& other) const;

private:
    void count_in(LogLevel level, std::optional<Instant> at, std::uint32_t by);

    struct Entry {
        std::uint32_t begin;
        std::uint32_t size;
        std::int64_t at_us; // kNoTime where unknown
        LogLevel level;
        bool from_stream;
        std::uint16_t opening;
    };
    bool store(LogLine const& line, Entry& entry);

    std::string text_;
    std::vector<Entry> lines_;
    std::size_t behind_stream_ = 0;
    std::size_t behind_retold_ = 0;
    std::uint64_t generation_ = 0;
    std::array<std::uint32_t, kLogLevels> by_level_{};
    std::uint32_t timed_ = 0;
};

} // namespace pev
