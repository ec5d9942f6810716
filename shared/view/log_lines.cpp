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
    if (log.end() < seen_ || log.first() > seen_ || log.first() < first_)
        return false;
    std::size_t added_bytes = 0;
    for (std::size_t line = seen_; line < log.end(); ++line)
        added_bytes += log.text(line).size();
    if (log.text_bytes_through() != bytes_ + added_bytes)
        return false;
    if (seen_ > log.first() && hash_of(log.text(seen_ - 1)) != last_)
        return false;
    return shows_all() || log.confirmations() == confirmations_; // a line may have been given its level since
}

void LogLines::forget_dropped(LogBuffer const& log)
{
    first_ = log.first();
    auto const held = std::ranges::lower_bound(passing_, first_);
    passing_first_ += static_cast<std::size_t>(held - passing_.begin());
    passing_.erase(passing_.begin(), held);
}

void LogLines::update(LogBuffer const& log, std::string_view step, LogLevelSet levels)
{
    if (step != step_ || levels != levels_ || !still_leads(log)) {
        step_ = step;
        levels_ = levels;
        passing_.clear();
        passing_first_ = 0;
        seen_ = log.first();
        ++generation_;
    }
    forget_dropped(log);
    if (!shows_all()) {
        for (std::size_t line = seen_; line < log.end(); ++line) {
            if ((levels_ & bit_of(log[line].level)) != 0)
                passing_.push_back(static_cast<std::uint32_t>(line));
        }
    }
    seen_ = log.end();
    bytes_ = log.text_bytes_through();
    last_ = log.empty() ? 0 : hash_of(log.text(seen_ - 1));
    confirmations_ = log.confirmations();
}

std::size_t LogLines::index_of(std::size_t line) const
{
    if (shows_all())
        return std::clamp(line, first_, seen_);
    return passing_first_ + static_cast<std::size_t>(std::ranges::lower_bound(passing_, line) - passing_.begin());
}

std::string describe_dropped(LogBuffer const& log)
{
    if (log.first() == 0)
        return {};
    return format_count(log.first()) + (log.first() == 1 ? " older line dropped" : " older lines dropped");
}

std::string_view without_line_end(std::string_view line)
{
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

std::string_view ShownText::of(std::string_view line)
{
    line = without_line_end(line);
    if (!has_controls(line))
        return line;
    resolve_terminal(line, {}, resolved_);
    return resolved_.text;
}

std::string copy_log(LogBuffer const& log, LogLines const& lines, TextRange const& range)
{
    std::string out;
    ShownText shown;
    for (std::size_t i = lines.index_of(range.from.line); i < lines.end() && lines[i] <= range.to.line; ++i) {
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
    return copy_log(log, lines, {{log.first(), 0}, {log.end(), 0}});
}

void append_saved_head(LogBuffer const& log, std::string& out)
{
    if (log.first() > 0)
        out.append("# ").append(describe_dropped(log)).append(kWhyDropped).append("\n");
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

} // namespace pev
