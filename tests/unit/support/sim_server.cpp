#include "tests/unit/support/sim_server.h"

#include "shared/json/json_tree.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <charconv>
#include <span>

namespace pev::test {

namespace {

    constexpr int kMaxAttempts = 3;

    std::string quoted(std::string const& text)
    {
        return json_quote(text);
    }

    std::string text_or_null(std::string const& text)
    {
        return text.empty() ? "null" : quoted(text);
    }

    std::string status_of(std::string const& state)
    {
        if (state == "running")
            return "RUNNING";
        if (state == "success")
            return "SUCCEEDED";
        return state == "failed" ? "FAILED" : "PENDING";
    }

    // The message of an error, as an event or a document tells it.
    std::string message_of(JsonText const& error)
    {
        auto const tree = JsonTree::parse(error.empty() ? "null" : error);
        REQUIRE(tree);
        JsonView const root = tree->root();
        return std::string{root["message"] ? root["message"].text() : root.text()};
    }

} // namespace

SimServer::SimServer(ServerHabits habits, std::uint32_t seed) : habits_(habits), dice_(seed)
{
    for (int i = 0; i < habits_.steps; ++i) {
        Step step;
        step.id = "id of step " + std::to_string(i);
        step.key = "step " + std::to_string(i / habits_.rounds);
        steps_.push_back(step);
    }
}

std::string SimServer::stamp(Instant now) const
{
    return format_timestamp(std::chrono::floor<std::chrono::milliseconds>(time(now))); // whole milliseconds
}

void SimServer::emit(std::string const& type, std::string const& key, std::string const& payload, Instant now)
{
    std::string data = R"({"type":")" + type + R"(","runId":")" + kRunId + '"';
    if (!key.empty())
        data += R"(,"stepKey":)" + quoted(key);
    data += R"(,"timestamp":")" + stamp(now) + R"(","payload":)" + payload + "}";
    std::string const id = habits_.event_ids ? std::to_string(events_.size() - epoch_ + 1) : std::string{};
    events_.push_back({type, std::move(data), id});
    updated_at_ = stamp(now);
}

void SimServer::log(Step& step, Instant now)
{
    std::string const text = "line " + std::to_string(dice_.below(habits_.log_texts));
    step.lines.push_back(text);
    if (habits_.stores_logs_at_once)
        step.stored = step.lines.size();
    emit("step.log.appended", step.key,
        R"({"logEntry":{"level":"info","message":)" + quoted(text) + R"(,"timestamp":")" + stamp(now) + "\"}}", now);
}

void SimServer::start(Step& step, Instant now)
{
    step.state = "running";
    step.started_at = stamp(now);
    step.completed_at.clear();
    emit("step.updated", step.key,
        R"({"status":"RUNNING","attempt":)" + std::to_string(step.attempt + 1) + R"(,"startedAt":")" + stamp(now)
            + "\"}",
        now);
    emit("run.updated", "", R"({"status":"RUNNING","currentStepKey":)" + quoted(step.key) + "}", now);
}

void SimServer::succeed(Step& step, Instant now)
{
    step.state = "success";
    step.error.clear();
    step.completed_at = stamp(now);
    step.output = R"({"lines":)" + std::to_string(step.lines.size()) + "}";
    step.stored = step.lines.size();
    emit("step.completed", step.key,
        R"({"status":"SUCCESS","completedAt":")" + stamp(now) + R"(","result":)" + step.output + "}", now);
}

void SimServer::fail(Step& step, bool retries, Instant now)
{
    step.error = "failed after " + std::to_string(step.lines.size()) + " lines";
    step.stored = step.lines.size();
    emit("step.failed", step.key,
        R"({"status":"FAILED","error":)" + quoted(step.error) + R"(,"failedAt":")" + stamp(now) + R"(","attempt":)"
            + std::to_string(step.attempt + 1) + R"(,"willRetry":)" + (retries ? "true" : "false") + "}",
        now);
    step.attempt += retries ? 1 : 0;
    step.state = retries ? "queued" : "failed";
    step.completed_at = retries ? "" : stamp(now);
}

// The rounds of its key before are over.
bool SimServer::may_start(Step const& step) const
{
    return std::none_of(steps_.data(), &step, [&](Step const& other) {
        return other.key == step.key && other.state != "success" && other.state != "failed";
    });
}

void SimServer::go_on(Instant now)
{
    if (over_)
        return;
    constexpr Duration kBetweenPhotographs = std::chrono::milliseconds{400};
    bool const lags = habits_.document_lag > Duration{0};
    if (lags && (photographs_.empty() || photographs_.back().at + kBetweenPhotographs < now))
        remember(now);
    std::vector<Step*> running;
    std::vector<Step*> queued;
    for (Step& step : steps_) {
        if (step.state == "running")
            running.push_back(&step);
        else if ((step.state == "queued" || step.state == "blocked") && may_start(step))
            queued.push_back(&step);
    }
    if (running.empty() && queued.empty())
        return end_run(now);
    bool const changes = running.empty() || dice_.one_in(habits_.lines_to_a_change + 1);
    if (!changes)
        return log(*running[dice_.below(static_cast<std::uint32_t>(running.size()))], now);
    if (!queued.empty() && (running.size() < 2 || dice_.one_in(3))) {
        Step& step = *queued[dice_.below(static_cast<std::uint32_t>(queued.size()))];
        if (step.state == "queued" && dice_.one_in(5)) {
            step.state = "blocked";
            emit("step.updated", step.key, R"({"status":"BLOCKED"})", now);
        } else {
            start(step, now);
        }
        return;
    }
    if (running.empty())
        return;
    Step& step = *running[dice_.below(static_cast<std::uint32_t>(running.size()))];
    if (!dice_.one_in(4))
        succeed(step, now);
    else
        fail(step, step.attempt + 1 < kMaxAttempts, now);
}

