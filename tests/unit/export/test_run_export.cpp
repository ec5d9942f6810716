#include "shared/app/session.h"
#include "shared/base/text.h"
#include "shared/export/csv.h"
#include "shared/export/run_export.h"
#include "shared/json/json_parser.h"
#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/fake_platform.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <set>
#include <string>
#include <vector>

using namespace pev;
using namespace pev::test;

namespace {

std::string written(ExportKind kind, RunModel const& run, std::string_view step = {}, std::size_t portion = 1U << 20U)
{
    RunExport file{kind, run, step};
    std::string text;
    while (!file.done())
        file.write(portion, text);
    return text;
}

std::string cell(std::string const& text)
{
    std::string out;
    CsvRow{{}, out}.text(text);
    return out;
}

// With all that is odd: names and lines full of quotes, numbers beyond doubles, states of tomorrow, lines of the stream.
RunModel odd_run()
{
    StepRun first = step("a\",=1", ExecutionState::Success);
    first.name = "=HYPERLINK(\"x\")\n";
    first.output = R"({"id":9007199254740993,"tiny":1e-320})";
    first.error = R"("it \"broke\"")";
    first.attempt = 1;
    first.dependencies = {"b", "c"};
    first.started_at = at(1);
    first.completed_at = at(3.25);
    first.worker = WorkerInfo{.worker_id = "w-1", .started_at = at(1), .finished_at = at(3)};
    first.logs = log_of({"one", "\x1b[31mtwo\x1b[0m \"quoted\"\n"});
    first.logs.append({.text = "three", .level = LogLevel::Warn, .at = at(2.000001), .from_stream = true});
    StepRun second = step("b");
    second.state = state_named("levitating");
    second.type = type_named("HUMAN");
    RunModel run = run_with({first, second});
    run.playbook_name = "Launch: ../日本 & co";
    run.playbook_version = 7;
    run.created_at = at(0.123456);
    run.log_line_count = 3;
    return run;
}

} // namespace

TEST_CASE("a run's JSON is the answer that a server would give: reading it gives the same run", "[export]")
{
    RunModel const run = odd_run();
    std::string const json = written(ExportKind::RunJson, run);
    RunAnswer const answer = decode_run_answer(json);
    RunModel const* const read = std::get_if<RunModel>(&answer);
    REQUIRE(read != nullptr);
    CHECK(read->playbook_name == run.playbook_name);
    CHECK(read->playbook_version == run.playbook_version);
    CHECK(read->created_at == run.created_at);
    CHECK(read->webhook_url.empty());
    REQUIRE(read->steps.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        StepRun const& expected = run.steps[i];
        StepRun const& step = read->steps[i];
        CHECK(step.key == expected.key);
        CHECK(step.name == expected.name);
        CHECK(step.type == expected.type);
        CHECK(step.state == expected.state);
        CHECK(step.attempt == expected.attempt);
        CHECK(step.output == expected.output); // to the byte
        CHECK(step.input == expected.input); // absent, as it was
        CHECK(step.error == expected.error);
        CHECK(step.worker == expected.worker);
        CHECK(step.dependencies == expected.dependencies);
        CHECK(step.completed_at == expected.completed_at);
        CHECK(texts(step.logs) == texts(expected.logs));
    }
}

TEST_CASE("what is exported as JSON is JSON, whatever the server wrote", "[export]")
{
    RunModel run = odd_run();
    run.steps[0].output = "{\"mean\":NaN,\"text\":\"\x01\n\",\"list\":[.5,],}";
    run.steps[0].personality.emplace();
    run.steps[0].personality->configuration = "{\"memoryWeight\":-inf}";
    for (ExportKind const kind : {ExportKind::RunJson, ExportKind::AllLogsNdjson}) {
        std::string const json = written(kind, run);
        JsonParser parser{json.substr(0, kind == ExportKind::RunJson ? json.size() : json.find('\n')), 9};
        REQUIRE(parser.finish());
        CHECK(parser.oddities().places.empty());
    }
    auto const read = std::get<RunModel>(decode_run_answer(written(ExportKind::RunJson, run)));
    CHECK(read.steps[0].output == R"({"mean":"NaN","text":"\u0001\n","list":[0.5]})");
    CHECK(read.steps[0].personality->configuration == R"({"memoryWeight":"-inf"})");
}

