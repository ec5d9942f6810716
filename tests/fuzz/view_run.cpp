#include "tests/fuzz/view_run.h"

#include "shared/view/filter.h"
#include "shared/view/inspection.h"
#include "shared/view/json_outline.h"
#include "shared/view/log_rows.h"
#include "shared/view/timeline.h"
#include "tests/fuzz/fuzzer.h"

namespace pev::fuzz {

namespace {

// A reader who opens everything.
void unfold(std::string const& json)
{
    std::set<JsonNodeId> toggled;
    JsonOutline outline;
    for (int round = 0; round < 4; ++round) {
        outline.update(json, 1, {toggled, 1, 40, std::nullopt});
        for (std::size_t row = 0; row < outline.rows().size(); ++row) {
            JsonRow const& at = outline.rows()[row];
            expect(at.item.end <= json.size() && at.text_begin <= at.text_end, "rows show what is in the text");
            json_path(json, outline.rows(), row);
            if (at.folds && !at.open)
                toggled.insert(at.id);
        }
    }
}

void read_log(StepRun const& step)
{
    constexpr std::size_t kColumns = 7;
    LogLines lines;
    lines.update(step.logs, step.key, kAllLogLevels);
    LogRows rows;
    rows.update(step.logs, lines, kColumns);
    ShownText shown;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LogRows::Row row = rows.line_at(i);
        std::string_view const text = shown.of(step.logs[lines[row.index]].text);
        rows.place(row, text);
        expect(row.begin <= row.end && row.end <= text.size(), "a row is a part of its line");
        expect(rows.row_of(row.index, row.begin, text) == i, "a row is found by what is in it");
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

    std::vector<std::size_t> const all = passing_steps(run, {});
    expect(all.size() == run.steps.size(), "without a filter all steps pass");
    Timeline const timeline = lay_out_timeline(run, all, run.updated_at.value_or(Instant{}));
    expect(timeline.step_count == all.size(), "the timeline has every step once");
    expect(
        passing_steps(run, {.search = "e", .states = {}, .types = {}}).size() <= all.size(), "a filter adds nothing");

    for (StepRun const& step : run.steps) {
        expect(run.find(step.key) != nullptr, "each step is found by its key");
        inspect(step);
        unfold(step.output);
        read_log(step);
    }
}

} // namespace pev::fuzz
