#include "shared/run/merge.h"

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

            bool const log_is_closed = rank_of(fetched.state.kind) == 2 && further <= 0;
            std::uint64_t const log_generation = known.logs.generation();
            LogBuffer logs = merge_logs(std::exchange(known.logs, {}), std::exchange(fetched.logs, {}), log_is_closed);
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
            }
            joined.known_until = std::max(known.known_until, joined.known_until);
            // With our own bookkeeping as it was, what differs is news.
            joined.told_at = known.told_at;
            joined.documented_until = known.documented_until;
            joined.documented = known.documented;
            joined.revision = known.revision;
            if (joined != known || logs.generation() != log_generation)
                ++joined.revision;
            joined.logs = std::move(logs);
            // From here on it is the document's.
            joined.documented_until = times_.told_until();
            joined.documented = !known_wins;
            return joined;
        }

    private:
        DocumentTimes const& times_;
        bool older_;
    };

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
        known.logs = {};
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
    if (fetched.arranged)
        reorder_steps(fetched.steps, as_shown(matches, run.steps.size()));
    reordered |= !std::ranges::equal(fetched.steps, run.steps, {}, &StepRun::ref, &StepRun::ref);
    bool const end_holds = run.over() && run.told_at && times.sent < *run.told_at + kEndHolds;
    bool const ahead
        = rank_of(run.state.kind) > rank_of(fetched.state.kind) && (end_holds || merger.may_lack(run.told_at));
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
    fetched.failed_step_key = std::move(run.failed_step_key);
    fetched.told_at = run.told_at;
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
    for (StepRun& step : run.steps) {
        step.documented_until = times.told_until();
        step.documented = true;
    }
}

} // namespace pev
