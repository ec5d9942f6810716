#include "shared/export/run_export.h"

#include "shared/base/rest.h"
#include "shared/base/terminal_text.h"
#include "shared/base/text.h"
#include "shared/export/csv.h"
#include "shared/export/run_json.h"
#include "shared/json/json_writer.h"
#include "shared/view/file_name.h"
#include "shared/view/inspection.h"

#include <algorithm>
#include <vector>

namespace pev {

namespace {

    bool is_of_one_step(ExportKind kind)
    {
        return kind == ExportKind::StepLogText || kind == ExportKind::StepLogNdjson;
    }

    RunModel only_step(RunModel const& run, std::string_view ref)
    {
        RunModel part;
        part.id = run.id;
        part.playbook_name = run.playbook_name;
        if (StepRun const* const step = run.find(ref))
            part.steps.push_back(*step);
        return part;
    }

    constexpr std::string_view kAllLogs = "logs"; // in the names of files

    std::string part_of(RunModel const& run, std::string_view ref)
    {
        std::vector<std::string_view> names;
        for (StepRun const& step : run.steps)
            names.push_back(step.ref);
        auto const at = std::ranges::find(names, ref);
        return at == names.end() ? "step"
                                 : distinct_part(names, static_cast<std::size_t>(at - names.begin()), kAllLogs);
    }

    std::string time_cell(std::optional<Instant> at)
    {
        return at ? format_timestamp(*at) : std::string{};
    }

    std::string joined(std::vector<std::string> const& keys)
    {
        std::string text;
        for (std::string const& key : keys)
            text.append(text.empty() ? "" : "; ").append(key);
        return text;
    }

    std::string error_cell(StepRun const& step)
    {
        auto const error = look_at_error(step.error);
        if (!error)
            return {};
        return error->message.empty() ? error->other : error->message;
    }

    std::string seconds_cell(StepRun const& step)
    {
        if (!step.started_at || !step.completed_at)
            return {};
        std::string seconds;
        JsonWriter{seconds}.number(std::chrono::duration<double>(*step.completed_at - *step.started_at).count());
        return seconds;
    }

    bool is_csv(ExportKind kind)
    {
        return kind == ExportKind::StepsCsv || kind == ExportKind::StepsCsvSemicolons;
    }

    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF"; // or Excel takes the text for something else than UTF-8

    CsvForm csv_form(ExportKind kind)
    {
        return kind == ExportKind::StepsCsv ? CsvForm{} : kCsvWithSemicolons;
    }

    void write_csv_head(CsvForm form, std::string& out)
    {
        out += kByteOrderMark;
        CsvRow row{form, out};
        for (std::string_view const column :
            {"key", "name", "type", "state", "attempt", "maxAttempts", "startedAt", "completedAt", "seconds", "worker",
                "personality", "dependencies", "logLines", "error", "interrupted", "ref"})
            row.text(column);
        row.end();
    }

    void write_csv_step(RunModel const& run, StepRun const& step, CsvForm form, std::string& out)
    {
        CsvRow row{form, out};
        auto const text = [&](std::string_view cell) { row.text(without_escapes(cell)); }; // as on screen
        for (std::string_view const cell : {step.key, step.name, step.type.word, step.state.word})
            text(cell);
        row.number(std::to_string(step.attempt_number())); // from one, as on screen
        row.number(std::to_string(step.max_attempts));
        row.text(time_cell(step.started_at));
        row.text(time_cell(step.completed_at));
        row.number(seconds_cell(step));
        text(step.worker ? step.worker->worker_id : "");
        text(step.personality ? step.personality->name : "");
        text(joined(step.dependencies));
        row.number(std::to_string(step.logs.end()));
        row.text(error_cell(step));
        row.text(run.interrupted(step.state.kind) ? "yes" : "");
        text(step.ref);
        row.end();
    }

    // Begins an object that says whose it is: the key, and of several steps of one key which.
    void write_ndjson_step(JsonWriter& json, StepRun const& step)
    {
        json.open('{');
        json.key("step");
        json.text(step.key);
        if (step.ref == step.key)
            return;
        json.key("ref");
        json.text(step.ref);
    }

    void write_ndjson_head(StepRun const& step, std::string& out)
    {
        JsonWriter json{out};
        write_ndjson_step(json, step);
        json.key("droppedLines");
        json.count(step.logs.first());
        json.close('}');
        out += '\n';
    }

