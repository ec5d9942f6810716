#include "shared/run/log_buffer.h"

#include "shared/base/text.h"

#include <algorithm>
#include <limits>

namespace pev {

namespace {

    constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

    std::int64_t to_micros(std::optional<Instant> at)
    {
        return at ? at->time_since_epoch().count() : kNoTime;
    }

} // namespace

LogLevel log_level_named(std::string_view word)
{
    std::string const folded = fold_case(word);
    if (folded == "debug" || folded == "trace")
        return LogLevel::Debug;
    if (folded == "info")
        return LogLevel::Info;
    if (folded == "warn" || folded == "warning")
        return LogLevel::Warn;
    if (folded == "error" || folded == "fatal")
        return LogLevel::Error;
    return LogLevel::None;
}

std::string_view log_level_word(LogLevel level)
{
    switch (level) {
    case LogLevel::None:
        return "";
    case LogLevel::Debug:
        return "DEBUG";
    case LogLevel::Info:
        return "INFO";
    case LogLevel::Warn:
        return "WARN";
    case LogLevel::Error:
        return "ERROR";
    }
    return "";
}

LogLine LogBuffer::operator[](std::size_t index) const
{
    Entry const& entry = lines_[index];
    LogLine line;
    line.text = std::string_view{text_}.substr(entry.begin, entry.size);
    line.level = entry.level;
    if (entry.at_us != kNoTime)
        line.at = Instant{Duration{entry.at_us}};
    line.from_stream = entry.from_stream;
    return line;
}

void LogBuffer::append(LogLine const& line)
{
    // Places are 32 bits wide; four gigabytes of log are beyond what a browser tab can hold anyway.
    if (text_.size() + line.text.size() > std::numeric_limits<std::uint32_t>::max())
        return;
    lines_.push_back({.begin = static_cast<std::uint32_t>(text_.size()),
        .size = static_cast<std::uint32_t>(line.text.size()),
        .at_us = to_micros(line.at),
        .level = line.level,
        .from_stream = line.from_stream});
    text_ += line.text;
    if (line.from_stream)
        behind_stream_ = lines_.size();
}

void LogBuffer::confirm(std::size_t index, LogLevel level, std::optional<Instant> at)
{
    lines_[index].level = level;
    lines_[index].at_us = to_micros(at);
    lines_[index].from_stream = true;
    behind_stream_ = std::max(behind_stream_, index + 1);
}

std::size_t LogBuffer::find_unconfirmed(std::string_view text) const
{
    std::size_t index = behind_stream_;
    while (index < size() && (*this)[index].text != text)
        ++index;
    return index;
}

void LogBuffer::clear()
{
    text_.clear();
    lines_.clear();
    behind_stream_ = 0;
}

bool LogBuffer::starts_with(LogBuffer const& beginning) const
{
    return beginning.size() <= size() && text_.starts_with(beginning.text_)
        && std::equal(beginning.lines_.begin(), beginning.lines_.end(), lines_.begin(),
            [](Entry const& a, Entry const& b) { return a.begin == b.begin && a.size == b.size; });
}

} // namespace pev
