// State, attempt and times of a step; who worked on it.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "ui/ids.h"
#include "ui/panels/step_row.h"
#include "ui/times.h"
#include "ui/widgets/definition_grid.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/step_marks.h"

namespace pev::ui {

namespace {

    // A start that is further ahead of the server's clock, as far as that is known, is a start by another clock.
    constexpr Duration kClocksDiffer = std::chrono::seconds{5};

    Definition time_definition(Frame const& frame, std::string label, Instant at)
    {
        return {.label = std::move(label), .value = time_words(frame, at), .tooltip = time_in_full(frame, at)};
    }

    std::string dependency_names(Frame const& frame, StepRun const& step)
    {
        constexpr std::size_t kNamed = 4;
        std::string names;
        for (std::size_t i = 0; i < step.dependencies.size() && i < kNamed; ++i) {
            StepRun const* const other = frame.state.run->find(step.dependencies[i]);
            names += (names.empty() ? "" : ", ") + one_line(other != nullptr ? other->name : step.dependencies[i], 60);
        }
        if (step.dependencies.size() > kNamed)
            names += " and " + std::to_string(step.dependencies.size() - kNamed) + " more";
        return names;
    }

    std::string attempt_value(StepRun const& step)
    {
        return std::to_string(step.attempt + 1) + " / " + std::to_string(std::max(step.max_attempts, step.attempt + 1));
    }

} // namespace

float draw_status_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    bool ticks = false;
    std::string const duration = step_duration(frame, step, ticks);
    std::string const state = step_label_in_full(frame, step.state);
    std::string summary = state;
    if (!duration.empty())
        summary += " · " + duration;
    bool const open = is_open(frame, Section::Status);
    section_header(frame, section_bar(frame, place),
        {.section = Section::Status, .title = "Status", .summary = open ? "" : summary});
    if (!open)
        return end_closed(frame, place);

    std::vector<Definition> entries;
    entries.push_back({.label = "State", .value = state});
    entries.push_back({.label = "Attempt", .value = attempt_value(step)});
    if (step.started_at) {
        entries.push_back(time_definition(frame, "Started", *step.started_at));
        if (ticks) {
            Duration const since = frame.server_now - *step.started_at;
            entries.back().aside
                = since < -kClocksDiffer ? "(in the future: clocks differ)" : "(" + format_ago(since) + ")";
            frame.tick();
        }
    }
    if (step.completed_at)
        entries.push_back(time_definition(frame, "Completed", *step.completed_at));
    if (!duration.empty() && !ticks)
        entries.push_back({.label = "Duration", .value = duration});
    if (step.worker && !step.worker->worker_id.empty())
        entries.push_back({.label = "Worker", .value = step.worker->worker_id, .mono = true});
    if (!step.dependencies.empty())
        entries.push_back({.label = "Waits for", .value = dependency_names(frame, step)});
    Rect const body = section_body(frame, place);
    float const height = draw_definitions(frame, make_id("status-grid"), top_left(body), body.w, entries);
    return end_open(frame, place, body.y + height);
}

float draw_worker_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    if (!step.worker)
        return place.y;
    WorkerInfo const& worker = *step.worker;
    bool const open = is_open(frame, Section::Worker);
    section_header(frame, section_bar(frame, place),
        {.section = Section::Worker,
            .title = "Worker",
            .summary = open ? std::string_view{} : std::string_view{worker.worker_id}});
    if (!open)
        return end_closed(frame, place);
    std::vector<Definition> entries;
    entries.push_back({.label = "Worker ID", .value = worker.worker_id, .mono = true});
    if (worker.started_at)
        entries.push_back(time_definition(frame, "Started", *worker.started_at));
    if (worker.finished_at)
        entries.push_back(time_definition(frame, "Finished", *worker.finished_at));
    if (worker.started_at && worker.finished_at)
        entries.push_back({.label = "Worked for", .value = format_duration(*worker.finished_at - *worker.started_at)});
    Rect const body = section_body(frame, place);
    float const height = draw_definitions(frame, make_id("worker-grid"), top_left(body), body.w, entries);
    return end_open(frame, place, body.y + height);
}

} // namespace pev::ui
