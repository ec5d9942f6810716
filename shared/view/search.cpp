#include "shared/view/search.h"

#include "shared/json/json_string.h"
#include "shared/view/format.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // Beyond this many nobody counts; and a text of one letter is found everywhere.
    constexpr std::uint32_t kMostCounted = 1'000;

    std::uint32_t count_in(std::string_view text, Needle const& needle)
    {
        std::uint32_t count = 0;
        for (auto found = needle.find(text); found && count < kMostCounted; found = needle.find(text, found->end))
            ++count;
        return count;
    }

    std::uint32_t count_in_json(JsonText const& json, Needle const& needle)
    {
        if (json.find('\\') == std::string::npos)
            return count_in(json, needle);
        std::string read; // as a reader sees it
        append_unescaped(json, read);
        std::ranges::replace_if(read, [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
        return count_in(read, needle);
    }

    std::size_t size_of_head(StepRun const& step)
    {
        return step.name.size() + step.key.size() + step.input.size() + step.output.size() + step.error.size();
    }

} // namespace

void StepSearch::begin(RunModel const& run, std::string_view text)
{
    if (text != text_ || order_ != run.order_revision || run_ != run.id) {
        text_ = text;
        needle_ = {};
        order_ = run.order_revision;
        run_ = run.id;
        std::size_t const steps = active() ? run.steps.size() : 0;
        hits_.assign(steps, {});
        seen_.assign(steps, {});
        ++revision_;
    }
    next_ = 0;
}

void StepSearch::look(RunModel const& run, std::size_t bytes)
{
    if (needle_.empty())
        needle_ = Needle{text_};
    std::size_t looked = 0;
    for (; next_ < hits_.size() && looked < bytes; ++next_) {
        StepRun const& step = run.steps[next_];
        Seen& seen = seen_[next_];
        StepHits& hits = hits_[next_];
        StepHits const before = hits;
        if (!seen.head || seen.revision != step.revision) {
            seen = {.revision = step.revision, .log_line = 0, .log_hits = {}, .head = true};
            hits = {};
            look_at_head(step, hits);
            looked += size_of_head(step);
        }
        seen.log_line = std::max(seen.log_line, step.logs.first());
        for (; seen.log_line < step.logs.end() && looked < bytes; ++seen.log_line) {
            std::string_view const line = step.logs.text(seen.log_line);
            if (needle_.is_in(line))
                seen.log_hits.push_back(static_cast<std::uint32_t>(seen.log_line));
            looked += line.size() + 1;
        }
        seen.log_hits.erase(seen.log_hits.begin(), std::ranges::lower_bound(seen.log_hits, step.logs.first()));
        hits.log_lines = static_cast<std::uint32_t>(seen.log_hits.size());
        if (hits != before)
            ++revision_;
        if (seen.log_line < step.logs.end())
            return;
    }
}

void StepSearch::look_at_head(StepRun const& step, StepHits& hits)
{
    for (std::string_view const text : {step.title(), std::string_view{step.key}, std::string_view{step.type.word}})
        hits.title += needle_.is_in(text) ? 1 : 0;
    hits.input = count_in_json(step.input, needle_);
    hits.output = count_in_json(step.output, needle_);
    hits.error = count_in_json(step.error, needle_);
}

std::string describe_hits(StepHits const& hits)
{
    std::string words;
    auto const add = [&](std::uint32_t count, std::string_view where) {
        if (count == 0)
            return;
        words += words.empty() ? "" : ", ";
        words += format_count(count);
        if (words.find(' ') == std::string::npos)
            words += count == 1 ? " match" : " matches";
        words += " in ";
        words += where;
    };
    add(hits.log_lines, "logs");
    add(hits.output, "output");
    add(hits.error, "error");
    add(hits.input, "input");
    return words;
}

} // namespace pev
