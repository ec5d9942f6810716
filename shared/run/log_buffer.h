// The log lines of one step, stored once, in the order in which they are shown.
//
// Source: docs/WIRE.md#a-step, docs/WIRE.md#events. The document gives bare texts; the stream gives level and
// time too. Both may hold lines that the other lacks: run/log_intake.h takes in a line of the stream, run/merge_logs.h those of
// a document.
// A line is known by its number, counted from the log's beginning. The oldest may have been dropped (run/log_memory.h):
// first() to end() - 1 are there, under the numbers that they always had.
// Texts stand in blocks, so that a log grows without being copied and its dropped lines give their memory back: a million
// lines cost their bytes and kBytesPerLine more each.
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

// The words of the common loggers in any case, and the numbers of syslog (0 to 7) and pino (10 to 60). None for all others.
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
    static constexpr std::size_t kBytesPerLine = 24;

    // The numbers of the lines that are there: from first(), which tells how many were dropped, to the one before end().
    std::size_t first() const { return first_; }
    std::size_t end() const { return first_ + lines_.size(); }
    std::size_t size() const { return lines_.size(); }
    bool empty() const { return lines_.empty(); }
    LogLine operator[](std::size_t number) const;
    std::string_view text(std::size_t number) const;
    // Memory for the lines that are there.
    std::size_t bytes() const { return text_bytes_ + size() * kBytesPerLine; }
    std::size_t text_bytes() const { return text_bytes_; }
    // Bytes of all lines, the dropped ones among them.
    std::size_t text_bytes_through() const { return text_bytes_ + dropped_bytes_; }
    // Another one whenever more has changed than that lines came at the end or were dropped; the step's revision counts it then.
    std::uint64_t generation() const { return generation_; }
    void set_generation(std::uint64_t generation) { generation_ = generation; }
    // Counts lines that were given another level.
    std::uint32_t confirmations() const { return confirmations_; }
    // Lines of a level; lines with a time.
    std::size_t count(LogLevel level) const { return by_level_[static_cast<std::size_t>(level)]; }
    std::size_t count_timed() const { return timed_; }

    void append(LogLine const& line);
    // Before the line that has this number.
    void insert(std::size_t number, LogLine const& line);
    // Gives a line that only the document had what the stream knows about it.
    void confirm(std::size_t number, LogLine const& told);
    // The stream has told the line again.
    void retell(std::size_t number, std::uint16_t opening);
    // Number behind the line that was told again last: where a stream that repeats what it told goes on.
    std::size_t behind_retold() const { return behind_retold_; }
    // Number behind the newest line that the stream has told.
    std::size_t behind_stream() const { return behind_stream_; }

    // Drops the lines before the one of this number. Takes time in proportion to the lines that there are.
    void drop_before(std::size_t number);
    // Drops the oldest lines until the others take no more than so many bytes(). Returns how many were dropped.
    std::size_t shrink_to(std::size_t bytes);
    // The newest time of a dropped line; nothing where none of them had one.
    std::optional<Instant> dropped_until() const { return dropped_until_; }
    // Counts the lines from another number on, as what is left when those before it were dropped.
    void begin_at(std::size_t first, std::optional<Instant> dropped_until);

    bool operator==(LogBuffer const& other) const;

private:
    struct Block {
        std::string text;
        std::uint32_t lines = 0; // that stand in it and were not dropped
    };
    struct Entry {
        std::int64_t at_us; // kNoTime where unknown
        std::uint32_t block; // counted from the first there ever was
        std::uint32_t begin; // in the block
        std::uint32_t size;
        LogLevel level;
        bool from_stream;
        std::uint16_t opening;
    };
    static_assert(sizeof(Entry) == kBytesPerLine);

    Entry store(LogLine const& line);
    void forget(Entry const& entry);
    void count_in(LogLevel level, std::optional<Instant> at, std::uint32_t by);
    Entry& entry(std::size_t number) { return lines_[number - first_]; }
    Entry const& entry(std::size_t number) const { return lines_[number - first_]; }

    std::vector<Block> blocks_;
    std::vector<Entry> lines_;
    std::uint32_t first_block_ = 0;
    std::size_t first_ = 0;
    std::size_t text_bytes_ = 0;
    std::size_t dropped_bytes_ = 0;
    std::optional<Instant> dropped_until_;
    std::size_t behind_stream_ = 0;
    std::size_t behind_retold_ = 0;
    std::uint64_t generation_ = 0;
    std::uint32_t confirmations_ = 0;
    std::array<std::uint32_t, kLogLevels> by_level_{};
    std::uint32_t timed_ = 0;
};

} // namespace pev
