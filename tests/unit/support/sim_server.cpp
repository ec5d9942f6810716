#include "tests/unit/support/sim_server.h"

#include "shared/json/json_same.h"
#include "shared/json/json_tree.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace pev::test {

namespace {

    constexpr int kMaxAttempts = 3;
    constexpr Duration kBetweenAttempts = std::chrono::seconds{2};

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
    if (habits_.whole_seconds)
        return format_timestamp(std::chrono::floor<std::chrono::seconds>(time(now)));
    return format_timestamp(std::chrono::floor<std::chrono::milliseconds>(time(now))); // whole milliseconds
}

void SimServer::emit(std::string const& type, std::string const& key, std::string const& payload, Instant now)
{
    std::string data = R"({"type":")" + type + R"(","runId":")" + kRunId + '"';
    if (!key.empty())
        data += R"(,"stepKey":)" + quoted(key);
    data += R"(,"timestamp":")" + stamp(now) + R"(","payload":)" + payload + "}";
    std::string id;
    if (habits_.event_ids && habits_.ids == EventIds::Numbers)
        id = std::to_string(events_.size() - epoch_ + 1);
    else if (habits_.event_ids)
        id = habits_.ids == EventIds::OneForAll ? "the run" : "of " + key;
    if (!habits_.silent)
        events_.push_back({type, std::move(data), id});
    updated_at_ = stamp(now);
}

void SimServer::log(Step& step, Instant now)
{
    std::string const text = "line " + std::to_string(dice_.below(habits_.log_texts));
    step.lines.push_back(text);
    if (habits_.stores_logs_at_once)
        step.stored = step.lines.size();
    if (!habits_.tells_logs)
        return;
    emit("step.log.appended", step.key,
        R"({"logEntry":{"level":"info","message":)" + quoted(text) + R"(,"timestamp":")" + stamp(now) + "\"}}", now);
}

void SimServer::start(Step& step, Instant now)
{
    step.state = "running";
    step.started_at = stamp(now);
    ++step.tries;
    if (habits_.replaces_logs && !step.lines.empty())
        step.replaced = std::exchange(step.lines, {});
    step.stored = habits_.replaces_logs ? 0 : step.stored;
    if (habits_.counts_attempts)
        step.completed_at.clear();
    std::string const attempt
        = habits_.counts_attempts ? R"("attempt":)" + std::to_string(step.attempt + 1) + "," : std::string{};
    emit("step.updated", step.key, R"({"status":"RUNNING",)" + attempt + R"("startedAt":")" + stamp(now) + "\"}", now);
    if (habits_.counts_attempts)
        emit("run.updated", "", R"({"status":"RUNNING","currentStepKey":)" + quoted(step.key) + "}", now);
    if (habits_.replaces_logs)
        log(step, now); // an attempt without a line would leave the one before its log
}

void SimServer::succeed(Step& step, Instant now)
{
    step.state = "success";
    if (habits_.counts_attempts)
        step.error.clear();
    step.completed_at = stamp(now);
    step.output = R"({"lines":)" + std::to_string(step.lines.size()) + R"(,"by":"hand"})";
    step.stored = step.lines.size();
    emit("step.completed", step.key,
        R"({"status":"SUCCESS","completedAt":")" + stamp(now) + R"(","result":)" + step.output + "}", now);
}

void SimServer::fail(Step& step, bool retries, Instant now)
{
    step.error = "failed after " + std::to_string(step.lines.size()) + " lines, at " + stamp(now);
    step.stored = step.lines.size();
    emit("step.failed", step.key,
        R"({"status":"FAILED","error":)" + quoted(step.error) + R"(,"failedAt":")" + stamp(now) + R"(","attempt":)"
            + std::to_string(step.attempt + 1) + R"(,"willRetry":)"
            + (retries && habits_.counts_attempts ? "true" : "false") + "}",
        now);
    if (retries)
        step.before.push_back({"failed", step.error, step.lines});
    step.not_before = now + kBetweenAttempts;
    bool const says_so = retries && habits_.counts_attempts;
    step.attempt += says_so ? 1 : 0;
    step.state = says_so ? "queued" : retries ? "to be tried" : "failed";
    step.completed_at = says_so ? "" : stamp(now);
}

// Somebody has it run again.
void SimServer::run_again(Step& step, Instant now)
{
    step.ran_again = true;
    step.not_before = now + kBetweenAttempts;
    step.before.push_back({step.state, step.state == "success" ? "" : step.error, step.lines});
    step.attempt = 0;
    step.tries = 0;
    step.state = "queued";
    if (habits_.counts_attempts) {
        step.completed_at.clear();
        step.error.clear();
    }
    if (habits_.counts_attempts && habits_.replaces_logs) {
        step.lines.clear();
        step.replaced.clear();
        step.stored = 0;
    }
    emit("step.updated", step.key,
        habits_.counts_attempts ? R"({"status":"QUEUED","attempt":1})" : R"({"status":"QUEUED"})", now);
}

// The rounds of its key before are over.
bool SimServer::may_start(Step const& step) const
{
    // The rounds of a key follow each other.
    auto const number = static_cast<std::size_t>(&step - steps_.data());
    auto const rounds = static_cast<std::size_t>(habits_.rounds);
    Step const* const first = &steps_[number / rounds * rounds];
    return std::all_of(
        first, &step, [](Step const& other) { return other.state == "success" || other.state == "failed"; });
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
    bool waits = false;
    for (Step& step : steps_) {
        if (step.state == "running")
            running.push_back(&step);
        else if (!may_start(step))
            continue;
        else if (step.state == "queued" || step.state == "blocked" || step.state == "to be tried") {
            waits |= now < step.not_before;
            if (now >= step.not_before)
                queued.push_back(&step);
        } else if (habits_.runs_again && !step.ran_again && dice_.one_in(60)) {
            return run_again(step, now);
        }
    }
    if (running.empty() && queued.empty() && waits)
        return;
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
        fail(step, step.tries < kMaxAttempts, now);
}

