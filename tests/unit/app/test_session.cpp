#include "shared/app/session.h"
#include "shared/json/json_tree.h"
#include "tests/unit/support/fake_platform.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace pev;
using namespace pev::test;
using std::chrono::seconds;

namespace {

constexpr char const* kRunId = "6b0d549b-6f03-475a-9600-a35a099950d8";

Options options_for(std::string run, bool stream = true)
{
    Options options;
    options.run = std::move(run);
    options.stream = stream;
    options.probe = true;
    return options;
}

// A session before a server that answers what the story says.
class Story {
public:
    explicit Story(Options options = options_for(kRunId)) : session(std::move(options), platform) {}

    HttpAnswer answer(int status, std::string body, std::string type = "application/json") const
    {
        return {.id = last_fetch(),
            .status = status,
            .content_type = std::move(type),
            .date = {},
            .body = std::move(body),
            .failure = {}};
    }
    void serve(std::string const& recording) { session.arrive(answer(200, read_file(recording)), now); }
    void start_and_serve(std::string const& recording)
    {
        session.start(now);
        serve(recording);
    }
    void go_live()
    {
        start_and_serve("live-run.initial.json");
        session.arrive(StreamOpened{last_stream()}, now);
        serve("live-run.initial.json");
        REQUIRE(session.state().mode() == Mode::Live);
        platform.take();
    }
    void send(std::string type, std::string data, std::string id = {})
    {
        session.arrive(
            StreamMessage{session.state().connection.stream, {std::move(type), std::move(data), std::move(id)}}, now);
    }
    void send_log(std::string const& key, std::string const& text, std::string id = {})
    {
        send("step.log.appended",
            R"({"type":"step.log.appended","runId":")" + std::string{kRunId} + R"(","stepKey":)" + json_quote(key)
                + R"(,"timestamp":"2026-11-20T14:03:13.220Z","payload":{"logEntry":{"level":"info","message":)"
                + json_quote(text) + "}}}",
            std::move(id));
    }
    void wait(Duration duration)
    {
        Instant const end = now + duration;
        for (auto timer = session.next_timer(); timer && *timer <= end; timer = session.next_timer()) {
            now = std::max(now, *timer);
            session.tick(now);
        }
        now = end;
    }

    RequestId last_fetch() const
    {
        auto const fetches = effects_of<Fetch>(all_effects());
        REQUIRE_FALSE(fetches.empty());
        return fetches.back().id;
    }
    StreamId last_stream() const
    {
        auto const streams = effects_of<OpenStream>(all_effects());
        REQUIRE_FALSE(streams.empty());
        return streams.back().id;
    }
    std::vector<Effect> all_effects() const { return platform.effects; }

    FakePlatform platform;
    Session session;
    Instant now = at(10);
};

Problem problem_of(Story const& story)
{
    REQUIRE(story.session.state().problem);
    return *story.session.state().problem;
}

} // namespace

TEST_CASE("a whole recorded run, live, without any further fetch until it ends", "[session]")
{
    Story story;
    story.go_live();
    for (RecordedMessage const& recorded : read_stream("live-run.stream.ndjson"))
        story.send(recorded.message.type, recorded.message.data);
    AppState const& state = story.session.state();
    CHECK(state.run->state.kind == ExecutionState::Success);
    CHECK(state.run->progress.completed == 10);
    CHECK(state.mode() == Mode::Final);
    CHECK(state.diagnostics.ignored() == 0);
    CHECK(state.diagnostics.events_applied == state.diagnostics.events_received);
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 1); // the last one
    CHECK(effects_of<CloseStream>(story.platform.effects).size() == 1);
    story.serve("live-run.final.json");
    CHECK(state.run->output != "null");
    story.platform.take();
    story.wait(seconds{3600});
    CHECK(story.platform.effects.empty());
}

TEST_CASE("the requests name the run in both profiles, percent-encoded", "[session]")
{
    Options options = options_for("a/b c");
    options.api = "/api";
    FakePlatform platform;
    Session session{options, platform};
    session.start(at(0));
    CHECK(platform.effects == Effects{Fetch{1, "/api/playbook-runs/a%2Fb%20c"}});
    session.arrive(HttpAnswer{.id = 1,
                       .status = 200,
                       .content_type = "",
                       .date = {},
                       .body = read_file("live-run.initial.json"),
                       .failure = {}},
        at(1));
    CHECK(effects_of<OpenStream>(platform.effects).front().url == "/api/playbook-runs/a%2Fb%20c/stream");
}

TEST_CASE("an address without a run id asks the server nothing", "[session]")
{
    Story story{options_for("")};
    story.session.start(story.now);
    CHECK(problem_of(story).kind == ProblemKind::NoRunId);
    story.session.act(RetryConnection{}, story.now);
    story.session.act(Refresh{}, story.now);
    CHECK(story.platform.effects.empty());
    CHECK(story.session.state().mode() == Mode::Error);
}

