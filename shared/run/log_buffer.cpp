#include "shared/run/log_buffer.h"

#include "shared/base/terminal_text.h"
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

    // Texts of a block. A line that is longer has one for itself.
    constexpr std::size_t kBlockBytes = 64u << 10;

    // Syslog counts from 0, the worst, to 7; pino, and what follows it, from 10 to 60, the worst.
    LogLevel log_level_numbered(std::string_view digits)
    {
        unsigned number = 0;
        for (char const c : digits)
            number = std::min(1'000U, number * 10 + static_cast<unsigned>(c - '0'));
        if (number < 8) // 5 is a notice
            return number < 4 ? LogLevel::Error
                : number == 4 ? LogLevel::Warn
                : number < 7  ? LogLevel::Info
                              : LogLevel::Debug;
        if (number < 10 || number > 100)
            return LogLevel::None;
        return number < 30 ? LogLevel::Debug
            : number < 40  ? LogLevel::Info
            : number < 50  ? LogLevel::Warn
                           : LogLevel::Error;
    }

    // A million lines grow by a quarter at a time, not to twice their size: memory is what they are short of.
    template <typename Container>
    void make_room(Container& container)
    {
        constexpr std::size_t kLarge = 1u << 14;
        std::size_t const wanted = container.size() + 1;
        if (wanted > container.capacity() && wanted > kLarge)
            container.reserve(wanted + wanted / 4);
    }

} // namespace

LogLevel log_level_named(std::string_view written)
{
    // Loggers write them with colours, colons and spaces around them.
    constexpr std::string_view kAround = " \t\r\n:.,;|[]()<>*\"'";
    std::string const folded = ascii_lower(without_escapes(written));
    std::string_view word = folded;
    word.remove_prefix(std::min(word.find_first_not_of(kAround), word.size()));
    word = word.substr(0, word.find_last_not_of(kAround) + 1);
    if (word.ends_with(".0"))
        word.remove_suffix(2);
    if (!word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos)
        return log_level_numbered(word);
    struct Name {
        std::string_view word;
        LogLevel level;
    };
    static constexpr std::array kNames{Name{"debug", LogLevel::Debug}, Name{"trace", LogLevel::Debug},
        Name{"dbg", LogLevel::Debug}, Name{"trc", LogLevel::Debug}, Name{"vrb", LogLevel::Debug},
        Name{"d", LogLevel::Debug}, Name{"t", LogLevel::Debug}, Name{"v", LogLevel::Debug}, Name{"i", LogLevel::Info},
        Name{"inf", LogLevel::Info}, Name{"w", LogLevel::Warn}, Name{"wrn", LogLevel::Warn}, Name{"e", LogLevel::Error},
        Name{"f", LogLevel::Error}, Name{"ftl", LogLevel::Error}, Name{"finer", LogLevel::Debug},
        Name{"finest", LogLevel::Debug}, Name{"dpanic", LogLevel::Error}, Name{"verbose", LogLevel::Debug},
        Name{"silly", LogLevel::Debug}, Name{"fine", LogLevel::Debug}, Name{"info", LogLevel::Info},
        Name{"information", LogLevel::Info}, Name{"informational", LogLevel::Info}, Name{"notice", LogLevel::Info},
        Name{"log", LogLevel::Info}, Name{"http", LogLevel::Info}, Name{"success", LogLevel::Info},
        Name{"warn", LogLevel::Warn}, Name{"warning", LogLevel::Warn}, Name{"error", LogLevel::Error},
        Name{"err", LogLevel::Error}, Name{"severe", LogLevel::Error}, Name{"crit", LogLevel::Error},
        Name{"critical", LogLevel::Error}, Name{"alert", LogLevel::Error}, Name{"emerg", LogLevel::Error},
        Name{"emergency", LogLevel::Error}, Name{"fatal", LogLevel::Error}, Name{"panic", LogLevel::Error}};
    auto const* const found = std::ranges::find(kNames, word, &Name::word);
    return found == kNames.end() ? LogLevel::None : found->level;
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

LogLine LogBuffer::operator[](std::size_t number) const
{
    Entry const& at = entry(number);
    LogLine line;
    line.text = text(number);
    line.level = at.level;
    if (at.at_us != kNoTime)
        line.at = Instant{Duration{at.at_us}};
    line.from_stream = at.from_stream;
    line.opening = at.opening;
    return line;
}

std::string_view LogBuffer::text(std::size_t number) const
{
    Entry const& at = entry(number);
    return std::string_view{blocks_[at.block - first_block_].text}.substr(at.begin, at.size);
}

LogBuffer::Entry LogBuffer::store(LogLine const& line)
{
    if (blocks_.empty() || blocks_.back().text.size() + line.text.size() > kBlockBytes) {
        bool const is_long = !blocks_.empty(); // a short log takes what it needs
        blocks_.emplace_back();
        if (is_long)
            blocks_.back().text.reserve(std::max(kBlockBytes, line.text.size()));
    }
    Block& block = blocks_.back();
    Entry const entry{.at_us = to_micros(line.at),
        .block = first_block_ + static_cast<std::uint32_t>(blocks_.size() - 1),
        .begin = static_cast<std::uint32_t>(block.text.size()),
        .size = static_cast<std::uint32_t>(line.text.size()),
        .level = line.level,
        .from_stream = line.from_stream,
        .opening = line.opening};
    block.text += line.text;
    ++block.lines;
    text_bytes_ += line.text.size();
    count_in(line.level, line.at, 1);
    return entry;
}

void LogBuffer::append(LogLine const& line)
{
    Entry const entry = store(line);
    make_room(lines_);
    lines_.push_back(entry);
    if (line.from_stream)
        behind_stream_ = end();
}

void LogBuffer::insert(std::size_t number, LogLine const& line)
{
    Entry const entry = store(line);
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(number - first_), entry);
    if (number < behind_stream_)
        ++behind_stream_;
    else if (line.from_stream)
        behind_stream_ = number + 1;
    if (number < behind_retold_)
        ++behind_retold_;
    ++generation_;
}