void SimServer::finish(Instant now)
{
    for (int i = 0; i < 10 * habits_.steps && !over_; ++i) {
        bool any = false;
        for (Step& step : steps_) {
            if ((step.state == "queued" || step.state == "blocked" || step.state == "to be tried") && may_start(step))
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

void SimServer::cancel(Instant now)
{
    over_ = true;
    state_ = "canceled";
    completed_at_ = updated_at_ = stamp(now);
}

void SimServer::succeed_after_all(Instant now)
{
    std::vector<Message> const told = events_;
    end_steps(now);
    events_ = told;
    state_ = "success";
    completed_at_ = updated_at_ = stamp(now);
}

void SimServer::end_steps(Instant now)
{
    for (Step& step : steps_) {
        if (step.state == "running")
            succeed(step, now);
    }
}

void SimServer::break_down(Instant now)
{
    for (Step& step : steps_) {
        if (step.state == "success")
            continue;
        if (step.state != "running")
            start(step, now);
        fail(step, false, now);
        break;
    }
    end_run(now);
}

void SimServer::try_again(Instant now)
{
    over_ = false;
    state_ = "running";
    error_.clear();
    completed_at_.clear();
    for (Step& step : steps_) {
        if (step.state != "failed")
            continue;
        ++step.attempt;
        start(step, now);
        break;
    }
}

void SimServer::restart()
{
    epoch_ = events_.size();
}

std::string SimServer::state_of(Step const& step)
{
    return step.state == "to be tried" ? "failed" : step.state;
}

std::string SimServer::output_of(Step const& step) const
{
    std::string const& output = step.output;
    std::size_t const comma = output.find(',');
    if (!habits_.reorders_keys || comma == std::string::npos)
        return output;
    return "{" + output.substr(comma + 1, output.size() - comma - 2) + "," + output.substr(1, comma - 1) + "}";
}

std::string SimServer::write_step(Step const& step) const
{
    std::string text = R"({"id":)" + quoted(step.id) + R"(,"key":)" + quoted(step.key) + R"(,"name":)"
        + quoted(step.key) + R"(,"type":"AGENT","state":")" + state_of(step) + R"(","status":")"
        + status_of(state_of(step)) + R"(","attempt":)" + std::to_string(step.attempt) + R"(,"maxAttempts":)"
        + std::to_string(kMaxAttempts) + R"(,"output":)" + output_of(step) + R"(,"error":)"
        + (step.error.empty() ? "null" : R"({"message":)" + quoted(step.error) + R"(,"stack":"at work"})")
        + R"(,"startedAt":)" + text_or_null(step.started_at) + R"(,"completedAt":)" + text_or_null(step.completed_at)
        + R"(,"logs":[)";
    bool const has_new = step.stored > 0 || step.replaced.empty();
    std::vector<std::string> const& lines = has_new ? step.lines : step.replaced;
    std::size_t const stored = has_new ? step.stored : lines.size();
    for (std::size_t i = 0; i < stored; ++i)
        text.append(i == 0 ? "\"" : ",\"").append(lines[i]).append("\"");
    return text + "]}";
}

std::string SimServer::write_run()
{
    std::string text = R"({"success":true,"data":{"id":")" + std::string{kRunId}
        + R"(","playbookName":"Simulated","state":")" + state_ + R"(","status":")"
        + (state_ == "canceled" ? "RUNNING" : status_of(state_)) + R"(","error":)"
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
        CHECK(shown.state.word == state_of(truth));
        CHECK(shown.attempt == truth.attempt);
        CHECK(is_same_json(shown.output, truth.output));
        CHECK(message_of(shown.error) == truth.error);
        CHECK(shown.completed_at.has_value() == !truth.completed_at.empty());
        REQUIRE(shown.logs.end() == truth.lines.size());
        CHECK(std::ranges::equal(texts(shown.logs), std::span{truth.lines}.subspan(shown.logs.first())));
        lines += truth.lines.size();
    }
    CHECK(run.log_line_count == lines);
}

std::size_t SimServer::count_lines() const
{
    std::size_t lines = 0;
    for (Step const& step : steps_)
        lines += step.lines.size();
    return lines;
}

void SimServer::check_same_attempts(RunModel const& run) const
{
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        Step const& truth = steps_[i];
        StepRun const& shown = run.steps[i];
        INFO(truth.key);
        REQUIRE(shown.past.size() == truth.before.size());
        for (std::size_t at = 0; at < truth.before.size(); ++at) {
            Attempt const& before = truth.before[at];
            PastAttempt const& past = shown.past[at];
            INFO("attempt " << at);
            CHECK(past.state.word == before.state);
            CHECK(message_of(past.error) == before.error);
            CHECK(past.started_at.has_value());
            // A document of a step that is queued again does not say when it failed.
            CHECK((past.completed_at.has_value() || (habits_.counts_attempts && !habits_.tells_logs)));
            if (habits_.replaces_logs) {
                REQUIRE(past.log);
                CHECK(texts(*past.log) == before.lines);
            } else if (!habits_.replaces_logs) {
                CHECK(past.end == before.lines.size());
            }
        }
    }
}

} // namespace pev::test
