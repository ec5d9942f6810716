#include "shared/run/order.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pev {

namespace {

    constexpr Instant kNotYet = Instant::max();

    int compare_times(std::optional<Instant> a, std::optional<Instant> b)
    {
        Instant const first = a.value_or(kNotYet);
        Instant const second = b.value_or(kNotYet);
        return (first > second) - (first < second);
    }

    int compare_places(StepRun const& a, StepRun const& b)
    {
        int const made = compare_times(a.created_at, b.created_at);
        return made != 0 ? made : compare_times(a.first_started_at, b.first_started_at);
    }

    // Steps that ran without a word of when can't stand as they ran.
    bool says_when_it_began(StepRun const& step)
    {
        ExecutionState const state = step.state.kind;
        bool const ran
            = state == ExecutionState::Running || state == ExecutionState::Success || state == ExecutionState::Failed;
        return !ran || step.started_at;
    }

    bool names_dependencies(StepRun const& step)
    {
        return !step.dependencies.empty();
    }

    // Whether what `step` waits for stands somewhere behind it.
    bool stands_before_its_dependencies(RunModel const& run, std::uint32_t step)
    {
        return std::ranges::any_of(run.steps[step].dependencies, [&](std::string const& key) {
            StepRun const* const other = run.find_dependency(key, step);
            return other != nullptr && other > &run.steps[step];
        });
    }

    // Lets steps that have not begun stand behind what they wait for, if that has not begun either.
    class Chain {
    public:
        Chain(RunModel const& run, std::vector<std::uint32_t> const& order)
            : run_(run), order_(order), seen_(run.steps.size(), false)
        {
            chained_.reserve(order.size());
        }

        std::vector<std::uint32_t> in_order()
        {
            for (std::uint32_t const step : order_)
                place(step);
            return std::move(chained_);
        }

    private:
        struct Waiting {
            std::uint32_t step;
            std::size_t next = 0; // dependency to look at
        };

        bool was_seen(std::uint32_t step)
        {
            bool const before = seen_[step];
            seen_[step] = true;
            return before;
        }

        // Without recursion: a chain may be as long as the run.
        void place(std::uint32_t first)
        {
            if (was_seen(first))
                return;
            std::vector<Waiting> path{{first}};
            while (!path.empty()) {
                Waiting& at = path.back();
                std::vector<std::string> const& keys = run_.steps[at.step].dependencies;
                if (run_.steps[at.step].first_started_at || at.next == keys.size()) {
                    chained_.push_back(at.step);
                    path.pop_back();
                    continue;
                }
                StepRun const* const other = run_.find_dependency(keys[at.next++], at.step);
                if (other == nullptr || other->first_started_at)
                    continue;
                auto const index = static_cast<std::uint32_t>(other - run_.steps.data());
                if (!was_seen(index))
                    path.push_back({index});
            }
        }

        RunModel const& run_;
        std::vector<std::uint32_t> const& order_;
        std::vector<bool> seen_;
        std::vector<std::uint32_t> chained_;
    };

} // namespace

void sort_steps(std::vector<std::uint32_t>& order, std::vector<StepRun> const& steps,
    int (*compare)(StepRun const& a, StepRun const& b))
{
    auto const is_before = [&](std::uint32_t a, std::uint32_t b) {
        int const compared = compare(steps[a], steps[b]);
        return compared != 0 ? compared < 0 : a < b;
    };
    // A heap, since std::sort is a kilobyte more of what the first picture waits for.
    std::ranges::make_heap(order, is_before);
    std::ranges::sort_heap(order, is_before);
}

void reorder_steps(std::vector<StepRun>& steps, std::vector<std::uint32_t> order)
{
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        if (order[i] == i)
            continue;
        // Round the circle of places that begins here.
        StepRun first = std::move(steps[i]);
        std::uint32_t to = i;
        while (order[to] != i) {
            std::uint32_t const from = std::exchange(order[to], to);
            steps[to] = std::move(steps[from]);
            to = from;
        }
        steps[to] = std::move(first);
        order[to] = to;
    }
}