TEST_CASE("each refusal has its own screen, in the server's words", "[session]")
{
    struct Case {
        int status;
        std::string body;
        ProblemKind kind;
        std::string detail;
    };
    auto const refusal = [](std::string const& code, std::string const& message) {
        return R"({"success":false,"error":{"code":")" + code + R"(","message":")" + message + R"("}})";
    };
    std::vector<Case> const cases{
        {401, refusal("UNAUTHORIZED", "Session expired"), ProblemKind::SignedOut, "Session expired"},
        {403, refusal("NO_ORG_ACCESS", "User has no organization access"), ProblemKind::Forbidden,
            "User has no organization access"},
        {404, refusal("NOT_FOUND", "Playbook run not found"), ProblemKind::NotFound, "Playbook run not found"},
        {500, refusal("INTERNAL_ERROR", "db down"), ProblemKind::ServerFailed, "db down"},
        {400, refusal("VALIDATION_ERROR", "Invalid uuid"), ProblemKind::BadRunId, "Invalid uuid"},
        {200, refusal("NOT_FOUND", "gone"), ProblemKind::NotFound, "gone"},
        {200, R"({"success":false})", ProblemKind::ServerFailed, "HTTP 200, application/json"},
        {502, "<html>bad gateway</html>", ProblemKind::ServerFailed, "HTTP 502, application/json"},
        {404, "not found", ProblemKind::NotFound, "HTTP 404, application/json"},
        {200, "<html>app</html>", ProblemKind::NotARun, ""},
        {200, R"({"success":true,"data":{"id":"x"}})", ProblemKind::NotARun, ""},
        {200, R"({"success":true,"data":null})", ProblemKind::NotARun, ""},
        {200, R"({"success":true,"data":{"id":"x","steps":[)", ProblemKind::NotARun, ""},
        {500, read_file("live-run.initial.json"), ProblemKind::ServerFailed, "HTTP 500, application/json"},
    };
    for (Case const& told : cases) {
        INFO(told.status << " " << told.body);
        Story story;
        story.session.start(story.now);
        story.session.arrive(story.answer(told.status, told.body), story.now);
        CHECK(problem_of(story).kind == told.kind);
        if (!told.detail.empty())
            CHECK(problem_of(story).detail == told.detail);
        CHECK_FALSE(problem_of(story).title.empty());
        CHECK_FALSE(problem_of(story).hint.empty());
        CHECK(story.session.state().mode() == Mode::Error);
        // Retry loads again, and a good answer takes the screen away.
        story.session.act(RetryConnection{}, story.now);
        story.serve("live-run.initial.json");
        CHECK_FALSE(story.session.state().problem);
        CHECK(story.session.state().run);
    }
}

TEST_CASE("no answer at all is told with the platform's words, and a mute server after thirty seconds", "[session]")
{
    Story story;
    story.session.start(story.now);
    HttpAnswer none = story.answer(0, "");
    none.failure = "Failed to fetch";
    story.session.arrive(none, story.now);
    CHECK(problem_of(story).kind == ProblemKind::Unreachable);
    CHECK(problem_of(story).detail == "Failed to fetch");
    story.session.act(RetryConnection{}, story.now);
    story.wait(seconds{30});
    CHECK(problem_of(story).kind == ProblemKind::TimedOut);
}

TEST_CASE("a refused id that is no UUID gets a hint", "[session]")
{
    Story story{options_for("8f3b61c2")};
    story.session.start(story.now);
    story.session.arrive(
        story.answer(404, R"({"success":false,"error":{"code":"NOT_FOUND","message":"no"}})"), story.now);
    CHECK(problem_of(story).hint.find("UUID") != std::string::npos);
}

TEST_CASE("a later poll that fails keeps the last good data and says that it is stale", "[session]")
{
    Story story{options_for(kRunId, false)};
    story.start_and_serve("live-run.initial.json");
    CHECK(story.session.state().last_good_at == story.now);
    Instant const good = story.now;
    story.wait(seconds{2});
    story.session.arrive(story.answer(500, "oops"), story.now);
    AppState const& state = story.session.state();
    CHECK(state.run);
    CHECK(state.mode() == Mode::Polling);
    CHECK(problem_of(story).kind == ProblemKind::ServerFailed);
    CHECK(state.last_good_at == good);
    story.wait(seconds{2});
    story.serve("live-run.initial.json");
    CHECK_FALSE(state.problem);
}

