#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using pev::test::read_run;

namespace {

template <typename T, typename Answer>
T get(Answer answer)
{
    REQUIRE(std::holds_alternative<T>(answer));
    return std::get<T>(std::move(answer));
}

RunEvent decode(std::string_view type, std::string data)
{
    return get<RunEvent>(decode_event(type, std::move(data), ""));
}

template <typename E>
E decode_as(std::string_view type, std::string const& payload)
{
    std::string const data = R"({"type":")" + std::string{type}
        + R"(","runId":"run-1","stepKey":"research","timestamp":"2026-11-20T14:03:13.120Z","payload":)" + payload + "}";
    return get<E>(decode(type, data).event);
}

} // namespace

TEST_CASE("a run is decoded with every field", "[wire]")
{
    RunModel const run = read_run("live-run.initial.json");
    CHECK(run.id == "6b0d549b-6f03-475a-9600-a35a099950d8");
    CHECK(run.playbook_id == "907a70c3-1012-4037-b64c-e4228c38fb29");
    CHECK(run.playbook_name == "Product launch outreach");
    CHECK(run.playbook_version == 7);
    CHECK(run.org_id == "6513270e-269e-4d37-b2a7-4de452e6b438");
    CHECK(run.state == state_of(ExecutionState::Running));
    CHECK(run.status == "RUNNING");
    CHECK(run.triggered_by == "7f150524-34b9-45df-9e77-69b10f4205b4");
    CHECK(run.input.starts_with("{"));
    CHECK(run.output == "null");
    CHECK(run.started_at == parse_timestamp("2026-11-20T14:03:11.320Z"));
    CHECK_FALSE(run.completed_at);
    REQUIRE(run.steps.size() == 10);
    CHECK(run.progress
        == Progress{.total = 10,
            .completed = 1,
            .failed = 0,
            .running = 2,
            .pending = 6,
            .blocked = 1,
            .canceled = 0,
            .skipped = 0});

    StepRun const& load = run.steps[0];
    CHECK(load.key == "load-brief");
    CHECK(load.type.kind == StepType::Data);
    CHECK(load.max_attempts == 3);
    CHECK(load.worker->worker_id == "worker-1");
    CHECK(load.worker->finished_at == parse_timestamp("2026-11-20T14:03:12.620Z"));
    CHECK(load.logs.size() == 2);
    CHECK(load.logs[1].text == "14 claims extracted");

    StepRun const* const research = run.find("research");
    REQUIRE(research != nullptr);
    CHECK(research->type.kind == StepType::Agent);
    CHECK(research->personality->name == "Analytical Researcher");
    CHECK(research->personality->configuration.find("\"memoryWeight\": 0.6") != std::string::npos);
    CHECK(run.find("angle-tech")->dependencies == std::vector<std::string>{"research"});
}

TEST_CASE("every quirk of a real server is taken as it comes", "[wire]")
{
    RunModel const run = read_run("quirks-run.json");
    CHECK(run.playbook_name == R"(Quirks <b>not html</b> & "quotes")");
    REQUIRE(run.steps.size() == 15);
    auto const& at_key = [&](std::string_view key) -> StepRun const& {
        StepRun const* const step = run.find(key);
        INFO("step " << key);
        REQUIRE(step != nullptr);
        return *step;
    };
    CHECK(at_key("a/b c?#%").output == "false");
    CHECK(*at_key("a/b c?#%").completed_at - *at_key("a/b c?#%").started_at == Duration{250});
    CHECK(at_key("zero").output == "0");
    CHECK(at_key("empty").output == "\"\"");
    CHECK(at_key("unknown-type").type == TypeName{StepType::Unknown, "HUMAN"});
    CHECK(at_key("unknown-type").state == StateName{ExecutionState::Unknown, "paused"});
    CHECK(at_key("null-logs").logs.empty());
    CHECK(at_key("string-error").error == "\"socket hang up\"");
    CHECK(at_key("imgui-ids").name == "Name with ## and ### and %s %n");
    CHECK(at_key("unicode").logs.size() == 6);
    CHECK(at_key("unicode").logs[1].text == "emoji 🚀 and \x1b[31;1mred bold\x1b[0m");
    CHECK(at_key("unicode").logs[4].text.size() == 5000);
    CHECK(at_key("unicode").logs[5].text.empty());
    CHECK(at_key("long").type.kind == StepType::Branch);
    CHECK(at_key("snake").episodic_traces.find("created_at") != std::string::npos);
    CHECK(at_key("dup").name == at_key("dup-2").name);
    CHECK(at_key("collab-odd").collaboration_context == R"([
     1,
     "two",
     {
      "three": 3
     }
    ])");
    CHECK(at_key("deep").output.find('[') != std::string::npos);
    CHECK(at_key("big-numbers").output.find("9007199254740993") != std::string::npos);
    CHECK(at_key("big-numbers").output.find("-0.0") != std::string::npos);
    // The server's own count says 99 pending.
    CHECK(run.progress.pending
        == run.progress.total - run.progress.completed - run.progress.failed - run.progress.running);
}

