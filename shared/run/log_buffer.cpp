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

    // A million lines grow by a quarter at a time, not to twice their size: memory is what they are short of.
    template <typename Container>
    void make_room(Container& container, std::size_t more)
    {
        constexpr std::size_t kLarge = 1u << 14;
        std::size_t const wanted = container.size() + more;
        if (wanted > container.capacity() && wanted > kLarge)
            container.reserve(wanted + wanted / 4);
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
    line.text = text(index);
    line.level = entry.level;
    if (entry.at_us != kNoTime)
        line.at = Instant{Duration{entry.at_us}};
    line.from_stream = entry.from_stream;
    line.opening = entry.opening;
    return line;
}

std::string_view LogBuffer::text(std::size_t index) const
{
    Entry const& entry = lines_[index];
    return std::string_view{text_}.substr(entry.begin, entry.size);
}

bool LogBuffer::store(LogLine const& line, Entry& entry)
{
    // Places are 32 bits wide; four gigabytes of log are beyond what a browser tab can hold anyway.
    if (text_.size() + line.text.size() > std::numeric_limits<std::uint32_t>::max())
        return false;
    entry = {.begin = static_cast<std::uint32_t>(text_.size()),
        .size = static_cast<std::uint32_t>(line.text.size()),
        .at_us = to_micros(line.at),
        .level = line.level,
        .from_stream = line.from_stream,
        .opening = line.opening};
    make_room(text_, line.text.size());
    text_ += line.text;
    return true;
}

void LogBuffer::append(LogLine const& line)
{
    Entry entry{};
    if (!store(line, entry))
        return;
    make_room(lines_, 1);
    lines_.push_back(entry);
    count_in(line.level, line.at, 1);
    if (line.from_stream)
        behind_stream_ = lines_.size();
}

void LogBuffer::insert(std::size_t index, LogLine const& line)
{
    Entry entry{};
    if (!store(line, entry))
        return;
    count_in(line.level, line.at, 1);
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(index), entry);
    if (index < behind_stream_)
        ++behind_stream_;
    else if (line.from_stream)
        behind_stream_ = index + 1;
    if (index < behind_retold_)
        ++behind_retold_;
    ++generation_;
}

void LogBuffer::retell(std::size_t index, std::uint16_t opening)
{
    lines_[index].opening = opening;
    behind_retold_ = index + 1;
}

void LogBuffer::confirm(std::size_t index, LogLine const& told)
{
    Entry& entry = lines_[index];
    LogLine const before = (*this)[index];
    count_in(before.level, before.at, 0U - 1U);
    count_in(told.level, told.at, 1);
    entry.level = told.level;
    entry.at_us = to_micros(told.at);
    entry.from_stream = true;
    entry.opening = told.opening;
    behind_stream_ = std::max(behind_stream_, index + 1);
}

void LogBuffer::count_in(LogLevel level, std::optional<Instant> at, std::uint32_t by)
{
    by_level_[static_cast<std::size_t>(level)] += by;
    timed_ += at ? by : 0;
}

void LogBuffer::clear()
{
    text_.clear();
    lines_.clear();
    by_level_ = {};
    timed_ = 0;
    behind_stream_ = 0;
    behind_retold_ = 0;
    ++generation_;
}

bool LogBuffer::operator==(LogBuffer const& other) const
{
    if (size() != other.size())
        return false;
    for (std::size_t i = 0; i < size(); ++i) {
        if ((*this)[i] != other[i])
            return false;
    }
    return true;
}

} // namespace pev
