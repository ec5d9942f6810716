#include "shared/run/merge.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace pev {

namespace {

    // Pairs of indices into `known` and `fetched` whose lines have the same text, ascending on both sides. Ends that agree
    // are matched at once; what remains is matched greedily to the nearest line further on, which is exact where one side's
    // rest is a subsequence of the other's (the usual case), and never loses or doubles a line where it is not.
    using Matches = std::vector<std::pair<std::size_t, std::size_t>>;

    class LineMatcher {
    public:
        LineMatcher(LogBuffer const& known, LogBuffer const& fetched) : known_(known), fetched_(fetched) {}

        Matches match()
        {
            Matches matches;
            std::size_t const shorter = std::min(known_.size(), fetched_.size());
            std::size_t head = 0;
            while (head < shorter && same(head, head))
                matches.emplace_back(head, head), ++head;
            std::size_t tail = 0;
            while (tail < shorter - head && same(known_.size() - 1 - tail, fetched_.size() - 1 - tail))
                ++tail;
            match_middle(head, known_.size() - tail, fetched_.size() - tail, matches);
            for (std::size_t i = tail; i > 0; --i)
                matches.emplace_back(known_.size() - i, fetched_.size() - i);
            return matches;
        }

    private:
        bool same(std::size_t known, std::size_t fetched) const { return known_[known].text == fetched_[fetched].text; }

        // Walks the side with fewer lines and looks each up on the other side, behind the last match.
        void match_middle(std::size_t begin, std::size_t known_end, std::size_t fetched_end, Matches& matches) const
        {
            bool const known_is_shorter = known_end <= fetched_end;
            LogBuffer const& needles = known_is_shorter ? known_ : fetched_;
            LogBuffer const& haystack = known_is_shorter ? fetched_ : known_;
            std::size_t const needles_end = known_is_shorter ? known_end : fetched_end;
            std::size_t const haystack_end = known_is_shorter ? fetched_end : known_end;

            std::unordered_map<std::string_view, std::vector<std::size_t>> places; // ascending
            for (std::size_t i = begin; i < haystack_end; ++i)
                places[haystack[i].text].push_back(i);
            std::size_t next = begin;
            for (std::size_t i = begin; i < needles_end; ++i) {
                auto const found = places.find(needles[i].text);
                if (found == places.end())
                    continue;
                auto const place = std::lower_bound(found->second.begin(), found->second.end(), next);
                if (place == found->second.end())
                    continue;
                matches.push_back(known_is_shorter ? std::pair{i, *place} : std::pair{*place, i});
                next = *place + 1;
            }
        }

        LogBuffer const& known_;
        LogBuffer const& fetched_;
    };

    // -1: `a` has come less far than `b`, 1: further, 0: equally far.
    int compare_progress(StepRun const& a, StepRun const& b)
    {
        int const rank_a = a.attempt * 3 + rank_of(a.state.kind);
        int const rank_b = b.attempt * 3 + rank_of(b.state.kind);
        return (rank_a > rank_b) - (rank_a < rank_b);
    }

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

    // Empties the logs of `known`, which is about to be replaced.
    StepRun merge_step(StepRun& known, StepRun fetched, bool touched)
    {
        LogBuffer logs = merge_logs(known.logs, fetched.logs);
        bool const log_only_grew = logs.starts_with(known.logs);
        known.logs.clear();
        fetched.logs.clear();
        fetched.known_until = std::max(known.known_until, fetched.known_until);
        fetched.revision = known.revision;
        int const further = compare_progress(known, fetched);
        StepRun merged;
        if (touched && further > 0) {
            merged = known;
            merged.known_until = fetched.known_until;
            take_enrichments(merged, std::move(fetched));
        } else {
            merged = std::move(fetched);
            if (touched && further == 0) {
                keep_if_unknown(merged.output, known.output);
                keep_if_unknown(merged.error, known.error);
                keep_if_unknown(merged.started_at, known.started_at);
                keep_if_unknown(merged.completed_at, known.completed_at);
            }
        }
        if (merged != known || !log_only_grew)
            ++merged.revision;
        merged.logs = std::move(logs);
        return merged;
    }

} // namespace

LogBuffer merge_logs(LogBuffer const& known, LogBuffer const& fetched)
{
    if (fetched.empty())
        return known;
    if (known.empty())
        return fetched;
    LogBuffer merged;
    std::size_t next_known = 0;
    std::size_t next_fetched = 0;
    // Between two matches the document's lines come first: the stream began later or lost them.
    auto const append_until = [&](std::size_t known_end, std::size_t fetched_end) {
        for (; next_fetched < fetched_end; ++next_fetched)
            merged.append(fetched[next_fetched]);
        for (; next_known < known_end; ++next_known)
            merged.append(known[next_known]);
    };
    for (auto const& [in_known, in_fetched] : LineMatcher{known, fetched}.match()) {
        append_until(in_known, in_fetched);
        LogLine const known_line = known[in_known];
        merged.append(known_line.from_stream ? known_line : fetched[in_fetched]);
        ++next_known;
        ++next_fetched;
    }
    append_until(known.size(), fetched.size());
    return merged;
}

void merge(RunModel& run, RunModel fetched, std::unordered_set<std::string> const& touched_since_request)
{
    bool const reordered = !std::ranges::equal(fetched.steps, run.steps,
        [](StepRun const& a, StepRun const& b) { return a.key == b.key && a.dependencies == b.dependencies; });
    bool changed = reordered;
    for (StepRun& step : fetched.steps) {
        StepRun* const known = run.find(step.key);
        if (known == nullptr)
            continue;
        std::uint64_t const revision = known->revision;
        bool const touched = touched_since_request.contains(step.key);
        step = merge_step(*known, std::move(step), touched);
        changed |= step.revision != revision;
    }
    // The run itself: an end that was told stands, also where the document is a moment behind.
    if (run.over() && !fetched.over()) {
        fetched.state = run.state;
        fetched.status = run.status;
        fetched.completed_at = run.completed_at;
        keep_if_unknown(fetched.error, run.error);
    }
    keep_if_unknown(fetched.started_at, run.started_at);
    if (!fetched.over())
        fetched.current_step_key = std::move(run.current_step_key);
    fetched.failed_step_key = std::move(run.failed_step_key);
    fetched.revision = run.revision + (changed ? 1 : 0);
    fetched.order_revision = run.order_revision + (reordered ? 1 : 0);
    run = std::move(fetched);
    run.index_steps();
}

} // namespace pev
