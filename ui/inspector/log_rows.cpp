#include "ui/inspector/log_rows.h"

#include "ui/inspector/text_rows.h"

#include <algorithm>
#include <functional>

namespace pev::ui {

namespace {

    std::size_t hash_of(std::string_view text)
    {
        return std::hash<std::string_view>{}(text);
    }

    std::string_view without_last_break(std::string_view text)
    {
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
            text.remove_suffix(1);
        return text;
    }

} // namespace

void LogRows::update(LogBuffer const& log, std::string_view step_key, std::uint64_t revision, std::size_t columns)
{
    if (step_key == step_key_ && revision == revision_ && columns == columns_ && log.size() == lines_)
        return;
    std::size_t added = 0;
    if (log.size() >= lines_) {
        for (std::size_t line = lines_; line < log.size(); ++line)
            added += log[line].text.size();
    }
    // Anything but lines added at the end: the log was merged with a document, or it is another one.
    bool const last_stands = lines_ == 0 || (log.size() >= lines_ && hash_of(log[lines_ - 1].text) == last_);
    bool const grew = step_key == step_key_ && columns == columns_ && log.size() >= lines_
        && log.text_bytes() == bytes_ + added && last_stands;
    if (!grew) {
        step_key_ = step_key;
        columns_ = columns;
        lines_ = 0;
        widest_ = 0;
        any_time_ = any_level_ = false;
        tall_.clear();
    }
    for (; lines_ < log.size(); ++lines_)
        look_at(log, lines_);
    if (!log.empty()) { // a line may have been given its level and time since
        any_time_ = any_time_ || log[lines_ - 1].at.has_value();
        any_level_ = any_level_ || log[lines_ - 1].level != LogLevel::None;
    }
    bytes_ = log.text_bytes();
    last_ = lines_ == 0 ? 0 : hash_of(log[lines_ - 1].text);
    revision_ = revision;
}

void LogRows::look_at(LogBuffer const& log, std::size_t line)
{
    LogLine const at = log[line];
    std::string_view const text = without_last_break(at.text);
    widest_ = std::max(widest_, text.size());
    any_time_ = any_time_ || at.at.has_value();
    any_level_ = any_level_ || at.level != LogLevel::None;
    if (std::size_t const rows = count_rows(text, columns_); rows > 1)
        tall_.push_back({line, rows - 1 + (tall_.empty() ? 0 : tall_.back().extra_through)});
}

LogRows::Row LogRows::at(LogBuffer const& log, std::size_t row) const
{
    // The last tall line that starts at or above the row.
    auto const extra_before = [&](std::size_t i) { return i == 0 ? 0 : tall_[i - 1].extra_through; };
    std::size_t low = 0;
    std::size_t high = tall_.size();
    while (low < high) {
        std::size_t const middle = low + (high - low) / 2;
        if (tall_[middle].line + extra_before(middle) <= row)
            low = middle + 1;
        else
            high = middle;
    }
    std::size_t line = row;
    std::size_t part = 0;
    if (low > 0) {
        Tall const& tall = tall_[low - 1];
        std::size_t const first = tall.line + extra_before(low - 1);
        std::size_t const last = tall.line + tall.extra_through;
        line = row <= last ? tall.line : row - tall.extra_through;
        part = row <= last ? row - first : 0;
    }
    std::string_view const text = without_last_break(log[line].text);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < part; ++i)
        begin = next_row(text, row_end(text, begin, columns_));
    begin = std::min(begin, text.size());
    return {line, begin, row_end(text, begin, columns_), part == 0};
}

} // namespace pev::ui