TEST_CASE("a document that is larger than the memory for the run is told so, and the last good one stays",
    "[session][memory]")
{
    Options options = options_for(kRunId, false);
    options.memory = 1U << 20U;
    Story story{options};
    story.start_and_serve("live-run.initial.json");
    AppState const& state = story.session.state();
    std::size_t const steps = state.run->steps.size();
    std::string const good = read_file("live-run.initial.json");
    std::string const padding(2 * options.memory, ' ');

    SECTION("when it has come whole")
    {
        story.wait(seconds{2});
        story.session.arrive(story.answer(200, good + padding), story.now);
        CHECK(problem_of(story).detail == "The server's answer has 2.0 MB or more; up to 2.0 MB can be read here.");
    }
    SECTION("when the platform did not take it in")
    {
        story.wait(seconds{2});
        HttpAnswer refused = story.answer(0, "");
        refused.refused_bytes = 402'000'000;
        story.session.arrive(refused, story.now);
        CHECK(problem_of(story).detail == "The server's answer has 383.4 MB or more; up to 2.0 MB can be read here.");
    }
    SECTION("when it turns out while it is read")
    {
        story.wait(seconds{2});
        std::string many = R"({"success":true,"data":{"id":")" + std::string{kRunId} + R"(","steps":[{})";
        for (int i = 0; i < 20'000; ++i)
            many += ",{}";
        story.session.arrive(story.answer(200, many + "]}}"), story.now);
        CHECK(problem_of(story).detail.starts_with("Its steps, without their logs, take 1.0 MB or more"));
    }
    CHECK(problem_of(story).kind == ProblemKind::TooLarge);
    CHECK(problem_of(story).title == "The run is too large to be shown");
    CHECK(state.run->steps.size() == steps);
    CHECK(state.mode() == Mode::Polling);
    story.wait(seconds{30}); // polls that fail become rarer
    story.serve("live-run.initial.json");
    CHECK_FALSE(state.problem);
}

TEST_CASE("broken, unknown, foreign and repeated events are counted by reason and change nothing", "[session]")
{
    Story story;
    story.go_live();
    Diagnostics const& counts = story.session.state().diagnostics;
    story.send("step.updated", "{\"type\":\"step.upda");
    CHECK(counts.broken == 1);
    story.send("run.paused", R"({"type":"run.paused","runId":"x","payload":{}})");
    CHECK(counts.unknown_type == 1);
    story.send("run.updated", R"({"type":"run.updated","runId":"other","payload":{"status":"FAILED"}})");
    CHECK(counts.other_run == 1);
    story.send_log("research", "hello", "16");
    story.send_log("research", "hello", "17"); // ids that move: another line of the same words
    story.send_log("research", "hello", "17");
    CHECK(counts.already_known == 1);
    CHECK(story.session.state().run->find("research")->logs.size() == 2);
    story.send_log("research", "hello", "18");
    CHECK(story.session.state().run->find("research")->logs.size() == 3);
    CHECK(counts.events_received == 7);
    CHECK(counts.events_applied == 3);
    CHECK(counts.ignored() == 4);
    story.send("connected", R"({"message":"hi"})");
    CHECK(counts.events_received == 7); // no event of the run
}

TEST_CASE("an unknown step triggers one fetch, not one for each event", "[session]")
{
    Story story;
    story.go_live();
    story.send_log("new-step", "a");
    story.send_log("new-step", "b");
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 1);
    CHECK(story.session.state().diagnostics.unknown_step == 2);
    story.serve("live-run.initial.json");
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 1);
}

TEST_CASE("an event that nobody can read asks for the run once; a stream of them less and less often", "[session]")
{
    Story story;
    story.go_live();
    std::size_t known = 0;
    auto const asks = [&] {
        std::size_t const all = effects_of<Fetch>(story.platform.effects).size();
        return all - std::exchange(known, all);
    };
    story.send("step.completed", R"({"type":"step.completed","runId":)");
    story.send("run.updated", R"({"type":"run.updated","runId":"r","payload":{}})");
    CHECK(story.session.state().diagnostics.broken == 2);
    CHECK(asks() == 1);
    story.serve("live-run.initial.json");
    CHECK(asks() == 0);
    story.wait(
        seconds{11}); // the second may have told something else, and a stream that brings nothing is looked after
    CHECK(asks() > 0);
    story.serve("live-run.initial.json");
    std::size_t all = 0;
    for (int i = 0; i < 600; ++i) {
        story.send("step.completed", "garbage");
        story.wait(seconds{1});
        std::size_t const now = asks();
        all += now;
        if (now > 0)
            story.serve("live-run.initial.json");
    }
    CHECK(all < 35); // with a look every thirty seconds among them
}

TEST_CASE("a broken message under a name that no event has asks for nothing", "[session]")
{
    Story story;
    story.go_live();
    story.send("error", "upstream connect error");
    story.send("ping", "");
    CHECK(story.session.state().diagnostics.unknown_type == 2);
    CHECK(effects_of<Fetch>(story.platform.effects).empty());
}

TEST_CASE("what was no JSON in a document is told once, not with each poll, and the run is shown", "[session]")
{
    bool const incomplete = GENERATE(false, true); // the words may come after the first picture
    Story story{options_for(kRunId, false)};
    std::string document = read_file("live-run.initial.json");
    auto const at = document.find(R"("input": {)");
    REQUIRE(at != std::string::npos);
    document.insert(at + 10, R"("odd": NaN, )");
    if (incomplete)
        story.session.begin_incomplete();
    story.session.start(story.now);
    story.session.arrive(story.answer(200, document), story.now);
    REQUIRE(story.session.state().run);
    if (incomplete)
        story.session.complete(story.now);
    for (int poll = 0; poll < 3; ++poll) {
        story.wait(seconds{2});
        story.session.arrive(story.answer(200, document), story.now);
    }
    Notes const& notes = story.session.state().diagnostics.errors;
    REQUIRE(notes.size() == 1);
    CHECK(notes.begin()->times == 1);
    CHECK(notes.begin()->text.find("NaN or Infinity at data.input.odd (byte ") != std::string::npos);
}

TEST_CASE("what the stream tells while a document is on its way is not taken back by it", "[session]")
{
    Story story;
    story.go_live();
    story.session.act(Refresh{}, story.now);
    story.send("step.completed",
        R"({"type":"step.completed","runId":")" + std::string{kRunId}
            + R"(","stepKey":"research","timestamp":"2026-11-20T14:03:26.520Z","payload":{"status":"SUCCESS","result":{"n":1}}})");
    story.serve("live-run.initial.json"); // made a moment before
    CHECK(story.session.state().run->find("research")->state.kind == ExecutionState::Success);
    CHECK(story.session.state().run->find("research")->output == R"({"n":1})");
    // A document that was made much later is right.
    story.now += seconds{20};
    story.session.act(Refresh{}, story.now);
    story.serve("live-run.initial.json");
    CHECK(story.session.state().run->find("research")->state.kind == ExecutionState::Running);
}

