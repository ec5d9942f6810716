#include "tests/fuzz/view_run.h"

#include "shared/base/escapes.h"
#include "shared/base/text.h"
#include "shared/view/filter.h"
#include "shared/view/inspection.h"
#include "shared/view/json_outline.h"
#include "shared/view/log_rows.h"
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

    void check_shown(ShownLine const& shown)
    {
        expect(find_control(shown.text, 0) == shown.text.size(), "no control character is left in a shown line");
        expect(is_utf8(shown.text), "characters are shown whole");
        expect(shown.runs.empty() || shown.runs.front().begin == 0, "each character has its style");
        for (std::size_t i = 1; i < shown.runs.size(); ++i)
            expect(shown.runs[i - 1].begin < shown.runs[i].begin, "runs of a style follow each other");
        std::size_t end = 0;
        for (LinkSpan const& link : shown.links) {
            expect(end <= link.begin && link.begin < link.end, "links follow each other");
            end = link.end;
        }
        expect(end <= shown.text.size(), "links are in their line");
        std::string const again{shown.text};
        expect(without_escapes(again) == again, "what a terminal shows is shown as it is");
    }

    void read_log(StepRun const& step)
    {
        constexpr std::size_t kColumns = 7;
        LogLines lines;
        lines.update(step.logs, step.key, kAllLogLevels);
        LogTexts texts;
        while (!texts.update(step.logs, lines)) {}
        LogRows rows;
        while (!rows.update(step.logs, lines, texts, {.columns = kColumns})) {}
        for (std::size_t i = 0; i < rows.size(); ++i) {
            LogRows::Row row = rows.line_at(i);
            ShownLine const shown = texts.of(step.logs, lines[row.index]);
            std::string_view const text = shown.text;
            check_shown(shown);
            rows.place(row, text);
            expect(row.begin <= row.end && row.end <= text.size(), "a row is a part of its line");
            expect(row.names_day || rows.row_of(row.index, row.begin, text) == i, "a row is found by what is in it");
        }
    }

} // namespace

void view_run(RunModel const& run)
{
    RunModel counted = run;
    counted.recount();
    expect(counted.progress == run.progress, "the counts of states are kept right");
    expect(counted.log_line_count == run.log_line_count, "the count of log lines is kept right");
    expect(counted.dropped_line_count == run.dropped_line_count, "the count of dropped lines is kept right");
    expect(counted.log_bytes == run.log_bytes, "the memory of logs is kept right");
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

    for (StepRun const& step : run.steps) {
        expect(run.find(step.ref) == &step, "each step is found by its name");
        expect(run.find_by_key(step.key) != nullptr, "and one by its key");
        inspect(step);
        unfold(step.output);
        read_log(step);
    }
}

} // namespace pev::fuzz
