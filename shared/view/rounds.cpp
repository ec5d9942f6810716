#include "shared/view/rounds.h"

#include "shared/view/span.h"

namespace pev {

namespace {

    bool follow_each_other(RunModel const& run, std::span<std::uint32_t const> steps)
    {
        std::size_t begun = 0;
        Span before;
        for (std::uint32_t const i : steps) {
            Span const span = span_of(run, run.steps[i]);
            if (!run.steps[i].started_at)
                continue;
            bool const follows
                = before.from <= span.from && !are_side_by_side(before, span, std::min(before.length(), span.length()));
            if (begun > 0 && !follows)
                return false;
            before = span;
            ++begun;
        }
        return begun >= 2;
    }

} // namespace

std::vector<std::uint32_t> rounds_of(RunModel const& run)
{
    std::vector<std::uint32_t> rounds;
    if (run.keys_differ())
        return rounds;
    rounds.resize(run.steps.size());
    for (std::uint32_t i = 0; i < run.steps.size(); ++i) {
        std::span<std::uint32_t const> const same = run.of_key(run.steps[i].key);
        if (same.size() < 2 || same.front() != i || !follow_each_other(run, same))
            continue;
        for (std::uint32_t round = 0; round < same.size(); ++round)
            rounds[same[round]] = round + 1;
    }
    return rounds;
}

} // namespace pev