TEST_CASE("messages and answers of things given up are ignored", "[session]")
{
    Story story;
    story.go_live();
    StreamId const old = story.session.state().connection.stream;
    story.session.act(Pause{}, story.now);
    story.session.arrive(StreamMessage{old, {"step.log.appended", "{}", ""}}, story.now);
    story.session.arrive(
        HttpAnswer{.id = 999, .status = 500, .content_type = "", .date = {}, .body = "", .failure = {}}, story.now);
    CHECK(story.session.state().diagnostics.events_received == 0);
    CHECK_FALSE(story.session.state().problem);
    CHECK(story.session.state().mode() == Mode::Paused);
}

TEST_CASE("log lines that the stream lost come with the fetch that follows its reopening", "[session]")
{
    Story story{options_for("r")};
    auto const document = [](std::string const& lines) {
        return R"({"success":true,"data":{"id":"r","state":"running","steps":[{"key":"s","state":"running","logs":)"
            + lines + "}]}}";
    };
    auto const log = [&](std::string const& text) {
        story.send("step.log.appended",
            R"({"type":"step.log.appended","runId":"r","stepKey":"s","payload":{"logEntry":{"level":"info","message":")"
                + text + "\"}}}");
    };
    story.session.start(story.now);
    story.session.arrive(story.answer(200, document("[]")), story.now);
    story.session.arrive(StreamOpened{story.last_stream()}, story.now);
    story.session.arrive(story.answer(200, document("[]")), story.now);
    log("one");
    story.session.arrive(StreamLost{story.last_stream(), true}, story.now);
    story.session.arrive(story.answer(200, document(R"(["one","two"])")), story.now);
    story.session.arrive(StreamOpened{story.last_stream()}, story.now);
    log("four"); // before the answer that closes the gap
    story.session.arrive(story.answer(200, document(R"(["one","two","three","four"])")), story.now);
    log("five");
    CHECK(texts(story.session.state().run->steps[0].logs)
        == std::vector<std::string>{"one", "two", "three", "four", "five"});
}

TEST_CASE("what is selected, searched and filtered is kept in the address", "[session]")
{
    FakePlatform platform;
    Options const options = parse_address("/index.html", "?run=6b0d549b-6f03-475a-9600-a35a099950d8&lang=de");
    Session session{options, platform};
    session.start(at(0));
    session.arrive(HttpAnswer{.id = 1,
                       .status = 200,
                       .content_type = "",
                       .date = {},
                       .body = read_file("live-run.initial.json"),
                       .failure = {}},
        at(0));
    CHECK(session.state().view.selected_step == "assets"); // which runs
    platform.take();
    session.act(SelectStep{"research"}, at(1));
    session.act(SetSearch{"outlet"}, at(1));
    session.act(ToggleStateFilter{state_of(ExecutionState::Running)}, at(1));
    session.act(SetTheme{ThemeChoice::Dark}, at(1));
    auto const addresses = effects_of<SetAddress>(platform.take());
    REQUIRE(addresses.size() == 4);
    CHECK(addresses.back().query
        == "run=6b0d549b-6f03-475a-9600-a35a099950d8&lang=de&step=research&q=outlet&state=running&theme=dark");
    session.act(ClearFilters{}, at(1));
    session.act(ShowStepList{}, at(1)); // a link now shows the list
    CHECK(effects_of<SetAddress>(platform.take()).back().query
        == "run=6b0d549b-6f03-475a-9600-a35a099950d8&lang=de&theme=dark");
}

