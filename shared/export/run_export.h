// A run, or a part of it, as a file for the reader. Written in portions: tens of megabytes must not hold up a frame.
//
// Used by: Session, one portion between two frames.
#pragma once

#include "shared/run/model.h"
#include "shared/view/log_lines.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pev {

enum class ExportKind : std::uint8_t {
    RunJson, // as the server would send it (run_json.h)
    StepsCsv, // a row for each step
    StepsCsvSemicolons, // the same where 1.5 is written 1,5
    AllLogsText, // as they are shown
    AllLogsNdjson, // an object for each line
    StepLogText,
    StepLogNdjson,
};

// What there is to export: the first so many of the formats below, since each needs what those before it need.
std::size_t count_exports(RunModel const& run, StepRun const* selected);

struct ExportFormat {
    ExportKind kind;
    std::string_view name; // for a menu
};
inline constexpr std::array<ExportFormat, 7> kExportFormats{{
    {ExportKind::RunJson, "Run as JSON"},
    {ExportKind::StepsCsv, "Steps as CSV"},
    {ExportKind::StepsCsvSemicolons, "Steps as CSV with semicolons"},
    {ExportKind::AllLogsText, "All logs as text"},
    {ExportKind::AllLogsNdjson, "All logs as NDJSON"},
    {ExportKind::StepLogText, "Logs of this step as text"},
    {ExportKind::StepLogNdjson, "Logs of this step as NDJSON"},
}};

class RunExport {
public:
    // Takes a copy, which the run may leave behind. `step_key`: for the kinds that are of one step; `levels`: of their lines, as text.
    RunExport(ExportKind kind, RunModel const& run, std::string_view step_key, LogLevelSet levels = kAllLogLevels);

    std::string file_name() const;
    std::string_view media_type() const;

    // Appends `bytes` bytes or a few more; all that is left where it is less. Whole rows, lines and values.
    void write(std::size_t bytes, std::string& out);
    bool done() const { return step_ > run_.steps.size(); }

private:
    void write_next(std::string& out);
    void begin_file(std::string& out) const;
    void begin_step(StepRun const& step, std::string& out) const;
    void write_log_line(StepRun const& step, std::string& out) const;
    void end_step(std::string& out) const;
    void end_file(std::string& out) const;

    ExportKind kind_;
    std::string step_part_; // of the file's name
    RunModel run_;
    LogLevelSet levels_;
    bool begun_ = false;
    bool step_begun_ = false;
    std::size_t step_ = 0; // the next to be written; one more than there are at the end
    std::size_t line_ = 0;
};

} // namespace pev