    void write_ndjson_line(StepRun const& step, std::size_t number, std::string& out)
    {
        LogLine const line = step.logs[number];
        JsonWriter json{out};
        write_ndjson_step(json, step);
        json.key("line");
        json.count(number + 1);
        json.key("timestamp");
        line.at ? json.text(format_timestamp(*line.at)) : json.null();
        json.key("level");
        line.level == LogLevel::None ? json.null() : json.text(ascii_lower(log_level_word(line.level)));
        json.key("message");
        json.text(line.text);
        json.close('}');
        out += '\n';
    }

} // namespace

std::size_t count_exports(RunModel const& run, StepRun const* selected)
{
    if (selected != nullptr && selected->logs.end() > 0)
        return kExportFormats.size();
    return run.log_line_count > 0 ? 5 : 3;
}

PEV_REST RunExport::RunExport(ExportKind kind, RunModel const& run, std::string_view step, LogLevelSet levels)
    : kind_(kind),
      step_part_(is_of_one_step(kind) ? part_of(run, step) : std::string{}),
      run_(is_of_one_step(kind) ? only_step(run, step) : run),
      levels_(levels)
{
}

std::string RunExport::file_name() const
{
    auto const named = [&](std::string_view part, std::string_view extension) {
        return export_file_name(run_.playbook_name, run_.id, part, extension);
    };
    switch (kind_) {
    case ExportKind::RunJson:
        return named({}, "json");
    case ExportKind::StepsCsv:
        return named("steps", "csv");
    case ExportKind::StepsCsvSemicolons:
        return named("steps-semicolons", "csv");
    case ExportKind::AllLogsText:
        return named(kAllLogs, "log");
    case ExportKind::AllLogsNdjson:
        return named(kAllLogs, "ndjson");
    case ExportKind::StepLogText:
        return named(step_part_, "log");
    case ExportKind::StepLogNdjson:
        return named(step_part_, "ndjson");
    }
    return {};
}

std::string_view RunExport::media_type() const
{
    switch (kind_) {
    case ExportKind::RunJson:
        return "application/json";
    case ExportKind::StepsCsv:
    case ExportKind::StepsCsvSemicolons:
        return "text/csv;charset=utf-8";
    case ExportKind::StepLogText:
    case ExportKind::AllLogsText:
        return "text/plain;charset=utf-8";
    case ExportKind::StepLogNdjson:
    case ExportKind::AllLogsNdjson:
        return "application/x-ndjson";
    }
    return {};
}

void RunExport::write(std::size_t bytes, std::string& out)
{
    std::size_t const enough = out.size() + bytes;
    while (!done() && out.size() < enough)
        write_next(out);
}

void RunExport::write_next(std::string& out)
{
    if (!begun_) {
        begun_ = true;
        begin_file(out);
    } else if (step_ == run_.steps.size()) {
        end_file(out);
        ++step_;
    } else if (StepRun const& step = run_.steps[step_]; !step_begun_) {
        step_begun_ = true;
        line_ = step.logs.first();
        begin_step(step, out);
    } else if (line_ < step.logs.end() && !is_csv(kind_)) {
        write_log_line(step, out);
        ++line_;
    } else {
        end_step(out);
        step_begun_ = false;
        ++step_;
    }
}

void RunExport::begin_file(std::string& out) const
{
    if (kind_ == ExportKind::RunJson)
        write_run_head(run_, out);
    else if (is_csv(kind_))
        write_csv_head(csv_form(kind_), out);
}

void RunExport::begin_step(StepRun const& step, std::string& out) const
{
    if (kind_ == ExportKind::RunJson)
        write_step_head(run_, step, step_ == 0, out);
    else if (is_csv(kind_))
        write_csv_step(run_, step, csv_form(kind_), out);
    if (kind_ == ExportKind::AllLogsText && step.logs.end() > 0)
        out.append("=== " + one_line(step.title(), 200) + " (" + one_line(step.ref, 200) + ") ===\n");
    if (kind_ == ExportKind::AllLogsText || kind_ == ExportKind::StepLogText)
        append_saved_head(step.logs, out);
    if ((kind_ == ExportKind::AllLogsNdjson || kind_ == ExportKind::StepLogNdjson) && step.logs.first() > 0)
        write_ndjson_head(step, out);
}

void RunExport::write_log_line(StepRun const& step, std::string& out) const
{
    switch (kind_) {
    case ExportKind::RunJson:
        return write_step_line(step, line_, out);
    case ExportKind::StepsCsv:
    case ExportKind::StepsCsvSemicolons:
        return;
    case ExportKind::StepLogText:
    case ExportKind::AllLogsText:
        if ((levels_ & bit_of(step.logs[line_].level)) != 0)
            append_saved_line(step.logs[line_], out);
        return;
    case ExportKind::StepLogNdjson:
    case ExportKind::AllLogsNdjson:
        return write_ndjson_line(step, line_, out);
    }
}

void RunExport::end_step(std::string& out) const
{
    if (kind_ == ExportKind::RunJson)
        write_step_tail(out);
}

void RunExport::end_file(std::string& out) const
{
    if (kind_ == ExportKind::RunJson)
        write_run_tail(out);
}

} // namespace pev