TEST_CASE("a refusal is told in the server's words", "[wire]")
{
    auto const error = get<ServerError>(
        decode_run_answer(R"({"success":false,"error":{"code":"NOT_FOUND","message":"Playbook run not found"}})"));
    CHECK(error.code == "NOT_FOUND");
    CHECK(error.message == "Playbook run not found");
    CHECK(get<ServerError>(decode_run_answer(R"({"success":false})")).message.empty());
    CHECK(get<ServerError>(decode_run_answer(R"({"error":"Unauthorized"})")).message == "Unauthorized");
    CHECK(
        get<ServerError>(decode_run_answer(R"({"statusCode":400,"error":"Bad Request","message":"id must be a uuid"})"))
            .message
        == "id must be a uuid");
    auto const unauthorized = get<ServerError>(decode_run_answer(
        R"({"statusCode":401,"code":"FST_JWT_NO_AUTHORIZATION","error":"Unauthorized","message":"No Authorization was found"})"));
    CHECK(unauthorized.message == "No Authorization was found");
    CHECK(unauthorized.code == "FST_JWT_NO_AUTHORIZATION");
    CHECK(get<ServerError>(decode_run_answer(R"({"detail":"Not found."})")).message == "Not found.");
    CHECK(get<ServerError>(decode_run_answer(R"({"message":"Forbidden"})")).message == "Forbidden");
    CHECK(get<ServerError>(decode_run_answer(R"({"success":"false","data":{"id":"x","steps":[]}})")).message.empty());
}

TEST_CASE("a run without a list of steps has none yet", "[wire]")
{
    for (auto const* const steps : {R"("steps":null,)", "", R"("steps":[],)"}) {
        auto const run = get<RunModel>(
            decode_run_answer(R"({"success":true,"data":{)" + std::string{steps} + R"("id":"r","state":"queued"}})"));
        CHECK(run.steps.empty());
        CHECK(run.state.kind == ExecutionState::Queued);
    }
    std::ignore
        = get<Error>(decode_run_answer(R"({"success":true,"data":{"id":"r","state":"queued","steps":"many"}})"));
}

TEST_CASE("the further of state and status is believed, of the run and of its steps", "[wire]")
{
    auto const run = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","state":"queued","status":"FAILED",
        "error":{"message":"m"},"steps":[{"key":"a","state":"queued","status":"SUCCEEDED"},
        {"key":"b","state":"queued","status":"RUNNING"},{"key":"c","state":"blocked","status":"RUNNING"}]}})"));
    CHECK(run.state.kind == ExecutionState::Failed);
    CHECK(run.over());
    CHECK(run.steps[0].state.kind == ExecutionState::Success);
    CHECK(run.steps[1].state.kind == ExecutionState::Running);
    CHECK(run.steps[2].state.kind == ExecutionState::Blocked);
    auto const canceled
        = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","state":"canceled","status":"RUNNING","steps":[]}})"));
    CHECK(canceled.state.kind == ExecutionState::Canceled);
}