TEST_CASE("each step that is gone to gets an entry for 'back', a walk through many gets one", "[session][history]")
{
    Story story;
    story.start_and_serve("live-run.initial.json");
    auto const goes_to = [&](std::string key) {
        story.platform.take();
        story.session.act(SelectStep{std::move(key)}, story.now);
        auto const addresses = effects_of<SetAddress>(story.platform.take());
        REQUIRE(addresses.size() == 1);
        return addresses.front().new_entry;
    };
    CHECK(goes_to("research"));
    story.wait(seconds{5});
    CHECK(goes_to("load-brief"));
    story.wait(Duration{200'000});
    CHECK_FALSE(goes_to("research"));
    story.wait(Duration{900'000}); // of the last one, not of the last entry: the walk goes on
    CHECK_FALSE(goes_to("load-brief"));
    story.wait(seconds{1});
    CHECK(goes_to("research"));
    story.session.act(SetSearch{"x"}, story.now + seconds{9});
    CHECK_FALSE(effects_of<SetAddress>(story.platform.take()).front().new_entry);
}

TEST_CASE("'back' shows what the address said, and does not touch the address", "[session][history]")
{
    Story story;
    story.start_and_serve("live-run.initial.json");
    story.session.act(SelectStep{"research"}, story.now);
    story.session.act(SetSearch{"outlet"}, story.now);
    story.platform.take();
    Options earlier = options_for(kRunId);
    earlier.states = {"running"};
    story.session.act(GoTo{earlier}, story.now);
    ViewState const& view = story.session.state().view;
    CHECK(view.selected_step == "assets"); // which runs, as when the page was opened
    CHECK_FALSE(view.step_opened);
    CHECK(view.filter.search.empty());
    CHECK(view.filter.states.size() == 1);
    for (SetAddress const& address : effects_of<SetAddress>(story.platform.take()))
        CHECK_FALSE(address.new_entry);
    CHECK(story.session.state().run);
}

TEST_CASE("another run takes the place of the one before, of which nothing is left", "[session][embed]")
{
    Story story;
    story.go_live();
    StreamId const old_stream = story.session.state().connection.stream;
    story.session.act(SelectStep{"research"}, story.now);
    story.session.act(SetSearch{"outlet"}, story.now);
    story.platform.take();

    story.session.act(OpenRun{"6bb4d3fd-23b0-4845-b9b8-f4a70554fad0", "score"}, story.now);
    AppState const& state = story.session.state();
    CHECK_FALSE(state.run);
    CHECK(state.mode() == Mode::Loading);
    auto const effects = story.platform.take();
    CHECK(effects_of<CloseStream>(effects) == std::vector<CloseStream>{{old_stream}});
    REQUIRE(effects_of<Fetch>(effects).size() == 1);
    CHECK(effects_of<Fetch>(effects).front().url == "/api/v1/playbook-runs/6bb4d3fd-23b0-4845-b9b8-f4a70554fad0");
    CHECK(effects_of<SetAddress>(effects).back().query == "run=6bb4d3fd-23b0-4845-b9b8-f4a70554fad0&step=score");

    // What was under way for the old one is too late.
    story.session.arrive(StreamMessage{old_stream, {"run.failed", "{}", "1"}}, story.now);
    HttpAnswer answer;
    answer.id = effects_of<Fetch>(effects).front().id;
    answer.status = 200;
    answer.body = read_file("failed-run.json");
    story.session.arrive(answer, story.now);
    REQUIRE(state.run);
    CHECK(state.run->id == "6bb4d3fd-23b0-4845-b9b8-f4a70554fad0");
    CHECK(state.view.selected_step == "score");
    CHECK(state.view.filter.search.empty());
    CHECK(state.derived.shown_steps.size() == state.run->steps.size());
    CHECK(state.mode() == Mode::Final);

    // The same run once more is no news.
    story.session.act(OpenRun{"6bb4d3fd-23b0-4845-b9b8-f4a70554fad0", ""}, story.now);
    CHECK(story.session.state().run);
    CHECK(effects_of<Fetch>(story.platform.take()).empty());
}

TEST_CASE("a run that can't be opened can be followed by one that can", "[session][embed]")
{
    Story story{options_for("")};
    story.session.start(story.now);
    REQUIRE(story.session.state().problem);
    story.session.act(OpenRun{std::string(300, 'x'), ""}, story.now);
    CHECK(story.session.state().problem->kind == ProblemKind::BadRunId);
    story.session.act(OpenRun{kRunId, ""}, story.now);
    CHECK_FALSE(story.session.state().problem);
    story.serve("live-run.initial.json");
    CHECK(story.session.state().run);
}

TEST_CASE("a remark about the surroundings is one line in the diagnostics", "[session][embed]")
{
    Story story;
    story.session.arrive(Remark{"a page of https://evil.example\nwanted to talk"}, story.now);
    CHECK(std::prev(story.session.state().diagnostics.errors.end())->text
        == "a page of https://evil.example wanted to talk");
}

TEST_CASE("filters narrow the timeline at once, and log lines that arrive are searched too", "[session]")
{
    Story story;
    story.go_live();
    story.session.act(SetSearch{"needle"}, story.now);
    CHECK(story.session.state().derived.shown_steps.empty());
    story.send_log("research", "a needle in the log");
    CHECK(story.session.state().derived.shown_steps.size() == 1);
    story.session.act(ClearFilters{}, story.now);
    CHECK(story.session.state().derived.timeline.entries.size() == 10);
}

TEST_CASE("a burst of events over a huge run is laid out once, and soon", "[session]")
{
    std::string steps;
    constexpr int kSteps = 20'000;
    for (int i = 0; i < kSteps; ++i)
        steps += (i == 0 ? R"({"id":"s","key":"k)" : R"(,{"id":"s","key":"k)") + std::to_string(i)
            + R"(","name":"n","type":"DATA","state":"queued","status":"PENDING"})";
    FakePlatform platform;
    Options options;
    options.run = "r";
    Session session{options, platform};
    session.start(at(0));
    session.arrive(HttpAnswer{.id = 1,
                       .status = 200,
                       .content_type = "",
                       .date = {},
                       .body = R"({"success":true,"data":{"id":"r","state":"running","steps":[)" + steps + "]}}",
                       .failure = {}},
        at(0));
    CHECK(session.state().derived.timeline.entries.size() == kSteps);
    auto const stream = effects_of<OpenStream>(platform.take());
    REQUIRE(stream.size() == 1);
    session.arrive(StreamOpened{stream[0].id}, at(1));
    std::uint64_t const before = session.state().derived.timeline_revision;
    for (int i = 0; i < 1'000; ++i)
        session.arrive(StreamMessage{stream[0].id,
                           {"step.updated",
                               R"({"type":"step.updated","runId":"r","stepKey":"k)" + std::to_string(i)
                                   + R"(","timestamp":"2026-11-20T14:00:01Z","payload":{"status":"RUNNING"}})",
                               {}}},
            at(2));
    CHECK(session.state().derived.timeline_revision <= before + 1);
    CHECK(session.state().run->progress.running == 1'000);
    REQUIRE(session.next_timer());
    CHECK(*session.next_timer() <= at(2.1));
    session.tick(*session.next_timer());
    CHECK(session.state().derived.states.front().steps == 1'000);
}

TEST_CASE("what is said about the selected step is read out of its free JSON", "[session]")
{
    Story story;
    story.start_and_serve("live-run.final.json");
    CHECK(story.session.state().mode() == Mode::Final);
    story.session.act(SelectStep{"angle-biz"}, story.now);
    CHECK(story.session.state().derived.inspection.step == "angle-biz");
    CHECK(story.session.state().derived.inspection.collaboration);
    CHECK_FALSE(story.session.state().derived.inspection.error);
}

TEST_CASE("the running time follows the server's clock", "[session]")
{
    Story story;
    story.session.start(story.now);
    HttpAnswer answer = story.answer(200, read_file("live-run.initial.json"));
    answer.date = story.now + seconds{300};
    story.session.arrive(answer, story.now);
    Instant const server_now = story.session.state().clock.server_time(story.now);
    CHECK(server_now > story.now + seconds{298});
    CHECK(server_now < story.now + seconds{302});
}

TEST_CASE("what is stamped with the second in which a document was read may be newer than that", "[session]")
{
    Story story;
    story.now = at(200);
    std::string const id{kRunId};
    std::string const document = R"({"success":true,"data":{"id":")" + id + R"(","state":"running","steps":[
        {"key":"failed","state":"failed","attempt":2,"error":"x","startedAt":"2026-11-20T14:03:10Z",
         "completedAt":"2026-11-20T14:03:25Z"},
        {"key":"talks","state":"running","startedAt":"2026-11-20T14:03:10Z","logs":["tick","tick"]}]}})";
    auto const log = [&](std::string const& second, std::string const& text) {
        story.send("step.log.appended",
            R"({"type":"step.log.appended","runId":")" + id + R"(","stepKey":"talks","timestamp":"2026-11-20T14:03:)"
                + second + R"(Z","payload":{"logEntry":{"level":"info","message":")" + text + R"("}}})");
    };
    auto const serve = [&] { story.session.arrive(story.answer(200, document), story.now); };
    story.session.start(story.now);
    serve();
    story.session.arrive(StreamOpened{story.last_stream()}, story.now);
    serve();
    story.now = at(203);
    log("23", "sync"); // quick
    story.now = at(205.45);
    story.send("step.completed", "{broken");
    serve();
    story.now = at(205.75);
    story.send("step.updated",
        R"({"type":"step.updated","runId":")" + id
            + R"(","stepKey":"failed","timestamp":"2026-11-20T14:03:25Z","payload":{"status":"RUNNING","attempt":1}})");
    log("25", "tick");
    RunModel const& run = *story.session.state().run;
    CHECK(run.find("failed")->state.kind == ExecutionState::Running);
    CHECK(texts(run.find("talks")->logs) == std::vector<std::string>{"tick", "tick", "sync", "tick"});
}

