#include "shared/view/log_lines.h"

#include "shared/base/escapes.h"
#include "shared/view/format.h"

#include <algorithm>
#include <functional>

namespace pev {

namespace {

    std::size_t hash_of(std::string_view text)
    {
        constexpr std::size_t kEnough = 256; // bytes, from the end
        return std::hash<std::string_view>{}(text.substr(text.size() - std::min(text.size(), kEnough)));
    }

} // namespace

LogLevelSet levels_to_show(LogBuffer const& log, LogLevelSet wanted)
{
    return log.count(LogLevel::None) == log.size() ? kAllLogLevels : wanted;
}

bool LogLines::still_leads(LogBuffer const& log) const
{
    if (log.size() < seen_)
        return false;
    std::size_t added_bytes = 0;
    std::array<std::size_t, kLogLevels> levels = by_level_;
    for (std::size_t line = seen_; line < log.size(); ++line) {
        LogLine const at = log[line];
        added_bytes += at.text.size();
        ++levels[static_cast<std::size_t>(at.level)];
    }
    if (log.text_bytes() != bytes_ + added_bytes || (seen_ > 0 && hash_of(log[seen_ - 1].text) != last_))
        return false;
    for (std::size_t level = 0; level < kLogLevels; ++level) { // a line may have been given its level since
        if (levels_ != kAllLogLevels && levels[level] != log.count(static_cast<LogLevel>(level)))
            return false;
    }
    return true;
}

void LogLines::update(LogBuffer const& log, std::string_view step_key, LogLevelSet levels)
{
    if (step_key != step_key_ || levels != levels_ || !still_leads(log)) {
        step_key_ = step_key;
        levels_ = levels;
        passing_.clear();
        seen_ = 0;
        ++generation_;
    }
    if (levels_ != kAllLogLevels) {
        for (std::size_t line = seen_; line < log.size(); ++line) {
            if ((levels_ & bit_of(log[line].level)) != 0)
                passing_.push_back(static_cast<std::uint32_t>(line));
        }
    }
    seen_ = log.size();
    bytes_ = log.text_bytes();
    last_ = seen_ == 0 ? 0 : hash_of(log[seen_ - 1].text);
    for (std::size_t level = 0; level < kLogLevels; ++level)
        by_level_[level] = log.count(static_cast<LogLevel>(level));
}

std::size_t LogLines::index_of(std::size_t line) const
{
    if (levels_ == kAllLogLevels)
        return std::min(line, seen_);
    return static_cast<std::size_t>(std::lower_bound(passing_.begin(), passing_.end(), line) - passing_.begin());
}

std::string_view ShownText::of(std::string_view line)
{
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    if (!has_escapes(line))
        return line;
    without_escapes_ = without_escapes(line);
    return without_escapes_;
}

std::string copy_log(LogBuffer const& log, LogLines const& lines, TextRange const& range)
{
    std::string out;
    ShownText shown;
    for (std::size_t i = lines.index_of(range.from.line); i < lines.size() && lines[i] <= range.to.line; ++i) {
        std::string_view const text = shown.of(log[lines[i]].text);
        auto const part = range.in_line(lines[i], text.size());
        out += text.substr(part.begin, part.end - part.begin);
        if (part.through)
            out += '\n';
    }
    return out;
}

std::string copy_log(LogBuffer const& log, LogLines const& lines)
{
    return copy_log(log, lines, {{0, 0}, {log.size(), 0}});
}

void append_saved_line(LogLine const& line, std::string& out)
{
    if (line.at)
        out.append(format_iso(*line.at)).append(" ");
    if (line.level != LogLevel::None)
        out.append(log_level_word(line.level)).append(" ");
    ShownText shown;
    out.append(shown.of(line.text)).append("\n");
}

std::string save_log(LogBuffer const& log, LogLevelSet levels)
{
    std::string out;
    out.reserve(log.text_bytes() + log.size() * 32);
    for (std::size_t line = 0; line < log.size(); ++line) {
        if ((levels & bit_of(log[line].level)) != 0)
            append_saved_line(log[line], out);
    }
    return out;
}

} // namespace pev
