#include "tests/fuzz/view_run.h"

#include "shared/view/filter.h"
#include "shared/view/inspection.h"
#include "shared/view/timeline.h"
#include "tests/fuzz/fuzzer.h"

#include <algorithm>
#include <vector>

namespace pev::fuzz {

namespace {

    void check_timeline(Timeline const& timeline, std::vector<std::size_t> const& shown)
    {
        std::vector<std::size_t> steps;
        for (TimelineEntry const& entry : timeline.entries)
            steps.push_back(entry.step);
        std::ranges::sort(steps);
        expect(steps == shown, "the timeline has every step once");
        for (TimelineGroup const& group : timeline.groups) {
            expect(group.branches >= 2 && group.steps() >= group.branches, "a group has two branches and more");
            bool const within = group.parent == kNoGroup
                || (timeline.groups[group.parent].first <= group.first
                    && group.end <= timeline.groups[group.parent].end);
            expect(within, "a group stands within the one around it");
            expect(group.depth < kMostNestedGroups, "groups are not nested without end");
        }
    }

} // namespace

void view_run(RunModel const& run)
{
    RunModel counted = run;
    counted.recount();
    expect(counted.progress == run.progress, "the counts of states are kept right");
    expect(counted.log_line_count == run.log_line_count, "the count of log lines is kept right");
    expect(run.progress.percent() >= 0 && run.progress.percent() <= 100, "progress is a percentage");

    StepSearch search;
    search.begin(run, "");
    std::vector<std::size_t> const all = passing_steps(run, {}, search);
    expect(all.size() == run.steps.size(), "without a filter all steps pass");
    search.begin(run, "e");
    while (!search.done())
        search.look(run, 100);
    std::vector<std::size_t> const found = passing_steps(run, {.search = "e", .states = {}, .types = {}}, search);
    expect(found.size() <= all.size(), "a filter adds nothing");
    TimelineLayout layout;
    check_timeline(layout.lay_out(run, all), all);
    check_timeline(layout.lay_out(run, found), found);

    std::array<bool, kSections> open{};
    for (StepRun const& step : run.steps) {
        expect(run.find(step.key) != nullptr, "each step is found by its key");
        open.fill(false);
        inspect(step, open);
        open.fill(true);
        inspect(step, open);
    }
}

} // namespace pev::fuzz