TEST_CASE("the trace tells when each event arrived and when it was drawn, once", "[session]")
{
    Story story;
    story.go_live();
    story.send_log("research", "hello");
    CHECK(story.session.trace().drain().empty()); // not drawn yet
    story.session.frame_drawn(story.now + std::chrono::milliseconds{16});
    story.send_log("research", "later");
    auto const traced = story.session.trace().drain();
    REQUIRE(traced.size() == 1);
    CHECK(traced[0].type == "step.log.appended");
    CHECK(traced[0].text == "hello");
    CHECK(traced[0].received_at == story.now);
    CHECK(traced[0].drawn_at == story.now + std::chrono::milliseconds{16});
    story.session.frame_drawn(story.now);
    CHECK(story.session.trace().drain().size() == 1);
}

TEST_CASE("the app profile asks for the stream's address and notes a refusal", "[session]")
{
    Options options = options_for(kRunId);
    options.profile = Profile::App;
    Story story{options};
    story.start_and_serve("live-run.initial.json");
    story.session.arrive(
        story.answer(200, R"({"success":true,"data":{"streamUrl":"https://api.example/s?token=1"}})"), story.now);
    CHECK(effects_of<OpenStream>(story.platform.effects).front().url == "https://api.example/s?token=1");

    Story refused{options};
    refused.start_and_serve("live-run.initial.json");
    refused.session.arrive(
        refused.answer(403, R"({"success":false,"error":{"code":"NO","message":"streaming is off"}})"), refused.now);
    CHECK(refused.session.state().mode() == Mode::Polling);
    CHECK(refused.session.state().diagnostics.errors.begin()->text == "No stream: streaming is off");
    CHECK_FALSE(refused.session.state().problem); // polling provides the same data
}

TEST_CASE("a document of another run than the one that is shown is refused", "[session]")
{
    Story story{options_for("latest", false)}; // the server knows what that means
    story.start_and_serve("live-run.initial.json");
    REQUIRE(story.session.state().run);
    story.wait(seconds{3});
    story.serve("failed-run.json");
    CHECK(problem_of(story).kind == ProblemKind::OtherRun);
    CHECK(story.session.state().run->id == kRunId);
}

namespace {

void complete_research(Story& story)
{
    story.send("step.completed",
        R"({"type":"step.completed","runId":")" + std::string{kRunId}
            + R"(","stepKey":"research","timestamp":"2026-11-20T14:03:30.000Z",)"
              R"("payload":{"status":"SUCCESS","completedAt":"2026-11-20T14:03:30.000Z","result":{"found":3}}})");
}

std::string research_document(std::string const& state)
{
    return R"({"success":true,"data":{"id":"s2","key":"research","name":"Research outlets","type":"AGENT","state":")"
        + state + R"(","status":")" + (state == "success" ? "SUCCEEDED" : "RUNNING")
        + R"(","attempt":0,"output":{"found":3},"logs":[],)"
          R"("startedAt":"2026-11-20T14:03:12.000Z","completedAt":"2026-11-20T14:03:30.000Z",)"
          R"("episodicTraces":[{"id":"t1"}],"workerInfo":{"workerId":"w7"}}})";
}

} // namespace

