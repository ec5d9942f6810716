#include "shared/run/attempts.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pev {

namespace {

    // Events and documents may be stamped by different clocks. Starts that are less apart, with no end between, are one.
    constexpr Duration kOneStart = std::chrono::seconds{1};
    // How far back a line that is told again is looked for.
    constexpr std::size_t kLookBack = 2'000;

    bool is_known(JsonText const& value)
    {
        return !value.empty() && value != "null";
    }

    bool has_ended(StepRun const& step)
    {
        return rank_of(step.state.kind) == 2;
    }

    // Lines of the step's log as a log of their own.
    LogBuffer lines_between(LogBuffer const& log, std::size_t begin, std::size_t end)
    {
        LogBuffer part;
        std::size_t const from = std::max(begin, log.first());
        for (std::size_t i = from; i < std::min(end, log.end()); ++i)
            part.append(log[i]);
        if (from > begin)
            part.begin_at(std::min(from, end) - begin, {});
        return part;
    }

    // How often each text is among lines, less those that the stream told twice with one time.
    class TextCounts {
    public:
        void add(LogBuffer const& log, std::size_t begin, std::size_t end)
        {
            for (std::size_t i = std::max(begin, log.first()); i < end; ++i) {
                LogLine const line = log[i];
                Entry& entry = counts_[line.text];
                bool const twin = line.at && entry.newest == line.at;
                entry.newest = line.at;
                entry.count += twin ? 0 : 1;
            }
        }

        bool are_in(LogBuffer const& log)
        {
            for (std::size_t i = log.first(); i < log.end(); ++i) {
                if (auto const found = counts_.find(log.text(i)); found != counts_.end())
                    --found->second.count;
            }
            return std::ranges::all_of(counts_, [](auto const& text) { return text.second.count <= 0; });
        }

    private:
        struct Entry {
            std::int64_t count = 0;
            std::optional<Instant> newest;
        };
        std::unordered_map<std::string_view, Entry> counts_;
    };

    // Where the lines of the newest attempt begin.
    std::size_t newest_begins(StepRun const& step)
    {
        return step.past.empty() || step.past.back().log ? 0 : step.past.back().end;
    }

} // namespace

int compare_stamps(Instant a, Instant b)
{
    Duration const precision = std::max(precision_of(a), precision_of(b));
    auto const in_steps = [&](Instant at) { return at.time_since_epoch() / precision; };
    return (in_steps(a) > in_steps(b)) - (in_steps(a) < in_steps(b));
}

bool has_run(StepRun const& step)
{
    return step.state.kind != ExecutionState::Skipped && (step.started_at || has_ended(step));
}

bool begins_later(StepRun const& earlier, StepRun const& later)
{
    if (rank_of(later.state.kind) == 0 || !later.started_at)
        return false;
    bool const ended = has_ended(earlier) && earlier.completed_at;
    bool const behind_end = ended && compare_stamps(*later.started_at, *earlier.completed_at) >= 0;
    if (!earlier.started_at)
        return behind_end && compare_stamps(*later.started_at, *earlier.completed_at) > 0;
    if (compare_stamps(*later.started_at, *earlier.started_at) <= 0)
        return false;
    if (earlier.between_attempts)
        return true;
    bool const runs_again = ended && !has_ended(later);
    return (!ended || behind_end) && (runs_again || *later.started_at - *earlier.started_at >= kOneStart);
}

void remember_attempt(StepRun& step, int next_attempt)
{
    if (step.between_attempts)
        return;
    bool const said_how = has_ended(step);
    step.past.push_back({.number = step.attempt_number(),
        .state = said_how ? step.state : StateName{ExecutionState::Unknown, "ended"},
        .started_at = step.started_at,
        .completed_at = step.completed_at,
        .error = said_how && !step.has_earlier_error() ? step.error : JsonText{},
        .begin = newest_begins(step),
        .end = std::max(newest_begins(step), step.logs.end()),
        .log = {}});
    // A number that stands still does not count, and one that is smaller than before counts from one again.
    if (next_attempt == step.attempt)
        step.number = step.attempt_number() + 1;
    else
        step.number = next_attempt + 1;
    step.between_attempts = true;
    if (step.past.size() > kMostPastAttempts)
        step.past.erase(step.past.begin());
}

void take_up_again(StepRun& step)
{
    PastAttempt attempt = std::move(step.past.back());
    step.past.pop_back();
    step.number = attempt.number;
    step.between_attempts = false;
    if (attempt.log) {
        std::uint64_t const generation = step.logs.generation();
        step.logs = std::move(*attempt.log);
        step.logs.set_generation(generation + 1);
    }
}

