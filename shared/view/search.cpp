#include "shared/view/search.h"

#include "shared/base/text.h"
#include "shared/base/unicode.h"
#include "shared/view/format.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace pev {

namespace {

    // Beyond this many nobody counts; and a text of one letter is found everywhere.
    constexpr std::uint32_t kMostCounted = 1'000;

    std::uint32_t count_folded(std::string_view text, std::string_view folded)
    {
        std::uint32_t count = 0;
        for (std::size_t at = find_folded(text, folded); at != std::string_view::npos && count < kMostCounted;
            at = find_folded(text, folded, at + folded.size()))
            ++count;
        return count;
    }

    // The unit of a \uXXXX that `text` begins with, or nothing.
    std::optional<std::uint32_t> escaped_unit(std::string_view text)
    {
        constexpr std::size_t kSize = 6;
        if (text.size() < kSize || !text.starts_with("\\u"))
            return std::nullopt;
        std::uint32_t unit = 0;
        auto const [end, error] = std::from_chars(text.data() + 2, text.data() + kSize, unit, 16);
        return error == std::errc{} && end == text.data() + kSize ? std::optional{unit} : std::nullopt;
    }

    // JSON as a reader sees it: its strings without their escapes.
    std::string without_escapes(std::string_view json)
    {
        std::string out;
        out.reserve(json.size());
        while (!json.empty()) {
            std::size_t const plain = std::min(json.find('\\'), json.size());
            out += json.substr(0, plain);
            json.remove_prefix(plain);
            if (json.size() < 2)
                break;
            if (auto const unit = escaped_unit(json)) {
                auto const second = escaped_unit(json.substr(6));
                bool const pair = *unit >= 0xD800 && *unit < 0xDC00 && second && *second >= 0xDC00 && *second < 0xE000;
                append_utf8(out, pair ? 0x10000 + ((*unit - 0xD800) << 10U) + (*second - 0xDC00) : *unit);
                json.remove_prefix(pair ? 12 : 6);
                continue;
            }
            char const c = json[1];
            out += c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' ? ' ' : c;
            json.remove_prefix(2);
        }
        return out;
    }

    std::uint32_t count_in_json(JsonText const& json, std::string_view folded)
    {
        if (json.find('\\') == std::string::npos)
            return count_folded(json, folded);
        return count_folded(without_escapes(json), folded);
    }

    std::size_t size_of_head(StepRun const& step)
    {
        return step.name.size() + step.key.size() + step.input.size() + step.output.size() + step.error.size();
    }

} // namespace

void StepSearch::begin(RunModel const& run, std::string_view text)
{
    std::string folded = fold_case(text);
    if (folded != folded_ || order_ != run.order_revision || run_ != run.id) {
        folded_ = std::move(folded);
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
    std::size_t looked = 0;
    for (; next_ < hits_.size() && looked < bytes; ++next_) {
        StepRun const& step = run.steps[next_];
        Seen& seen = seen_[next_];
        StepHits& hits = hits_[next_];
        StepHits const before = hits;
        if (!seen.head || seen.revision != step.revision) {
            seen = {.revision = step.revision, .log_lines = 0, .head = true};
            hits = {};
            look_at_head(step, hits);
            looked += size_of_head(step);
        }
        for (; seen.log_lines < step.logs.size() && looked < bytes; ++seen.log_lines) {
            std::string_view const line = step.logs.text(seen.log_lines);
            hits.log_lines += contains_folded(line, folded_) ? 1 : 0;
            looked += line.size() + 1;
        }
        if (hits != before)
            ++revision_;
        if (seen.log_lines < step.logs.size())
            return;
    }
}

void StepSearch::look_at_head(StepRun const& step, StepHits& hits)
{
    for (std::string_view const text : {step.title(), std::string_view{step.key}, std::string_view{step.type.word}})
        hits.title += contains_folded(text, folded_) ? 1 : 0;
    hits.input = count_in_json(step.input, folded_);
    hits.output = count_in_json(step.output, folded_);
    hits.error = count_in_json(step.error, folded_);
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