void LogBuffer::retell(std::size_t number, std::uint16_t opening)
{
    entry(number).opening = opening;
    behind_retold_ = number + 1;
}

void LogBuffer::confirm(std::size_t number, LogLine const& told)
{
    LogLine const before = (*this)[number];
    count_in(before.level, before.at, 0U - 1U);
    count_in(told.level, told.at, 1);
    Entry& at = entry(number);
    at.level = told.level;
    at.at_us = to_micros(told.at);
    at.from_stream = true;
    at.opening = told.opening;
    behind_stream_ = std::max(behind_stream_, number + 1);
    ++confirmations_;
}

void LogBuffer::drop_before(std::size_t number)
{
    if (number <= first_)
        return;
    std::size_t const dropped = std::min(number, end()) - first_;
    for (std::size_t i = 0; i < dropped; ++i)
        forget(lines_[i]);
    lines_.erase(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(dropped));
    auto const in_use
        = std::find_if(blocks_.begin(), blocks_.end(), [](Block const& block) { return block.lines > 0; });
    first_block_ += static_cast<std::uint32_t>(in_use - blocks_.begin());
    blocks_.erase(blocks_.begin(), in_use);
    first_ = number;
    behind_stream_ = std::max(behind_stream_, first_);
    behind_retold_ = std::max(behind_retold_, first_);
}

void LogBuffer::forget(Entry const& entry)
{
    Block& block = blocks_[entry.block - first_block_];
    if (--block.lines == 0)
        block.text = {};
    text_bytes_ -= entry.size;
    dropped_bytes_ += entry.size;
    std::optional<Instant> at;
    if (entry.at_us != kNoTime)
        at = Instant{Duration{entry.at_us}};
    count_in(entry.level, at, 0U - 1U);
    dropped_until_ = std::max(dropped_until_, at);
}

std::size_t LogBuffer::shrink_to(std::size_t bytes)
{
    std::size_t const before = first_;
    std::size_t left = this->bytes();
    std::size_t number = first_;
    for (; left > bytes; ++number)
        left -= entry(number).size + kBytesPerLine;
    drop_before(number);
    return first_ - before;
}

void LogBuffer::begin_at(std::size_t first, std::optional<Instant> dropped_until)
{
    behind_stream_ = behind_stream_ - first_ + first;
    behind_retold_ = behind_retold_ - first_ + first;
    first_ = first;
    dropped_until_ = dropped_until;
}

void LogBuffer::count_in(LogLevel level, std::optional<Instant> at, std::uint32_t by)
{
    by_level_[static_cast<std::size_t>(level)] += by;
    timed_ += at ? by : 0;
}

bool LogBuffer::operator==(LogBuffer const& other) const
{
    if (first() != other.first() || size() != other.size())
        return false;
    for (std::size_t number = first(); number < end(); ++number) {
        if ((*this)[number] != other[number])
            return false;
    }
    return true;
}

} // namespace pev