TEST_CASE("a log that is one text is its lines", "[wire]")
{
    auto const run = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","steps":[
        {"key":"a","logs":"one\r\n\ntwo\n"},{"key":"b","logs":"one"},{"key":"c","logs":""}]}})"));
    CHECK(test::texts(run.steps[0].logs) == std::vector<std::string>{"one", "", "two"});
    CHECK(test::texts(run.steps[1].logs) == std::vector<std::string>{"one"});
    CHECK(run.steps[2].logs.empty());
}

TEST_CASE("numbers and booleans in quotes are read, in documents and in events", "[wire]")
{
    auto const run = get<RunModel>(decode_run_answer(
        R"({"success":"true","data":{"id":"r","playbookVersion":"7","steps":[{"key":"a","attempt":"1","maxAttempts":"5"}]}})"));
    CHECK(run.playbook_version == 7);
    CHECK(run.steps[0].attempt == 1);
    CHECK(run.steps[0].max_attempts == 5);
    auto const failed = decode_as<StepFailed>("step.failed", R"({"error":"e","attempt":"2","willRetry":"true"})");
    CHECK(failed.attempt == 1);
    CHECK(failed.will_retry);
    CHECK(decode_as<StepCompleted>("step.completed", R"({"duration":"1500"})").duration
        == std::chrono::milliseconds{1500});
}

TEST_CASE("empty objects where something could be are none", "[wire]")
{
    auto const run
        = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","workerInfo":{},"error":{},"steps":[{"key":"a",
        "workerInfo":{},"personality":{},"collaborationContext":{ },"error":{},"input":{},"output":{}}]}})"));
    CHECK_FALSE(run.worker);
    CHECK(run.error == "null");
    StepRun const& step = run.steps[0];
    CHECK_FALSE(step.worker);
    CHECK_FALSE(step.personality);
    CHECK(step.collaboration_context == "null");
    CHECK(step.error == "null");
    CHECK(step.input == "{}"); // a value
    CHECK(step.output == "{}");
}

TEST_CASE("an error that says nothing is none", "[wire]")
{
    for (std::string const none : {"null", "\"\"", "\" \\n\"", "false", "{}", "[]", R"({"message":null})",
             R"({"message":"","stack":null})", R"({"message":" ","details":{}})"}) {
        CAPTURE(none);
        auto const run = get<RunModel>(decode_run_answer(
            R"({"data":{"id":"r","error":)" + none + R"(,"steps":[{"key":"a","error":)" + none + "}]}}"));
        CHECK(run.error == "null");
        CHECK(run.steps[0].error == "null");
        CHECK(decode_as<StepFailed>("step.failed", R"({"error":)" + none + "}").error.empty());
        CHECK(decode_as<RunFailed>("run.failed", R"({"error":)" + none + "}").error.empty());
    }
    for (std::string const some :
        {"\"x\"", "0", "true", R"({"code":7})", R"({"message":"","details":{"a":1}})", "[null]"}) {
        CAPTURE(some);
        auto const run
            = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","steps":[{"key":"a","error":)" + some + "}]}}"));
        CHECK(run.steps[0].error == some);
    }
}

TEST_CASE("an end is not believed of what runs or waits, nor before its start", "[wire]")
{
    auto const run = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","state":"running",
        "startedAt":"2026-11-20T14:03:12Z","completedAt":"2026-11-20T14:03:13Z","steps":[
        {"key":"runs","state":"running","startedAt":"2026-11-20T14:03:12Z","completedAt":"2026-11-20T14:03:13Z"},
        {"key":"waits","state":"queued","startedAt":"2026-11-20T14:03:12Z","completedAt":"2026-11-20T14:03:13Z"},
        {"key":"back","state":"success","startedAt":"2026-11-20T14:03:12Z","completedAt":"2026-11-20T14:03:11Z"},
        {"key":"ended","state":"failed","completedAt":"2026-11-20T14:03:11Z"},
        {"key":"odd","state":"hibernating","completedAt":"2026-11-20T14:03:11Z"}]}})"));
    CHECK_FALSE(run.completed_at);
    CHECK_FALSE(run.steps[0].completed_at);
    CHECK_FALSE(run.steps[1].completed_at);
    CHECK_FALSE(run.steps[2].completed_at);
    CHECK(run.steps[2].started_at);
    CHECK(run.steps[3].completed_at);
    CHECK(run.steps[4].completed_at);
}