TEST_CASE("the selected step is fetched alone once the stream says that it ended, and no other step is", "[session]")
{
    Story story;
    story.go_live();
    complete_research(story);
    CHECK(effects_of<Fetch>(story.platform.effects).empty());

    story.session.act(SelectStep{"research"}, story.now);
    auto const fetches = effects_of<Fetch>(story.platform.effects);
    REQUIRE(fetches.size() == 1);
    CHECK(fetches[0].url.ends_with("/playbook-runs/" + std::string{kRunId} + "/steps/research"));
    story.session.arrive(story.answer(200, research_document("success")), story.now);
    StepRun const& step = *story.session.state().run->find("research");
    CHECK(step.episodic_traces == R"([{"id":"t1"}])");
    CHECK(step.worker->worker_id == "w7");
    CHECK(step.output == R"({"found":3})");
    story.wait(seconds{20});
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 1);
}

TEST_CASE("a step's document that is behind the stream, or bad, is asked for again, three times", "[session]")
{
    Story story;
    story.go_live();
    story.session.act(SelectStep{"research"}, story.now);
    complete_research(story);
    bool const behind = GENERATE(true, false);
    for (std::size_t times = 1; times <= 3; ++times) {
        REQUIRE(effects_of<Fetch>(story.platform.effects).size() == times);
        story.session.arrive(
            behind ? story.answer(200, research_document("running")) : story.answer(500, "{}"), story.now);
        CHECK(story.session.state().run->find("research")->state.kind == ExecutionState::Success);
        story.wait(seconds{3});
    }
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 3);
    CHECK_FALSE(story.session.state().problem); // the run itself is well
}

TEST_CASE("a step's document is wanted no longer once updates are paused", "[session]")
{
    Story story;
    story.go_live();
    story.session.act(SelectStep{"research"}, story.now);
    complete_research(story);
    RequestId const request = story.last_fetch();
    story.session.act(Pause{}, story.now);
    CHECK(effects_of<AbortFetch>(story.platform.effects) == std::vector{AbortFetch{request}});
    story.session.arrive(story.answer(200, research_document("success")), story.now);
    CHECK(story.session.state().run->find("research")->episodic_traces != R"([{"id":"t1"}])");
}

TEST_CASE("the connection's history tells what changed, and why", "[session]")
{
    Story story;
    story.go_live();
    story.wait(seconds{11});
    story.session.arrive(StreamLost{story.session.state().connection.stream, false}, story.now);
    story.session.act(Pause{}, story.now);
    std::vector<std::string> told;
    for (Note const& note : story.session.state().diagnostics.connection)
        told.push_back(note.text);
    CHECK(told
        == std::vector<std::string>{"Opens the stream: the run was fetched", "Live: the stream is open",
            "Polls, try 1 of 5 in 3 s: the stream was lost", "Paused: pause"});
}

TEST_CASE("errors that repeat themselves leave one note that counts", "[session]")
{
    Story story{options_for(kRunId, false)};
    story.start_and_serve("live-run.initial.json");
    for (int i = 0; i < 5; ++i) {
        story.wait(seconds{3});
        story.session.arrive(story.answer(500, "{}"), story.now);
    }
    Notes const& errors = story.session.state().diagnostics.errors;
    REQUIRE(errors.size() == 1);
    CHECK(errors.begin()->times == 5);
    CHECK(errors.begin()->first < errors.begin()->last);
}

TEST_CASE("the end of a run is told on the desktop to whoever wants it and does not look", "[session][notify]")
{
    bool const wanted = GENERATE(true, false);
    bool const allowed = GENERATE(true, false);
    bool const visible = GENERATE(true, false);
    Story story;
    story.go_live();
    story.session.act(SetNotify{wanted}, story.now);
    CHECK(effects_of<AskToNotify>(story.platform.take()).size() == (wanted ? 1 : 0));
    if (wanted)
        story.session.arrive(NotifyAnswer{allowed}, story.now);
    story.session.arrive(VisibilityTold{visible}, story.now);
    story.session.act(Refresh{}, story.now);
    story.serve("live-run.final.json");
    REQUIRE(story.session.state().run->over());
    auto const notices = effects_of<Notify>(story.platform.take());
    REQUIRE(notices.size() == (wanted && allowed && !visible ? 1 : 0));
    if (!notices.empty())
        CHECK(notices.front() == Notify{"Product launch outreach", "success · 10 of 10 steps done"});
}