TEST_CASE("exports say the server's state of a step, and that the run ended without it", "[export]")
{
    RunModel run = run_with({step("a", ExecutionState::Success), step("b", ExecutionState::Running)});
    run.state = state_of(ExecutionState::Canceled);
    run.recount();
    std::string const json = written(ExportKind::RunJson, run);
    CHECK(json.find(R"("state":"running","status":"","interrupted":true)") != std::string::npos);
    CHECK(json.find(R"("running":0,"pending":0,"interrupted":1)") != std::string::npos);
    std::string const csv = written(ExportKind::StepsCsv, run);
    CHECK(csv.find("error,interrupted,ref\r\n") != std::string::npos);
    CHECK(csv.find("b,Step b,DATA,running,") != std::string::npos);
    CHECK(csv.ends_with(",yes,b\r\n"));
}

TEST_CASE("recorded runs come out of their JSON as they went in", "[export]")
{
    std::string const name = GENERATE("failed-run.json", "quirks-run.json", "live-run.final.json");
    RunModel const run = read_run(name);
    auto const again = std::get<RunModel>(decode_run_answer(written(ExportKind::RunJson, run)));
    CHECK(again.steps == run.steps);
    CHECK(again.output == run.output);
    CHECK(again.triggered_by == run.triggered_by);
    CHECK(again.progress == run.progress);
}

TEST_CASE("a file is the same whatever the portions that it is written in", "[export]")
{
    RunModel const run = odd_run();
    for (ExportFormat const& format : kExportFormats) {
        INFO(format.name);
        std::string const whole = written(format.kind, run, run.steps[0].key);
        CHECK_FALSE(whole.empty());
        CHECK(written(format.kind, run, run.steps[0].key, 1) == whole);
        CHECK(written(format.kind, run, run.steps[0].key, 40) == whole);
    }
}