TEST_CASE("times are read as numbers and as text", "[wire]")
{
    auto const run = get<RunModel>(decode_run_answer(R"({"data":{"id":"r","state":"success","startedAt":1795183392,
        "completedAt":"1795183394500","createdAt":"0001-01-01T00:00:00Z","steps":[]}})"));
    CHECK(*run.completed_at - *run.started_at == std::chrono::milliseconds{2500});
    CHECK_FALSE(run.created_at);
}

TEST_CASE("one odd value does not cost the run, and what was odd is told", "[wire]")
{
    std::string const odd
        = "\xEF\xBB\xBF{\"success\":true,\"data\":{\"id\":\"r\",\"steps\":[{\"key\":\"a\x01\",\"output\":"
          "{\"mean\":NaN,\"min\":-Infinity},\"logs\":[\"a\tb\"]}]}}";
    RunDecoder decoder{odd};
    while (decoder.decode(10)) {}
    JsonOddities const oddities = decoder.oddities();
    auto const run = get<RunModel>(decoder.answer());
    CHECK(run.steps[0].output == R"({"mean":NaN,"min":-Infinity})");
    CHECK(run.steps[0].logs[0].text == "a\tb");
    CHECK(oddities.counts[static_cast<std::size_t>(JsonOddity::ByteOrderMark)] == 1);
    CHECK(oddities.counts[static_cast<std::size_t>(JsonOddity::NotANumber)] == 2);
    CHECK(oddities.counts[static_cast<std::size_t>(JsonOddity::Control)] == 2);
    REQUIRE(oddities.places.size() == 5);
    CHECK(oddities.places[2].path == "data.steps[0].output.mean");
}

TEST_CASE("an event is read whether its data is spread over lines, quoted, or begins with a byte order mark", "[wire]")
{
    std::string const plain
        = R"({"type":"step.completed","runId":"r","stepKey":"s","payload":{"status":"SUCCESS","result":"\"x\""}})";
    std::string const pretty = "{\n  \"type\": \"step.completed\",\n  \"runId\": \"r\",\n  \"stepKey\": \"s\",\n"
                               "  \"payload\": {\n    \"result\": \"\\\"x\\\"\"\n  }\n}";
    std::string const payload = R"({"type":"step.completed","runId":"r","stepKey":"s","payload":)"
        + json_quote(R"({"result":"\"x\""})") + "}";
    std::string const twice = R"({"type":"step.completed","runId":"r","stepKey":"s","payload":)"
        + json_quote(" " + json_quote("\n " + json_quote(R"({"result":"\"x\""})"))) + "}";
    for (std::string const& data : {plain, pretty, json_quote(plain), json_quote(json_quote(pretty)), payload, twice,
             "\xEF\xBB\xBF" + plain, "\xEF\xBB\xBF" + json_quote(plain)}) {
        CAPTURE(data);
        auto const event = get<StepCompleted>(decode("step.completed", data).event);
        CHECK(event.step_key == "s");
        CHECK(event.result == R"("\"x\"")");
    }
}

TEST_CASE("unreadable data counts as an event only under the name of one", "[wire]")
{
    std::ignore = get<Error>(decode_event("step.completed", "oops", ""));
    std::ignore = get<Error>(decode_event("message", "oops", ""));
    CHECK(get<UnknownEventType>(decode_event("error", "the backend went away", "")).type == "error");
    CHECK(get<UnknownEventType>(decode_event("ping", "", "")).type == "ping");
}

