#include "shared/run/merge.h"

#include "shared/base/fingerprint.h"
#include "shared/json/json_same.h"
#include "shared/run/attempts.h"
#include "shared/run/log_memory.h"
#include "shared/run/merge_logs.h"
#include "shared/run/order.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    void keep_if_unknown(JsonText& value, JsonText const& other)
    {
        if ((value.empty() || value == "null") && !other.empty())
            value = other;
    }

    template <typename T>
    void keep_if_unknown(std::optional<T>& value, std::optional<T> const& other)
    {
        if (!value)
            value = other;
    }

    // Everything that the document alone knows about a step.
    void take_enrichments(StepRun& step, StepRun&& fetched)
    {
        step.id = std::move(fetched.id);
        step.name = std::move(fetched.name);
        step.type = std::move(fetched.type);
        step.max_attempts = fetched.max_attempts;
        step.input = std::move(fetched.input);
        step.worker = std::move(fetched.worker);
        step.personality = std::move(fetched.personality);
        step.collaboration_context = std::move(fetched.collaboration_context);
        step.episodic_traces = std::move(fetched.episodic_traces);
        step.dependencies = std::move(fetched.dependencies);
        step.created_at = fetched.created_at;
    }

    // A column of the database comes back in another form than the event told it. That is no change.
    void keep_form(StepRun& joined, StepRun const& known)
    {
        joined.output_in_document = known.output_in_document;
        if (joined.output == known.output || known.output.empty())
            return;
        std::uint64_t const form = Fingerprint{}.add(joined.output).value();
        if (form != known.output_in_document && !is_same_json(joined.output, known.output))
            return;
        joined.output = known.output;
        joined.output_in_document = form;
    }

    // The step waits, and the server's time tells that it does so since what `other` tells of.
    bool waits_since(StepRun const& step, StepRun const& other)
    {
        if (rank_of(step.state.kind) > 0 || rank_of(other.state.kind) == 0 || !step.known_until)
            return false;
        std::optional<Instant> const& told = rank_of(other.state.kind) == 2 ? other.completed_at
            : step.between_attempts                                         ? other.started_at
                                                                            : std::nullopt;
        return told && compare_stamps(*step.known_until, *told) > 0;
    }

    // Whether a document that is believed tells of the attempt after the known one.
    bool is_next_attempt(StepRun const& known, StepRun const& fetched)
    {
        if (known.between_attempts || !has_run(known))
            return false;
        if (begins_later(known, fetched))
            return true;
        int const rank = rank_of(fetched.state.kind);
        if (rank == 0)
            return fetched.attempt != known.attempt || rank_of(known.state.kind) == 2;
        if (fetched.attempt <= known.attempt)
            return false;
        bool const timed = fetched.started_at && known.started_at;
        return !timed || compare_stamps(*fetched.started_at, *known.started_at) > 0;
    }

    // Whether it tells of the attempt that was taken for over.
    bool takes_back(StepRun const& known, StepRun const& fetched)
    {
        if (known.past.empty() || rank_of(fetched.state.kind) == 0)
            return false;
        PastAttempt const& before = known.past.back();
        if (!fetched.started_at || fetched.started_at != before.started_at)
            return false;
        return known.between_attempts || known.started_at > before.started_at;
    }

    class Merger {
    public:
        // `older`: an earlier document was newer.
        Merger(DocumentTimes const& times, bool older) : times_(times), older_(older) {}

        Merged merged;

        // Whether the document may not know yet what was told then.
        bool may_lack(std::optional<Instant> told_at) const
        {
            return older_ || (told_at && *told_at >= times_.sent - kDocumentLag);
        }

        void note_lag(std::optional<Instant> told_at)
        {
            merged.document_lags |= older_ || (told_at && *told_at < times_.sent);
        }

        // Joins `fetched` with `known`, which is about to be replaced by the result and is left without its log.
        StepRun join(StepRun& known, StepRun fetched)
        {
            int const further = compare_progress(known, fetched);
            bool const may_lack_it = may_lack(known.told_at);
            bool const known_wins = may_lack_it && (further > 0 || (further == 0 && known.state != fetched.state));
            if (known_wins && further > 0)
                note_lag(known.told_at);

            std::uint64_t const log_generation = known.logs.generation();
            std::size_t const attempts = known.past.size();
            if (!known_wins && takes_back(known, fetched))
                take_up_again(known);
            else if (!known_wins && is_next_attempt(known, fetched))
                remember_attempt(known, fetched.attempt);
            bool changed = known.past.size() != attempts;
            bool const log_is_closed = rank_of(fetched.state.kind) == 2 && further <= 0;
            bool const is_newest = !known_wins && rank_of(fetched.state.kind) > 0 && !begins_later(fetched, known);
            if (is_newest && replaces_log(known, fetched.logs, log_is_closed))
                part_logs(known, fetched, log_is_closed);
            LogBuffer logs = join_logs(known, fetched, log_is_closed);
            std::vector<PastAttempt> past = std::exchange(known.past, {});
            known.logs = {};
            fetched.logs = {};
            StepRun joined;
            if (known_wins) {
                joined = known;
                take_enrichments(joined, std::move(fetched));
            } else {
                joined = std::move(fetched);
                if (may_lack_it && further == 0) {
                    keep_if_unknown(joined.output, known.output);
                    keep_if_unknown(joined.error, known.error);
                    keep_if_unknown(joined.started_at, known.started_at);
                    keep_if_unknown(joined.completed_at, known.completed_at);
                }
                joined.number = known.number;
                joined.between_attempts = known.between_attempts && rank_of(joined.state.kind) == 0;
                keep_form(joined, known);
            }
            joined.past = std::move(past);
            changed |= place_earlier_error(joined, logs);
            past = std::exchange(joined.past, {});
            joined.known_until = std::max(known.known_until, joined.known_until);
            // With our own bookkeeping as it was, what differs is news.
            std::uint64_t const output_in_document = std::exchange(joined.output_in_document, known.output_in_document);
            joined.told_opening = known.told_opening;
            joined.told_at = known.told_at;
            joined.documented_until = known.documented_until;
            joined.documented = known.documented;
            joined.revision = known.revision;
            if (changed || joined != known || logs.generation() != log_generation)
                ++joined.revision;
            joined.logs = std::move(logs);
            joined.past = std::move(past);
            // From here on it is the document's.
            joined.documented_until = times_.told_until();
            joined.documented = !known_wins;
            joined.output_in_document = output_in_document;
            if (!known_wins && further != 0)
                joined.told_opening
                    .reset(); // where the document says the same, what the stream tells next is still newer
            return joined;
        }

    private:
        // The log of the step, with what the document knows of it. `known` has come to the attempt that is believed in.
        static LogBuffer join_logs(StepRun& known, StepRun& fetched, bool is_closed)
        {
            bool const has_own_part = !known.past.empty() && !known.past.back().log;
            if (begins_later(fetched, known) && !has_own_part)
                return std::move(known.logs); // the document has the log of an attempt before
            std::vector<std::size_t> marks;
            auto const each_mark = [&](auto see) {
                for (PastAttempt& attempt : known.past) {
                    if (!attempt.log) {
                        see(attempt.begin);
                        see(attempt.end);
                    }
                }
            };
            each_mark([&](std::size_t& mark) { marks.push_back(mark); });
            LogBuffer logs = merge_logs(std::move(known.logs), std::move(fetched.logs), is_closed, marks);
            auto next = marks.begin();
            each_mark([&](std::size_t& mark) { mark = *next++; });
            return logs;
        }

        DocumentTimes const& times_;
        bool older_;
    };

    // The document shows something that began after the end of the run, as it was told.
    bool goes_on_since(std::optional<Instant> const& end, RunModel const& fetched)
    {
        if (!end || fetched.over())
            return false;
        auto const is_later = [&](auto const& at) { return at && compare_stamps(*at, *end) > 0; };
        return is_later(fetched.started_at)
            || std::ranges::any_of(fetched.steps, [&](StepRun const& step) { return is_later(step.started_at); });
    }

    bool is_older(RunModel const& run, RunModel const& fetched)
    {
        return fetched.updated_at && run.document_updated_at && *fetched.updated_at < *run.document_updated_at
            && *fetched.updated_at > *run.document_updated_at - kOldestDocument;
    }

    // Whether steps that are known have changed places with each other.
    bool change_places(std::vector<std::uint32_t> const& matches)
    {
        std::uint32_t last = 0;
        for (std::uint32_t const known : matches) {
            if (known == kNoStep)
                continue;
            if (known < last)
                return true;
            last = known;
        }
        return false;
    }

    // The order in which the steps of a document have to be put to stand as they are shown; new ones behind.
    std::vector<std::uint32_t> as_shown(std::vector<std::uint32_t> const& matches, std::size_t shown)
    {
        std::vector<std::uint32_t> at(shown, kNoStep);
        for (std::uint32_t i = 0; i < matches.size(); ++i) {
            if (matches[i] != kNoStep)
                at[matches[i]] = i;
        }
        std::erase(at, kNoStep);
        for (std::uint32_t i = 0; i < matches.size(); ++i) {
            if (matches[i] == kNoStep)
                at.push_back(i);
        }
        return at;
    }

    bool began_together(StepRun const& a, StepRun const& b)
    {
        constexpr Duration kClocks = std::chrono::seconds{1};
        return a.started_at && b.started_at && std::chrono::abs(*a.started_at - *b.started_at) <= kClocks;
    }

    // Whether events that were about another step of its key, as the document shows, went to this one.
    bool was_mistaken(StepRun const& known, StepRun const& fetched, RunModel const& document)
    {
        std::span<std::uint32_t const> const same = document.of_key(fetched.key);
        if (same.size() < 2 || !known.told_at || !known.started_at || began_together(known, fetched))
            return false;
        return std::ranges::any_of(same, [&](std::uint32_t i) { return began_together(known, document.steps[i]); });
    }

    // Of several steps of one key the one with the same id, or none.
    StepRun* find_same(RunModel& run, StepRun const& step)
    {
        std::span<std::uint32_t const> const same = run.of_key(step.key);
        if (same.size() == 1)
            return &run.steps[same.front()];
        for (std::uint32_t const i : same) {
            if (!step.id.empty() && run.steps[i].id == step.id)
                return &run.steps[i];
        }
        return nullptr;
    }

} // namespace

