#include "shared/view/log_texts.h"

#include "shared/base/escapes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pev {

namespace {

    // Shorter lines are resolved again and again.
    constexpr std::size_t kWorthKeeping = 2'000; // bytes

    std::size_t bytes_of(TerminalText const& text)
    {
        std::size_t bytes = sizeof(TerminalText) + text.text.size() + text.runs.size() * sizeof(StyleRun);
        for (LinkSpan const& link : text.links)
            bytes += sizeof(LinkSpan) + link.target.size();
        return bytes;
    }

} // namespace

bool LogTexts::update(LogBuffer const& log, LogLines const& lines)
{
    constexpr std::size_t kBytesAtATime = 8U << 20U;
    if (lines.generation() != generation_) {
        *this = {};
        generation_ = lines.generation();
    }
    forget_dropped(log.first());
    seen_ = std::max(seen_, log.first());
    TerminalStyle style = style_before(seen_);
    for (std::size_t bytes = 0; seen_ < log.end() && bytes < kBytesAtATime; ++seen_) {
        std::string_view const text = log.text(seen_);
        bytes += text.size() + 1;
        if (!has_controls(text))
            continue;
        TerminalStyle const behind = style_behind(text, style);
        if (behind != style)
            changes_.push_back({static_cast<std::uint32_t>(seen_ + 1), number_of(behind)});
        style = styles_[changes_.empty() ? 0 : changes_.back().style];
    }
    return seen_ == log.end();
}

void LogTexts::forget_dropped(std::size_t first)
{
    auto const behind = std::ranges::upper_bound(changes_, first, {}, &Change::line);
    if (behind != changes_.begin())
        changes_.erase(changes_.begin(), std::prev(behind)); // the last of them still holds
}

TerminalStyle const& LogTexts::style_before(std::size_t line) const
{
    auto const behind = std::ranges::upper_bound(changes_, line, {}, &Change::line);
    return styles_[behind == changes_.begin() ? 0 : std::prev(behind)->style];
}

std::uint16_t LogTexts::number_of(TerminalStyle const& style)
{
    constexpr std::size_t kLatest = 64; // logs use few, and the same again and again
    if (style == TerminalStyle{})
        return 0;
    std::size_t const from = styles_.size() - std::min(styles_.size(), kLatest);
    auto const found = std::find(styles_.begin() + static_cast<std::ptrdiff_t>(from), styles_.end(), style);
    if (found == styles_.end() && styles_.size() > kMostStyles)
        return 0;
    auto const number = static_cast<std::uint16_t>(found - styles_.begin());
    if (found == styles_.end())
        styles_.push_back(style);
    return number;
}

ShownLine LogTexts::of(LogBuffer const& log, std::size_t line)
{
    std::string_view const text = without_line_end(log.text(line));
    TerminalStyle const& style = style_before(line);
    if (!has_controls(text))
        return {text, style, {}, {}};
    TerminalText const& shown = resolved(text, line, style);
    return {shown.text, style, shown.runs, shown.links};
}

TerminalText const& LogTexts::resolved(std::string_view text, std::size_t line, TerminalStyle const& style)
{
    if (has_last_ && last_.is_of(line, style))
        return last_.text;
    auto const kept = std::ranges::lower_bound(kept_, line, {}, &Resolved::line);
    if (kept != kept_.end() && kept->is_of(line, style))
        return kept->text;
    last_.line = line;
    last_.begin = style;
    has_last_ = true;
    resolve_terminal(text, style, last_.text);
    if (text.size() >= kWorthKeeping)
        keep(last_);
    return last_.text;
}

void LogTexts::keep(Resolved resolved)
{
    std::size_t const bytes = bytes_of(resolved.text);
    if (bytes > kKeptBytes / 2)
        return;
    if (kept_bytes_ + bytes > kKeptBytes) {
        kept_.clear();
        kept_bytes_ = 0;
    }
    kept_bytes_ += bytes;
    auto const place = std::ranges::lower_bound(kept_, resolved.line, {}, &Resolved::line);
    if (place != kept_.end() && place->line == resolved.line) {
        kept_bytes_ -= bytes_of(place->text);
        *place = std::move(resolved);
    } else {
        kept_.insert(place, std::move(resolved));
    }
}

} // namespace pev