namespace {

// Some megabytes of a run.
std::string large_document(int steps)
{
    std::string list;
    for (int i = 0; i < steps; ++i)
        list += (i == 0 ? R"({"key":")" : R"(,{"key":")") + std::to_string(i) + R"(","state":"queued","input":")"
            + std::string(10'000, 'x') + "\"}";
    return R"({"success":true,"data":{"id":")" + std::string{kRunId} + R"(","state":"running","steps":[)" + list
        + "]}}";
}

} // namespace

TEST_CASE("a large document is read a portion at a time, and says how far it is", "[session]")
{
    Story story;
    story.session.start(story.now);
    story.session.arrive(story.answer(200, large_document(3'000)), story.now);
    double before = -1; // it is not read in the task that brings it: that has had work enough
    CHECK(story.session.state().reading == 0.0);
    int portions = 0;
    while (!story.session.state().run) {
        REQUIRE(story.session.state().reading);
        CHECK(*story.session.state().reading > before);
        before = *story.session.state().reading;
        REQUIRE(story.session.next_timer());
        CHECK(*story.session.next_timer() <= story.now); // as soon as there is time
        story.session.tick(story.now);
        ++portions;
    }
    CHECK(portions >= 3);
    CHECK(before == 1.0); // the page had its turn between the last of the document and what is made of it
    CHECK_FALSE(story.session.state().reading);
    CHECK(story.session.state().run->steps.size() == 3'000);
    CHECK(story.session.state().derived.timeline.entries.size() == 3'000);
    CHECK(story.session.state().selected() != nullptr);
}

TEST_CASE("a large document that nobody waits for any more is read no further", "[session]")
{
    Story story;
    story.session.start(story.now);
    story.session.arrive(story.answer(200, large_document(3'000)), story.now);
    REQUIRE(story.session.state().reading);
    story.session.tick(story.now += std::chrono::minutes{5}); // the request is given up
    CHECK(story.session.state().problem);
    CHECK_FALSE(story.session.state().run);
    CHECK_FALSE(story.session.state().reading);
}

TEST_CASE("a run that is over when it is opened is no news", "[session][notify]")
{
    Story story;
    story.session.arrive(VisibilityTold{false}, story.now);
    story.session.arrive(NotifyAnswer{true}, story.now);
    story.start_and_serve("live-run.final.json");
    CHECK(effects_of<Notify>(story.platform.take()).empty());
}

TEST_CASE("what happens before the rest of the code is there waits for it, and then is as if it had never waited",
    "[session]")
{
    Story prompt;
    Story story;
    story.session.begin_incomplete();
    for (Story* const each : {&prompt, &story}) {
        each->start_and_serve("live-run.initial.json");
        each->now += seconds{1};
        each->session.arrive(StreamOpened{each->last_stream()}, each->now);
        for (RecordedMessage const& recorded : read_stream("live-run.stream.ndjson")) {
            each->now += seconds{1};
            each->send(recorded.message.type, recorded.message.data);
        }
        each->session.act(SelectStep{"pitch"}, each->now);
        each->session.arrive(Remark{"a word from the page"}, each->now);
        each->now += seconds{1};
    }

    AppState const& state = story.session.state();
    AppState const& expected = prompt.session.state();
    REQUIRE(expected.diagnostics.events_applied > 0);
    CHECK(state.run->steps.size() == expected.run->steps.size()); // the first document is not made to wait
    CHECK(state.derived.timeline_revision > 0);
    CHECK(state.diagnostics.events_received == 0);
    CHECK(state.view.selected_step != "pitch");
    CHECK(story.session.next_timer() == std::nullopt);
    story.session.tick(story.now);
    CHECK(state.run->state.kind == ExecutionState::Running);

    story.session.complete(story.now);
    prompt.session.tick(prompt.now);
    CHECK(story.platform.effects == prompt.platform.effects);
    CHECK(state.run->state.kind == ExecutionState::Success);
    CHECK(state.view.selected_step == "pitch");
    CHECK(state.diagnostics.events_applied == expected.diagnostics.events_applied);
    CHECK(state.diagnostics.errors.size() == expected.diagnostics.errors.size());
    CHECK(state.last_good_at == expected.last_good_at);
    CHECK(story.session.next_timer() == prompt.session.next_timer());
}

TEST_CASE(
    "before the rest of the code is there a first request that failed is told, and tried again when somebody asks",
    "[session]")
{
    Story story;
    story.session.begin_incomplete();
    story.session.start(story.now);
    story.session.arrive(story.answer(503, "busy", "text/plain"), story.now);
    CHECK(problem_of(story).title == "The server has a problem");
    story.platform.take();
    story.session.act(RetryConnection{}, story.now);
    CHECK(story.platform.effects.empty());
    story.session.complete(story.now);
    CHECK(effects_of<Fetch>(story.platform.effects).size() == 1);
}

TEST_CASE("a search that is in the address begins when the code for it is there", "[session][search]")
{
    Options options = options_for(kRunId);
    options.search = "PITCH";
    Story story{options};
    story.session.begin_incomplete();
    story.start_and_serve("live-run.initial.json");
    AppState const& state = story.session.state();
    CHECK_FALSE(state.derived.search.done());
    CHECK(state.derived.shown_steps.empty());
    CHECK(story.session.next_timer() == std::nullopt);
    story.session.complete(story.now);
    story.wait(seconds{1});
    CHECK(state.derived.search.done());
    CHECK_FALSE(state.derived.shown_steps.empty());
}

TEST_CASE("a NUL is copied as it is seen: clipboards end at it", "[session]")
{
    Story story;
    story.go_live();
    story.session.act(CopyText{std::string{"a\0b", 3}}, story.now);
    auto const copies = effects_of<SetClipboard>(story.platform.take());
    REQUIRE(copies.size() == 1);
    CHECK(copies.front().text == "a\u2400b");
}