TEST_CASE("an answer that is no run says why", "[wire]")
{
    CHECK(get<Error>(decode_run_answer("<html>502</html>")).message.find("not valid JSON") != std::string::npos);
    CHECK(get<Error>(decode_run_answer("[1,2]")).message.find("not an object") != std::string::npos);
    CHECK(get<Error>(decode_run_answer(R"({"success":true,"data":[]})")).message.find("expected form")
        != std::string::npos);
    CHECK(get<Error>(decode_run_answer(R"({"success":true,"data":{"id":"x"}})")).message.find("no list of steps")
        != std::string::npos);
    CHECK(get<Error>(decode_run_answer("")).message.find("early") != std::string::npos);
}

TEST_CASE("parts of a run in a wrong shape cost that part only", "[wire]")
{
    auto const run
        = get<RunModel>(decode_run_answer(R"({"success":true,"data":{"id":7,"playbookName":null,"playbookVersion":"x",
        "state":5,"status":"SUCCEEDED","startedAt":"soon","workerInfo":"w","steps":[null,3,
        {"key":"k","name":null,"type":null,"logs":{"no":"list"},"attempt":-4,"maxAttempts":null,"personality":[],"dependencies":["a",1]},
        {"key":5,"logs":[1,{"x":2},"y"]}]}})"));
    CHECK(run.id == "7");
    CHECK_FALSE(run.playbook_version);
    CHECK(run.state.kind == ExecutionState::Success);
    CHECK_FALSE(run.started_at);
    REQUIRE(run.steps.size() == 2);
    CHECK(run.steps[0].attempt == 0);
    CHECK(run.steps[0].max_attempts == 3);
    CHECK(run.steps[0].dependencies == std::vector<std::string>{"a"});
    CHECK(run.steps[1].key == "5");
    CHECK(run.steps[1].logs[1].text == R"({"x":2})");
}

TEST_CASE("a run read in portions is the run read at once", "[wire]")
{
    for (auto const* const name : {"failed-run.json", "quirks-run.json", "live-run.final.json"}) {
        std::string const document = test::read_file(name);
        RunDecoder decoder{document};
        int portions = 1;
        while (decoder.decode(100))
            ++portions;
        auto const whole = get<RunModel>(decode_run_answer(document));
        CHECK(portions > 3);
        CHECK(get<RunModel>(decoder.answer()).steps == whole.steps);
        RunDecoder cut_short{document.substr(0, document.size() / 2)};
        while (cut_short.decode(100)) {}
        std::ignore = get<Error>(cut_short.answer());
    }
}

TEST_CASE("where a run lists its steps twice the last list counts, as in JSON.parse", "[wire]")
{
    auto const keys = [](std::string const& data) {
        std::string text;
        auto const run = get<RunModel>(decode_run_answer(R"({"data":)" + data + "}"));
        for (StepRun const& step : run.steps)
            text += step.key;
        return text;
    };
    CHECK(keys(R"({"id":"r","steps":[{"key":"a"},{"key":"b"}],"steps":[{"key":"c"}]})") == "c");
    CHECK(keys(R"({"id":"r","steps":[{"key":"a"}],"steps":[]})").empty());
    CHECK(keys(R"({"id":"r","steps":{"x":{"key":"a"}},"steps":[{"key":"b"}]})") == "b");
    CHECK(keys(R"({"id":"q","steps":[{"key":"a"}]},"data":{"id":"r","steps":[{"key":"b"}]})") == "b");
}

