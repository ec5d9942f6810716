#include "shared/export/run_json.h"

#include "shared/json/json_writer.h"

namespace pev {

namespace {

    void write_time(JsonWriter& json, std::string_view key, std::optional<Instant> at)
    {
        json.key(key);
        at ? json.text(format_timestamp(*at)) : json.null();
    }

    void write_text(JsonWriter& json, std::string_view key, std::string_view text)
    {
        json.key(key);
        json.text(text);
    }

    void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text)
    {
        json.key(key);
        text.empty() ? json.null() : json.text(text);
    }

    // What the server did not send is not made up.
    void write_free(JsonWriter& json, std::string_view key, JsonText const& value)
    {
        if (value.empty())
            return;
        json.key(key);
        json.raw(valid_json(value));
    }

    void write_worker(JsonWriter& json, std::optional<WorkerInfo> const& worker)
    {
        json.key("workerInfo");
        if (!worker)
            return json.null();
        json.open('{');
        write_text(json, "workerId", worker->worker_id);
        write_time(json, "startedAt", worker->started_at);
        if (worker->finished_at)
            write_time(json, "finishedAt", worker->finished_at);
        json.close('}');
    }

    void write_personality(JsonWriter& json, std::optional<Personality> const& personality)
    {
        json.key("personality");
        if (!personality)
            return json.null();
        json.open('{');
        write_text(json, "id", personality->id);
        write_text(json, "orgId", personality->org_id);
        write_text(json, "slug", personality->slug);
        write_text(json, "name", personality->name);
        write_text(json, "description", personality->description);
        write_free(json, "configuration", personality->configuration);
        write_text(json, "createdBy", personality->created_by);
        write_time(json, "createdAt", personality->created_at);
        write_time(json, "updatedAt", personality->updated_at);
        json.close('}');
    }

    void write_progress(JsonWriter& json, Progress const& progress)
    {
        auto const write = [&](std::string_view key, int count) {
            json.key(key);
            json.count(static_cast<std::uint64_t>(count));
        };
        json.key("progress");
        json.open('{');
        write("total", progress.total);
        write("completed", progress.completed);
        write("failed", progress.failed);
        write("running", progress.running);
        write("pending", progress.pending);
        if (progress.interrupted > 0)
            write("interrupted", progress.interrupted);
        json.close('}');
    }

} // namespace

void write_run_head(RunModel const& run, std::string& out)
{
    JsonWriter json{out};
    json.open('{');
    json.key("success");
    json.boolean(true);
    json.key("data");
    json.open('{');
    write_text(json, "id", run.id);
    write_text(json, "playbookId", run.playbook_id);
    write_text(json, "playbookName", run.playbook_name);
    json.key("playbookVersion");
    run.playbook_version ? json.integer(*run.playbook_version) : json.null();
    write_text(json, "orgId", run.org_id);
    write_text(json, "state", run.state.word);
    write_text(json, "status", run.status);
    write_text_or_null(json, "triggeredBy", run.triggered_by);
    write_free(json, "input", run.input);
    write_free(json, "output", run.output);
    write_free(json, "error", run.error);
    write_text_or_null(json, "webhookUrl", run.webhook_url);
    write_worker(json, run.worker);
    write_time(json, "startedAt", run.started_at);
    write_time(json, "completedAt", run.completed_at);
    write_time(json, "createdAt", run.created_at);
    write_time(json, "updatedAt", run.updated_at);
    write_progress(json, run.progress);
    out += ",\"steps\":[";
}

void write_step_head(RunModel const& run, StepRun const& step, bool is_first, std::string& out)
{
    out += is_first ? "\n" : ",\n";
    JsonWriter json{out};
    json.open('{');
    write_text(json, "id", step.id);
    write_text(json, "key", step.key);
    write_text(json, "name", step.name);
    write_text(json, "type", step.type.word);
    write_text(json, "state", step.state.word);
    write_text(json, "status", step.status);
    if (run.interrupted(step.state.kind)) { // what the server still says of it has ended with the run
        json.key("interrupted");
        json.boolean(true);
    }
    json.key("attempt");
    json.integer(step.attempt);
    json.key("maxAttempts");
    json.integer(step.max_attempts);
    write_free(json, "input", step.input);
    write_free(json, "output", step.output);
    write_free(json, "error", step.error);
    write_worker(json, step.worker);
    write_free(json, "collaborationContext", step.collaboration_context);
    write_free(json, "episodicTraces", step.episodic_traces);
    write_personality(json, step.personality);
    if (!step.dependencies.empty()) {
        json.key("dependencies");
        json.open('[');
        for (std::string const& key : step.dependencies)
            json.text(key);
        json.close(']');
    }
    write_time(json, "startedAt", step.started_at);
    write_time(json, "completedAt", step.completed_at);
    write_time(json, "createdAt", step.created_at);
    if (step.logs.first() > 0) { // older ones, for want of memory
        json.key("droppedLogLines");
        json.count(step.logs.first());
    }
    out += ",\"logs\":[";
}

void write_step_line(StepRun const& step, std::size_t line, std::string& out)
{
    out.append(line == step.logs.first() ? "" : ",").append(json_quote(step.logs.text(line)));
}

void write_step_tail(std::string& out)
{
    out += "]}";
}

void write_run_tail(std::string& out)
{
    out += "\n]}}\n";
}

} // namespace pev