void SimServer::finish(Instant now)
{
    for (int i = 0; i < 10 * habits_.steps && !over_; ++i) {
        bool any = false;
        for (Step& step : steps_) {
            if ((step.state == "queued" || step.state == "blocked") && may_start(step))
                start(step, now);
            if (step.state == "running") {
                succeed(step, now);
                any = true;
            }
        }
        if (!any)
            end_run(now);
    }
}

void SimServer::end_run(Instant now)
{
    over_ = true;
    completed_at_ = stamp(now);
    bool const failed
        = std::any_of(steps_.begin(), steps_.end(), [](Step const& step) { return step.state == "failed"; });
    state_ = failed ? "failed" : "success";
    if (failed) {
        error_ = "one or more steps failed";
        emit("run.failed", "",
            R"({"status":"FAILED","error":)" + quoted(error_) + R"(,"failedAt":")" + stamp(now) + "\"}", now);
    } else {
        emit("run.completed", "",
            R"({"status":"COMPLETED","completedAt":")" + stamp(now) + R"(","totalSteps":1,"successfulSteps":1})", now);
    }
}

std::size_t SimServer::behind(std::string const& last_id) const
{
    std::size_t number = 0;
    auto const [end, error] = std::from_chars(last_id.data(), last_id.data() + last_id.size(), number);
    bool const known = error == std::errc{} && end == last_id.data() + last_id.size() && habits_.event_ids
        && epoch_ + number <= events_.size();
    return known ? epoch_ + number : events_.size();
}

void SimServer::restart()
{
    epoch_ = events_.size();
}

std::string SimServer::write_step(Step const& step) const
{
    std::string text = R"({"id":)" + quoted(step.id) + R"(,"key":)" + quoted(step.key) + R"(,"name":)"
        + quoted(step.key) + R"(,"type":"AGENT","state":")" + step.state + R"(","status":")" + status_of(step.state)
        + R"(","attempt":)" + std::to_string(step.attempt) + R"(,"maxAttempts":)" + std::to_string(kMaxAttempts)
        + R"(,"output":)" + step.output + R"(,"error":)"
        + (step.error.empty() ? "null" : R"({"message":)" + quoted(step.error) + R"(,"stack":"at work"})")
        + R"(,"startedAt":)" + text_or_null(step.started_at) + R"(,"completedAt":)" + text_or_null(step.completed_at)
        + R"(,"logs":[)";
    for (std::size_t i = 0; i < step.stored; ++i)
        text.append(i == 0 ? "\"" : ",\"").append(step.lines[i]).append("\"");
    return text + "]}";
}

std::string SimServer::write_run()
{
    std::string text = R"({"success":true,"data":{"id":")" + std::string{kRunId}
        + R"(","playbookName":"Simulated","state":")" + state_ + R"(","status":")" + status_of(state_) + R"(","error":)"
        + (error_.empty() ? "null" : R"({"message":)" + quoted(error_) + "}") + R"(,"output":)"
        + (over_ && error_.empty() ? R"({"done":true})" : "null") + R"(,"updatedAt":)" + text_or_null(updated_at_)
        + R"(,"completedAt":)" + text_or_null(completed_at_) + R"(,"steps":[)";
    std::vector<Step const*> rows;
    for (Step const& step : steps_)
        rows.push_back(&step);
    for (std::size_t i = rows.size(); habits_.rows_move && i > 1; --i)
        std::swap(rows[i - 1], rows[dice_.below(static_cast<std::uint32_t>(i))]);
    for (Step const* const row : rows)
        text += (row == rows.front() ? "" : ",") + write_step(*row);
    return text + "]}}";
}

void SimServer::remember(Instant now)
{
    photographs_.push_back({now, write_run()});
    while (photographs_.size() > 1 && photographs_[1].at <= now - habits_.document_lag)
        photographs_.pop_front();
}

std::string SimServer::run_document(Instant now)
{
    if (habits_.document_lag == Duration{0})
        return write_run();
    remember(now);
    return photographs_.front().document;
}

std::string SimServer::step_document(std::string const& key, Instant)
{
    for (Step const& step : steps_) {
        if (step.key == key)
            return R"({"success":true,"data":)" + write_step(step) + "}";
    }
    return {};
}

void SimServer::check_same(RunModel const& run) const
{
    CHECK(run.id == kRunId);
    CHECK(run.state.word == state_);
    CHECK(message_of(run.error) == error_);
    CHECK(run.over() == over_);
    if (over_ && error_.empty())
        CHECK(run.output == R"({"done":true})");
    REQUIRE(run.steps.size() == steps_.size());
    std::size_t lines = 0;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        Step const& truth = steps_[i];
        INFO(truth.id);
        auto const found = std::ranges::find(run.steps, truth.id, &StepRun::id);
        REQUIRE(found != run.steps.end());
        StepRun const& shown = *found;
        if (!habits_.rows_move)
            CHECK(&shown == &run.steps[i]);
        CHECK(shown.key == truth.key);
        CHECK(shown.state.word == truth.state);
        CHECK(shown.attempt == truth.attempt);
        CHECK(shown.output == truth.output);
        CHECK(message_of(shown.error) == truth.error);
        CHECK(shown.completed_at.has_value() == !truth.completed_at.empty());
        REQUIRE(shown.logs.end() == truth.lines.size());
        CHECK(std::ranges::equal(texts(shown.logs), std::span{truth.lines}.subspan(shown.logs.first())));
        lines += truth.lines.size();
    }
    CHECK(run.log_line_count == lines);
}

} // namespace pev::test
