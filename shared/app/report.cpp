#include "shared/app/report.h"

#include "shared/app/version.h"
#include "shared/live/story.h"
#include "shared/view/format.h"

#include <chrono>
#include <ranges>

namespace pev {

namespace {

    std::string count(std::uint64_t number)
    {
        return format_count(static_cast<std::size_t>(number));
    }

    std::string describe_clock(ServerClock const& clock)
    {
        Duration const ahead = clock.offset();
        if (std::chrono::abs(ahead) < std::chrono::seconds{1})
            return "as this computer's";
        return format_duration(std::chrono::abs(ahead)) + (ahead > Duration{0} ? " ahead of" : " behind")
            + " this computer's";
    }

    ReportSection describe_viewer(AppState const& state, Instant now, UtcOffsetAt offset)
    {
        Options const& options = state.options;
        Connection const& connection = state.connection;
        ReportSection section{"Viewer", {}};
        section.rows = {
            {"Version", std::string{version()}},
            {"Time", format_date_time(now, offset)},
            {"Run", options.run},
            {"API", options.api + (options.profile == Profile::App ? " (app profile)" : "")},
            {"Streaming", options.stream ? "on" : "off"},
            {"Connection", what_it_does(connection, now)},
            {"Last update", state.last_good_at ? format_clock_ms(*state.last_good_at, offset) : "none yet"},
            {"Server's clock", describe_clock(state.clock)},
        };
        return section;
    }

    ReportSection describe_events(Diagnostics const& counts)
    {
        return {"Events",
            {
                {"Received", count(counts.events_received)},
                {"Applied", count(counts.events_applied)},
                {"Ignored", count(counts.ignored())},
                {"– known already", count(counts.already_known)},
                {"– other run", count(counts.other_run)},
                {"– unknown step", count(counts.unknown_step)},
                {"– after the end", count(counts.run_over)},
                {"– unknown type", count(counts.unknown_type)},
                {"– broken", count(counts.broken)},
            }};
    }

    ReportSection describe_memory(RunModel const& run)
    {
        return {"Memory",
            {
                {"For the run", format_bytes(run.memory)},
                {"Logs", format_bytes(run.log_bytes)},
                {"Other than logs", format_bytes(run.other_bytes)},
                {"Log lines", count(run.log_line_count)},
                {"– dropped", count(run.dropped_line_count)},
            }};
    }

    ReportSection describe_notes(std::string title, Notes const& notes, UtcOffsetAt offset)
    {
        ReportSection section{std::move(title), {}};
        for (Note const& note : std::views::reverse(notes)) {
            std::string value = note.text;
            if (note.times > 1)
                value += " (" + std::to_string(note.times) + " times since " + format_clock(note.first, offset) + ")";
            section.rows.push_back({format_clock_ms(note.last, offset), std::move(value)});
        }
        if (section.rows.empty())
            section.rows.push_back({"", "None"});
        return section;
    }

} // namespace

Report make_report(AppState const& state, Instant now, UtcOffsetAt offset)
{
    Diagnostics const& diagnostics = state.diagnostics;
    Report report{describe_viewer(state, now, offset), describe_events(diagnostics)};
    report.push_back(describe_notes("Connection history", diagnostics.connection, offset));
    report.push_back(describe_notes("Errors", diagnostics.errors, offset));
    if (state.run)
        report.push_back(describe_memory(*state.run));
    return report;
}

std::string report_text(Report const& report)
{
    std::string text;
    for (ReportSection const& section : report) {
        text += (text.empty() ? "" : "\n") + section.title + "\n";
        for (ReportRow const& row : section.rows)
            text += "  " + row.label + (row.label.empty() ? "" : ": ") + row.value + "\n";
    }
    return text;
}

} // namespace pev