bool place_earlier_error(StepRun& step, LogBuffer const& logs)
{
    if (!step.has_earlier_error())
        return false;
    if (step.past.empty()) {
        // Nobody saw it. With a number of the server's own it is counted already.
        int const attempt = step.attempt;
        bool const is_counted = attempt > 0;
        bool const has_begun = rank_of(step.state.kind) > 0;
        step.past.push_back({.number = std::max(1, attempt),
            .state = state_of(ExecutionState::Failed),
            .started_at = {},
            .completed_at = {},
            .error = step.error,
            // A log that is stored at the end is still that of before; of a step that has ended again nobody can tell.
            .begin = 0,
            .end = has_ended(step) ? 0 : logs.end(),
            .log = {}});
        step.number = is_counted ? attempt + 1 : 2;
        step.between_attempts = !has_begun;
        return true;
    }
    PastAttempt& before = step.past.back();
    bool const may_have_failed
        = before.state.kind == ExecutionState::Unknown || before.state.kind == ExecutionState::Failed;
    if (is_known(before.error) || !may_have_failed)
        return false;
    before.error = step.error;
    before.state = state_of(ExecutionState::Failed);
    return true;
}

void place_earlier_errors(RunModel& run)
{
    for (StepRun& step : run.steps) {
        if (place_earlier_error(step, step.logs))
            ++step.revision;
    }
    run.recount();
}

LogBuffer& log_at(StepRun& step, std::optional<Instant> at)
{
    LogBuffer* log = &step.logs;
    std::optional<Instant> next_start = step.between_attempts ? std::nullopt : step.started_at;
    for (std::size_t i = step.past.size(); i > 0; --i) {
        PastAttempt& before = step.past[i - 1];
        if (!before.log || !at || !next_start || compare_stamps(*at, *next_start) >= 0)
            break;
        log = &*before.log;
        next_start = before.started_at;
    }
    return *log;
}

bool was_told_before(StepRun const& step, LogLine const& line)
{
    for (PastAttempt const& attempt : step.past) {
        if (!attempt.log || !line.at)
            continue;
        LogBuffer const& log = *attempt.log;
        std::size_t const oldest = log.end() - std::min(log.size(), kLookBack);
        for (std::size_t i = log.end(); i > oldest; --i) {
            if (log[i - 1].at == line.at && log[i - 1].text == line.text)
                return true;
        }
    }
    return false;
}

void move_attempts(StepRun& step, std::size_t number, std::optional<Instant> at)
{
    std::optional<Instant> next_start = step.between_attempts ? std::nullopt : step.started_at;
    for (std::size_t i = step.past.size(); i > 0 && !step.past[i - 1].log; --i) {
        PastAttempt& before = step.past[i - 1];
        // At the border the time tells on which side it stands.
        bool const is_earlier = at && next_start && compare_stamps(*at, *next_start) < 0;
        before.end += number < before.end || (number == before.end && is_earlier) ? 1 : 0;
        before.begin += number < before.begin ? 1 : 0;
        next_start = before.started_at;
    }
}

bool replaces_log(StepRun const& known, LogBuffer const& fetched, bool complete)
{
    LogBuffer const& log = known.logs;
    std::size_t const newest = newest_begins(known);
    if (known.past.empty() || fetched.empty() || fetched.first() > 0)
        return false;
    std::size_t equal = log.first();
    while (equal < log.end() && equal < fetched.end() && log.text(equal) == fetched.text(equal))
        ++equal;
    if (equal == log.end() || (equal >= newest && !complete))
        return false; // it goes on from there
    TextCounts counts;
    counts.add(log, 0, complete ? log.end() : newest);
    return !counts.are_in(fetched);
}

void part_logs(StepRun& known, StepRun const& fetched, bool complete)
{
    std::size_t const newest = newest_begins(known);
    for (PastAttempt& attempt : known.past) {
        if (!attempt.log)
            attempt.log = lines_between(known.logs, attempt.begin, attempt.end);
    }
    // A line may still be one of before: a document had it then, or the stream told it, of an attempt that nobody saw begin.
    auto const is_doubtful = [&](LogLine const& line) {
        if (!line.from_stream)
            return true;
        int const by_time = line.at && fetched.started_at ? compare_stamps(*line.at, *fetched.started_at) : 1;
        return by_time < (complete ? 1 : 0);
    };
    std::unordered_map<std::string_view, std::size_t> stored;
    for (std::size_t i = fetched.logs.first(); i < fetched.logs.end(); ++i)
        ++stored[fetched.logs.text(i)];
    std::vector<bool> is_here(known.logs.end(), true);
    for (bool const doubtful : {false, true}) {
        for (std::size_t i = std::max(newest, known.logs.first()); i < known.logs.end(); ++i) {
            LogLine const line = known.logs[i];
            if (is_doubtful(line) != doubtful)
                continue;
            auto const found = stored.find(line.text);
            bool const is_stored = found != stored.end() && found->second > 0;
            if (is_stored)
                --found->second;
            is_here[i] = is_stored || !doubtful;
        }
    }
    LogBuffer rest;
    for (std::size_t i = std::max(newest, known.logs.first()); i < known.logs.end(); ++i)
        (is_here[i] ? rest : *known.past.back().log).append(known.logs[i]);
    rest.set_generation(known.logs.generation() + 1);
    known.logs = std::move(rest);
}

} // namespace pev