bool is_order_meaningless(RunModel const& run)
{
    std::vector<StepRun> const& steps = run.steps;
    std::size_t made_together = 0;
    for (std::size_t i = 1; i < steps.size(); ++i)
        made_together += steps[i].created_at && steps[i].created_at == steps[i - 1].created_at ? 1 : 0;
    if (2 * made_together < std::max<std::size_t>(2, steps.size() - 1))
        return false;
    if (!std::ranges::all_of(steps, says_when_it_began))
        return false;
    // Steps that all stand behind what they wait for stand so by design.
    if (std::ranges::none_of(steps, names_dependencies))
        return true;
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        if (stands_before_its_dependencies(run, i))
            return true;
    }
    return false;
}

void settle_order(RunModel& run, bool has_new_steps)
{
    if (!run.arranged)
        return;
    bool in_order = true;
    bool chained = false;
    std::optional<Instant> newest; // start so far
    for (std::uint32_t i = 0; i < run.steps.size(); ++i) {
        StepRun& step = run.steps[i];
        if (!step.first_started_at)
            step.first_started_at = step.started_at;
        // What is over and never began (skipped, say) stays behind what began above it.
        if (!step.first_started_at && rank_of(step.state.kind) == 2)
            step.first_started_at = newest;
        newest = std::max(newest, step.first_started_at);
        in_order = in_order && (i == 0 || compare_places(run.steps[i - 1], step) <= 0);
        chained = chained || (has_new_steps && !step.first_started_at && names_dependencies(step));
    }
    for (std::uint32_t i = 0; chained && in_order && i < run.steps.size(); ++i)
        in_order = run.steps[i].first_started_at || !stands_before_its_dependencies(run, i);
    if (in_order)
        return;
    std::vector<std::uint32_t> order(run.steps.size());
    std::iota(order.begin(), order.end(), 0U);
    sort_steps(order, run.steps, compare_places);
    if (chained)
        order = Chain{run, order}.in_order();
    if (std::ranges::is_sorted(order))
        return;
    reorder_steps(run.steps, std::move(order));
    run.index_steps();
    ++run.revision;
    ++run.order_revision;
}

std::vector<std::uint32_t> match_steps(RunModel const& known, RunModel const& fetched)
{
    std::vector<std::uint32_t> matches(fetched.steps.size(), kNoStep);
    std::vector<bool> taken(known.steps.size(), false);
    auto const match = [&](std::size_t step, std::uint32_t with) {
        matches[step] = with;
        taken[with] = true;
    };
    // Ids count among steps of one key only: not every server gives each step one of its own.
    std::unordered_map<std::string_view, std::uint32_t> by_id;
    std::vector<std::uint32_t> twins;
    for (std::uint32_t i = 0; i < fetched.steps.size(); ++i) {
        StepRun const& step = fetched.steps[i];
        auto const same = known.of_key(step.key);
        if (same.size() == 1 && fetched.of_key(step.key).size() == 1)
            match(i, same.front());
        else if (!same.empty())
            twins.push_back(i);
    }
    for (std::uint32_t i = 0; !twins.empty() && i < known.steps.size(); ++i) {
        if (!taken[i] && !known.steps[i].id.empty())
            by_id.emplace(known.steps[i].id, i);
    }
    std::erase_if(twins, [&](std::uint32_t i) {
        StepRun const& step = fetched.steps[i];
        auto const found = by_id.find(step.id);
        bool const is_same
            = found != by_id.end() && !taken[found->second] && known.steps[found->second].key == step.key;
        if (is_same)
            match(i, found->second);
        return is_same;
    });
    // What the ids don't tell is told by the place among those that are left.
    sort_steps(twins, fetched.steps, [](StepRun const& a, StepRun const& b) { return a.key.compare(b.key); });
    std::span<std::uint32_t const> left;
    std::string_view key;
    for (std::size_t n = 0; n < twins.size(); ++n) {
        StepRun const& step = fetched.steps[twins[n]];
        if (n == 0 || step.key != key) {
            key = step.key;
            left = known.of_key(key);
        }
        auto const may_be = [&](std::uint32_t other) {
            std::string const& id = known.steps[other].id;
            return !taken[other] && (id.empty() || step.id.empty() || id == step.id);
        };
        while (!left.empty() && !may_be(left.front()))
            left = left.subspan(1);
        if (!left.empty())
            match(twins[n], left.front());
    }
    return matches;
}

} // namespace pev