TEST_CASE("the stream's address is read, or the refusal", "[wire]")
{
    CHECK(get<std::string>(
              decode_stream_url_answer(R"({"success":true,"data":{"streamUrl":"https://api.example/s?token=t"}})"))
        == "https://api.example/s?token=t");
    CHECK(get<ServerError>(decode_stream_url_answer(R"({"success":false,"error":{"code":"X","message":"no"}})")).message
        == "no");
    std::ignore = get<Error>(decode_stream_url_answer(R"({"success":true,"data":{}})"));
    std::ignore = get<Error>(decode_stream_url_answer("nope"));
    for (auto const* const odd : {"javascript:alert(1)", "data:text/event-stream,x", "file:///etc/passwd", "../x"})
        std::ignore = get<Error>(
            decode_stream_url_answer(R"({"success":true,"data":{"streamUrl":")" + std::string{odd} + R"("}})"));
}

TEST_CASE("the seven events are decoded", "[wire]")
{
    auto const updated
        = decode_as<RunUpdated>("run.updated", R"({"status":"RUNNING","currentStepKey":"research","progress":10})");
    CHECK(updated.status == "RUNNING");
    CHECK(updated.current_step_key == "research");
    CHECK(decode_as<RunUpdated>("run.updated", R"({"status":"RUNNING","currentStepKey":null})").current_step_key == "");
    CHECK_FALSE(decode_as<RunUpdated>("run.updated", R"({"status":"RUNNING"})").current_step_key);
    CHECK(decode_as<RunCompleted>("run.completed", R"({"completedAt":"2026-11-20T14:04:02.620Z"})").completed_at);
    auto const failed = decode_as<RunFailed>(
        "run.failed", R"({"error":"boom","failedAt":"2026-11-20T14:04:02Z","failedStepKey":"k"})");
    CHECK(failed.error == "boom");
    CHECK(failed.failed_step_key == "k");
    auto const started = decode_as<StepUpdated>("step.updated", R"({"status":"RUNNING","attempt":2})");
    CHECK(started.step_key == "research");
    CHECK(started.attempt == 1); // one-based on the wire
    auto const completed
        = decode_as<StepCompleted>("step.completed", R"({"status":"SUCCESS","result":null,"duration":1500})");
    CHECK(completed.result == "null");
    CHECK(completed.duration == std::chrono::milliseconds{1500});
    CHECK_FALSE(decode_as<StepCompleted>("step.completed", "{}").result);
    auto const step_failed = decode_as<StepFailed>("step.failed", R"({"error":"e","attempt":1,"willRetry":true})");
    CHECK(step_failed.attempt == 0);
    CHECK(step_failed.will_retry);
    auto const line = decode_as<StepLogAppended>("step.log.appended",
        R"({"logEntry":{"level":"warn","message":"m","timestamp":"2026-11-20T14:03:13.220Z","metadata":{}}})");
    CHECK(line.level == LogLevel::Warn);
    CHECK(line.text == "m");
    CHECK(line.at == parse_timestamp("2026-11-20T14:03:13.220Z"));

    auto const numbered
        = decode_as<StepLogAppended>("step.log.appended", R"({"logEntry":{"level":50,"message":"as pino says it"}})");
    CHECK(numbered.level == LogLevel::Error);
    auto const odd = decode_as<StepLogAppended>("step.log.appended", R"({"logEntry":{"level":{"a":1},"message":"x"}})");
    CHECK(odd.level == LogLevel::None);
}

TEST_CASE("events that mean nothing are told apart: tomorrow's and broken ones", "[wire]")
{
    std::string const head = R"({"type":"run.updated","runId":"r","payload":)";
    CHECK(
        get<UnknownEventType>(decode_event("run.paused", R"({"type":"run.paused","runId":"r","payload":{}})", "")).type
        == "run.paused");
    CHECK(get<Error>(decode_event("run.updated", R"({"type":"run.upd)", "")).message.find("run.updated") == 0);
    CHECK(get<Error>(decode_event("run.updated", head + "{}}", "")).message == "run.updated without payload.status");
    CHECK(get<Error>(decode_event("run.updated", head + "null}", "")).message == "run.updated without payload");
    CHECK(get<Error>(decode_event("step.failed", R"({"runId":"r","payload":{}})", "")).message
        == "step.failed without stepKey");
    CHECK(
        get<Error>(decode_event("step.log.appended", R"({"runId":"r","stepKey":"s","payload":{"logEntry":null}})", ""))
            .message
        == "step.log.appended without payload.logEntry.message");
    CHECK(get<Error>(decode_event("step.updated", R"({"stepKey":"s","payload":{}})", "")).message
        == "step.updated without runId");
}