TEST_CASE("a portion is not much larger than asked for", "[export]")
{
    RunModel run = run_with({step("a")});
    for (int i = 0; i < 1'000; ++i)
        run.steps[0].logs.append({.text = "a line of a log", .level = {}, .at = {}, .from_stream = false});
    RunExport file{ExportKind::RunJson, run, {}};
    std::string first;
    file.write(4'000, first);
    CHECK(first.size() >= 4'000);
    CHECK(first.size() < 4'100);
    CHECK_FALSE(file.done());
}

TEST_CASE("an export is of the moment in which it was asked for", "[export]")
{
    RunModel run = odd_run();
    std::string const before = written(ExportKind::AllLogsNdjson, run);
    RunExport file{ExportKind::AllLogsNdjson, run, {}};
    std::string text;
    file.write(1, text);
    run.steps[0].logs.append({.text = "later", .level = {}, .at = {}, .from_stream = true});
    run.steps.pop_back();
    while (!file.done())
        file.write(1, text);
    CHECK(text == before);
}

TEST_CASE("steps are a row each, with a head", "[export][csv]")
{
    CHECK(written(ExportKind::StepsCsv, odd_run())
        == "\xEF\xBB\xBF"
           "key,name,type,state,attempt,maxAttempts,startedAt,completedAt,seconds,worker,personality,dependencies,"
           "logLines,error,interrupted,ref\r\n"
           "\"a\"\",=1\",\"'=HYPERLINK(\"\"x\"\")\n\",DATA,success,2,3,2026-11-20T14:00:01.000Z,2026-11-20T14:00:03."
           "250Z,"
           "2.250,w-1,,\"b; c\",3,\"it \"\"broke\"\"\",,\"a\"\",=1\"\r\n"
           "b,Step b,HUMAN,levitating,1,3,,,,,,,0,,,b\r\n");
}

TEST_CASE("in a table names stand as they do on screen", "[export][csv]")
{
    RunModel run = odd_run();
    run.steps.erase(run.steps.begin());
    run.steps[0].name = "dl 10%\rdl 100%";
    run.steps[0].key = "\x1b[31mred\x1b[0m";
    run.steps[0].type.word = "HU\bUMAN";
    std::string const text = written(ExportKind::StepsCsv, run);
    CHECK(text.find("\r\nred,dl 100%,HUMAN,levitating,") != std::string::npos);
    CHECK(written(ExportKind::RunJson, run).find("dl 10%\\rdl 100%") != std::string::npos); // as it came
}

TEST_CASE("where a decimal comma is written, cells are kept apart by semicolons", "[export][csv]")
{
    std::string const text = written(ExportKind::StepsCsvSemicolons, odd_run());
    CHECK(text.starts_with("\xEF\xBB\xBFkey;name;type;"));
    CHECK(text.find(";2,250;w-1;;\"b; c\";3;") != std::string::npos);
    CHECK(text.find("2026-11-20T14:00:01.000Z") != std::string::npos);
}

TEST_CASE("numbers are numbers to a spreadsheet, and text that looks like one is text", "[export][csv]")
{
    std::string out;
    CsvRow row{kCsvWithSemicolons, out};
    row.number("-12.5");
    row.number("");
    row.number("3");
    row.text("-12.5");
    row.end();
    CHECK(out == "-12,5;;3;\"'-12.5\"\r\n");
    for (std::string const text :
        {"007", "00123", "1E5", "1e5", "2026-11", "3-4", "12:30", "1/2", "10%", "5 Mai", "MAR1", "Dec-1", "1,5",
            "12345678901234567890", "2026-11-20 14:03", "9 pm", "$5", "€ 5", "TRUE", "false", "(5)", "1. Januar 2026",
            "1. Dezember", "1 janvier", "3 de mayo de 2026", "WAHR", "FALSCH", "VRAI", "FAUX"})
        CHECK(cell(text) == "\"'" + text + "\"");
    for (std::string const text :
        {"step-1", "a1", "p2", "e2", "5 steps", "2nd", "1.2.3-beta", "truth", "步骤 1", "-", ""}) {
        INFO(text);
        CHECK((cell(text) == text || text == "-"));
    }
    CHECK(cell("2026-11-20T14:00:01.000Z") == "2026-11-20T14:00:01.000Z");
}

TEST_CASE("cells are quoted where they have to be, and no formula is left one", "[export][csv]")
{
    CHECK(cell("plain words") == "plain words");
    CHECK(cell("").empty());
    CHECK(cell("a,b") == "\"a,b\"");
    CHECK(cell("say \"no\"") == "\"say \"\"no\"\"\"");
    CHECK(cell("two\r\nlines") == "\"two\r\nlines\"");
    CHECK(cell(" padded") == "\" padded\"");
    for (std::string const beginning : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
        CHECK(cell(beginning + "1") == "\"'" + beginning + "1\"");
    CHECK(cell("a=1") == "a=1");
}

TEST_CASE("logs are exported as they are shown, or exactly as they came, an object for each line", "[export]")
{
    RunModel const run = odd_run();
    std::string const text = "one\ntwo \"quoted\"\n2026-11-20T14:00:02.000Z WARN three\n";
    CHECK(written(ExportKind::StepLogText, run, run.steps[0].key) == text);
    CHECK(written(ExportKind::AllLogsText, run) == "=== =HYPERLINK(\"x\") (a\",=1) ===\n" + text);
    std::string const objects = R"({"step":"a\",=1","line":1,"timestamp":null,"level":null,"message":"one"}
{"step":"a\",=1","line":2,"timestamp":null,"level":null,"message":"\u001b[31mtwo\u001b[0m \"quoted\"\n"}
{"step":"a\",=1","line":3,"timestamp":"2026-11-20T14:00:02.000001Z","level":"warn","message":"three"}
)";
    CHECK(written(ExportKind::StepLogNdjson, run, run.steps[0].key) == objects);
    CHECK(written(ExportKind::AllLogsNdjson, run) == objects);
}

TEST_CASE("files say what was dropped, before the lines that are left", "[export][memory]")
{
    RunModel run = run_with({step("a"), step("b")});
    run.steps[0].logs = log_of({"one", "two", "three"});
    run.steps[0].logs.drop_before(2);
    run.steps[1].logs = log_of({"whole"});
    run.recount();
    std::string const said = "# 2 older lines dropped: the run is larger than the memory for it\n";
    CHECK(
        written(ExportKind::AllLogsText, run) == "=== Step a (a) ===\n" + said + "three\n=== Step b (b) ===\nwhole\n");
    CHECK(written(ExportKind::StepLogText, run, "a") == said + "three\n");
    CHECK(written(ExportKind::StepLogNdjson, run, "a")
        == "{\"step\":\"a\",\"droppedLines\":2}\n"
           "{\"step\":\"a\",\"line\":3,\"timestamp\":null,\"level\":null,\"message\":\"three\"}\n");
    std::string const json = written(ExportKind::RunJson, run);
    CHECK(json.find(R"("droppedLogLines":2,"logs":["three"])") != std::string::npos);
    CHECK(json.find(R"("logs":["whole"])") != std::string::npos);
    CHECK(json.find("droppedLogLines", json.find("whole") - 40) == std::string::npos);
}

TEST_CASE("files are named by playbook and run, in characters that file systems take", "[export]")
{
    RunModel const run = odd_run();
    auto const name = [&](ExportKind kind) { return RunExport{kind, run, run.steps[0].key}.file_name(); };
    CHECK(name(ExportKind::RunJson) == "Launch- ..-日本 & co-run-1.json");
    CHECK(name(ExportKind::StepsCsv) == "Launch- ..-日本 & co-run-1-steps.csv");
    CHECK(name(ExportKind::StepsCsvSemicolons) == "Launch- ..-日本 & co-run-1-steps-semicolons.csv");
    CHECK(name(ExportKind::AllLogsText) == "Launch- ..-日本 & co-run-1-logs.log");
    CHECK(name(ExportKind::AllLogsNdjson) == "Launch- ..-日本 & co-run-1-logs.ndjson");
    CHECK(name(ExportKind::StepLogText) == "Launch- ..-日本 & co-run-1-a-,=1.log");
    CHECK(name(ExportKind::StepLogNdjson) == "Launch- ..-日本 & co-run-1-a-,=1.ndjson");
}

TEST_CASE("logs of steps that only a file system takes for one have files of their own", "[export]")
{
    std::vector<std::string> const keys{"步骤一", "步骤二", "deploy", "Deploy", "a/b", "a?b", "ca\u0301", "cá", "logs",
        "..", "", "x", "x.", "x ", std::string(300, 'y'), std::string(300, 'y') + "2"};
    std::vector<StepRun> steps;
    for (std::string const& key : keys)
        steps.push_back(step(key));
    RunModel const run = run_with(steps);
    std::set<std::string> names{RunExport{ExportKind::AllLogsText, run, {}}.file_name()};
    for (std::string const& key : keys) {
        std::string const name = RunExport{ExportKind::StepLogText, run, key}.file_name();
        CHECK(name.size() < 200);
        names.insert(ascii_lower(name));
    }
    CHECK(names.size() == keys.size() + 1);
    CHECK(RunExport{ExportKind::StepLogText, run, "步骤一"}.file_name() == "Outreach-run-1-步骤一.log");
}

TEST_CASE("a session writes an export in parts, even if another run is opened between them", "[session][export]")
{
    RunModel run = run_with({step("a")});
    for (int i = 0; i < 100'000; ++i)
        run.steps[0].logs.append(
            {.text = "a line of a log that is as long as they are", .level = {}, .at = {}, .from_stream = false});
    std::string const document = written(ExportKind::RunJson, run);
    REQUIRE(document.size() > (4U << 20U));

    Options options;
    options.run = run.id;
    options.stream = false;
    FakePlatform platform;
    Session session{options, platform};
    session.start(at(0));
    session.arrive(HttpAnswer{.id = session.state().connection.run_fetch,
                       .status = 200,
                       .content_type = {},
                       .date = {},
                       .body = document,
                       .failure = {}},
        at(0));
    while (!session.state().run)
        session.tick(at(0)); // it is read a portion at a time
    platform.take();
    session.act(Export{ExportKind::RunJson}, at(1));
    session.act(Export{ExportKind::StepsCsv}, at(1)); // one at a time
    CHECK(session.state().exporting);
    CHECK(platform.take().empty());
    std::string whole;
    int parts = 0;
    Instant now = at(1);
    while (session.state().exporting) {
        REQUIRE(session.next_timer());
        CHECK((*session.next_timer() - now).count() == 0);
        session.tick(now);
        now += std::chrono::milliseconds{15};
        auto const files = effects_of<SaveFile>(platform.take());
        REQUIRE(files.size() == 1);
        CHECK(files[0].name == "Outreach-run-1.json");
        CHECK(files[0].content.size() < (3U << 20U));
        CHECK(files[0].more == session.state().exporting.has_value());
        whole += files[0].content;
        if (++parts == 1)
            session.act(OpenRun{.run = "run-2", .step = {}}, now);
    }
    CHECK(parts == 3);
    CHECK(whole == document);
    CHECK(session.next_timer() > now);
}
