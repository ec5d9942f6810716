#include "shared/embed/reporter.h"

#include "shared/embed/command.h"
#include "shared/json/json_writer.h"

#include <string_view>
#include <utility>

namespace pev::embed {

namespace {

    std::string_view kind_word(ProblemKind kind)
    {
        switch (kind) {
        case ProblemKind::NoRunId:
            return "no-run";
        case ProblemKind::BadRunId:
            return "bad-run";
        case ProblemKind::SignedOut:
            return "signed-out";
        case ProblemKind::Forbidden:
            return "forbidden";
        case ProblemKind::NotFound:
            return "not-found";
        case ProblemKind::ServerFailed:
            return "server";
        case ProblemKind::NotARun:
            return "not-a-run";
        case ProblemKind::OtherRun:
            return "other-run";
        case ProblemKind::Unreachable:
            return "unreachable";
        case ProblemKind::TooLarge:
            return "too-large";
        case ProblemKind::TimedOut:
            return "timeout";
        }
        return "server";
    }

    // {"type": type, …}, with what `write` adds.
    template <typename Write>
    std::string message(std::string_view type, Write write)
    {
        std::string out;
        JsonWriter json{out};
        json.open('{');
        json.key("type");
        json.text(type);
        write(json);
        json.close('}');
        return out;
    }

    void text_member(JsonWriter& json, std::string_view key, std::string_view text)
    {
        json.key(key);
        json.text(text);
    }

    void count_member(JsonWriter& json, std::string_view key, int count)
    {
        json.key(key);
        json.number(count);
    }

    void write_progress(JsonWriter& json, Progress const& progress)
    {
        json.key("progress");
        json.open('{');
        count_member(json, "total", progress.total);
        count_member(json, "completed", progress.completed);
        count_member(json, "failed", progress.failed);
        count_member(json, "running", progress.running);
        count_member(json, "pending", progress.pending);
        count_member(json, "blocked", progress.blocked);
        count_member(json, "canceled", progress.canceled);
        count_member(json, "skipped", progress.skipped);
        count_member(json, "percent", progress.percent());
        json.close('}');
    }

    std::string run_message(RunModel const& run)
    {
        return message("run", [&](JsonWriter& json) {
            text_member(json, "id", run.id);
            text_member(json, "playbookName", run.playbook_name);
            text_member(json, "state", run.state.word);
            json.key("over");
            json.boolean(run.over());
            write_progress(json, run.progress);
        });
    }

    std::string step_message(StepRun const& step)
    {
        return message("step", [&](JsonWriter& json) {
            text_member(json, "key", step.key);
            text_member(json, "name", step.name);
            text_member(json, "state", step.state.word);
            count_member(json, "attempt", step.attempt);
            count_member(json, "maxAttempts", step.max_attempts);
        });
    }

    std::string error_message(Problem const& problem)
    {
        return message("error", [&](JsonWriter& json) {
            text_member(json, "kind", kind_word(problem.kind));
            text_member(json, "title", problem.title);
            text_member(json, "detail", problem.detail);
            count_member(json, "status", problem.status);
            text_member(json, "code", problem.code);
        });
    }

} // namespace

std::string ready_message(AppState const& state)
{
    return message("ready", [&](JsonWriter& json) {
        count_member(json, "protocol", kProtocol);
        text_member(json, "run", state.options.run);
    });
}

std::vector<std::string> Reporter::report(AppState const& state)
{
    std::vector<std::string> out;
    report_run(state, out);
    Selection const selection{state.view.selected_step, state.view.follows_run};
    if (state.run && selection_ != selection) {
        selection_ = selection;
        out.push_back(message("selection", [&](JsonWriter& json) {
            text_member(json, "step", selection.step);
            json.key("followed");
            json.boolean(selection.followed);
        }));
    }
    if (mode_ != state.mode()) {
        mode_ = state.mode();
        out.push_back(message("mode", [&](JsonWriter& json) { text_member(json, "mode", mode_word(*mode_)); }));
    }
    if (problem_ != state.problem) {
        problem_ = state.problem;
        if (problem_)
            out.push_back(error_message(*problem_));
    }
    return out;
}

std::vector<std::string> Reporter::report_height(int height)
{
    if (height <= 0 || std::exchange(height_, height) == height)
        return {};
    return {message("resize", [&](JsonWriter& json) { count_member(json, "height", height); })};
}

void Reporter::report_run(AppState const& state, std::vector<std::string>& out)
{
    if (!state.run) {
        run_.reset();
        selection_.reset();
        return;
    }
    RunModel const& run = *state.run;
    RunSource source{run.id, run.revision};
    if (run_ == source)
        return;
    bool const same_run = run_ && run_->id == run.id;
    run_ = std::move(source);
    // A revision also counts what is none of the host's business.
    std::string text = run_message(run);
    if (text != run_text_) {
        run_text_ = std::move(text);
        out.push_back(run_text_);
    }
    if (!same_run)
        steps_.clear();
    report_steps(run, same_run, out);
}

void Reporter::report_steps(RunModel const& run, bool is_news, std::vector<std::string>& out)
{
    if (!is_news || step_revisions_.size() != run.steps.size())
        step_revisions_.clear(); // another step may stand in each place
    bool const compare = !step_revisions_.empty();
    step_revisions_.resize(run.steps.size());
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
        StepRun const& step = run.steps[i];
        if (std::exchange(step_revisions_[i], step.revision) == step.revision && compare)
            continue;
        ToldStep now{step.state.word, step.attempt};
        ToldStep& told = steps_[step.key];
        if (is_news && told != now)
            out.push_back(step_message(step));
        told = std::move(now);
    }
}

} // namespace pev::embed
