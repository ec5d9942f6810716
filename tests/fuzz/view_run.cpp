#include "tests/fuzz/view_run.h"

#include "shared/view/filter.h"
#include "shared/view/inspection.h"
#include "shared/view/timeline.h"
#include "tests/fuzz/fuzzer.h"

namespace pev::fuzz {

void view_run(RunModel const& run)
{
    RunModel counted = run;
    counted.recount();
    expect(counted.progress == run.progress, "the counts of states are kept right");
    expect(counted.log_line_count == run.log_line_count, "the count of log lines is kept right");
    expect(run.progress.percent() >= 0 && run.progress.percent() <= 100, "progress is a percentage");

    std::vector<std::size_t> const all = passing_steps(run, {});
    expect(all.size() == run.steps.size(), "without a filter all steps pass");
    Timeline const timeline = lay_out_timeline(run, all, run.updated_at.value_or(Instant{}));
    expect(timeline.step_count == all.size(), "the timeline has every step once");
    expect(
        passing_steps(run, {.search = "e", .states = {}, .types = {}}).size() <= all.size(), "a filter adds nothing");

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