int compare_progress(StepRun const& a, StepRun const& b)
{
    if (begins_later(b, a) || waits_since(a, b))
        return 1;
    if (begins_later(a, b) || waits_since(b, a))
        return -1;
    int const rank_a = a.attempt * 3 + rank_of(a.state.kind);
    int const rank_b = b.attempt * 3 + rank_of(b.state.kind);
    return (rank_a > rank_b) - (rank_a < rank_b);
}

Merged merge(RunModel& run, RunModel fetched, DocumentTimes const& times)
{
    bool const older = is_older(run, fetched);
    bool reordered = false;
    Merger merger{times, older};
    if (older && fetched.steps.size() < run.steps.size()) {
        merger.note_lag(run.told_at);
        return merger.merged;
    }
    std::vector<std::uint32_t> const matches = match_steps(run, fetched);
    fetched.arranged = run.arranged || change_places(matches) || is_order_meaningless(fetched);
    bool const has_new_steps = std::ranges::find(matches, kNoStep) != matches.end();
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == kNoStep || !was_mistaken(run.steps[matches[i]], fetched.steps[i], fetched))
            continue;
        StepRun& known = run.steps[matches[i]];
        known.told_at.reset();
        known.known_until.reset();
        known.started_at.reset();
        known.logs = {};
        known.past.clear(); // what looked like another attempt was the other step
        known.number = 1;
        known.between_attempts = false;
    }
    bool changed = false;
    for (std::size_t i = 0; i < matches.size(); ++i) {
        StepRun& step = fetched.steps[i];
        if (matches[i] == kNoStep) {
            step.ref.clear(); // it may be another one's by now
            step.documented_until = times.told_until();
            step.documented = true;
            continue;
        }
        StepRun& known = run.steps[matches[i]];
        std::uint64_t const revision = known.revision;
        step.ref = known.ref;
        step.first_started_at = known.first_started_at;
        bool const waits_for_others = step.dependencies != known.dependencies;
        step = merger.join(known, std::move(step));
        changed |= step.revision != revision;
        reordered |= waits_for_others;
    }
    if (fetched.steps.empty()) {
        fetched.steps = std::move(run.steps); // it tells of none; those that are known are not gone
    } else {
        if (fetched.arranged)
            reorder_steps(fetched.steps, as_shown(matches, run.steps.size()));
        reordered |= !std::ranges::equal(fetched.steps, run.steps, {}, &StepRun::ref, &StepRun::ref);
    }
    bool const end_holds = run.over() && run.told_at && times.sent < *run.told_at + kEndHolds;
    bool const ahead = rank_of(run.state.kind) > rank_of(fetched.state.kind)
        && (end_holds || merger.may_lack(run.told_at)) && !goes_on_since(run.completed_at, fetched);
    if (ahead) {
        fetched.state = run.state;
        fetched.status = run.status;
        fetched.completed_at = run.completed_at;
        keep_if_unknown(fetched.error, run.error);
        merger.note_lag(run.told_at);
    }
    keep_if_unknown(fetched.started_at, run.started_at);
    if (!fetched.over()) {
        fetched.current_step_key = std::move(run.current_step_key);
        fetched.current_step_until = run.current_step_until;
    }
    if (fetched.over() || !run.over())
        fetched.failed_step_key = std::move(run.failed_step_key);
    fetched.told_at = run.told_at;
    fetched.documented_until = times.told_until();
    if (ahead)
        fetched.told_opening = run.told_opening;
    fetched.document_updated_at = older ? run.document_updated_at : fetched.updated_at;
    changed |= reordered || fetched.state != run.state || fetched.error != run.error;
    fetched.revision = run.revision + (changed ? 1 : 0);
    fetched.order_revision = run.order_revision + (reordered ? 1 : 0);
    fetched.memory = run.memory;
    run = std::move(fetched);
    run.index_steps();
    settle_order(run, has_new_steps);
    fit_logs(run);
    return merger.merged;
}

Merged merge_step(RunModel& run, StepRun fetched, DocumentTimes const& times)
{
    Merger merger{times, false};
    StepRun* const known = find_same(run, fetched);
    if (known == nullptr)
        return merger.merged;
    std::uint64_t const revision = known->revision;
    fetched.ref = known->ref;
    fetched.first_started_at = known->first_started_at;
    *known = merger.join(*known, std::move(fetched));
    if (known->revision != revision)
        ++run.revision;
    run.recount();
    fit_logs(run);
    return merger.merged;
}

void note_document(RunModel& run, DocumentTimes const& times)
{
    run.arranged = is_order_meaningless(run);
    if (run.arranged) {
        settle_order(run, true);
        for (StepRun& step : run.steps)
            step.ref.clear(); // steps of one key are numbered as they are shown
        run.index_steps();
    }
    run.document_updated_at = run.updated_at;
    run.documented_until = times.told_until();
    for (StepRun& step : run.steps) {
        step.documented_until = times.told_until();
        step.documented = true;
    }
}

} // namespace pev
