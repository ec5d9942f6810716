#include "native/player.h"
#include "native/recording.h"
#include "native/snapshot.h"
#include "shared/app/session.h"
#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

using namespace pev;
using native::load_recording;
using native::Player;

namespace {

std::string data_file(std::string const& name)
{
    return PEV_TEST_DATA "/" + name;
}

// A folder that goes with the test.
class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("pev-test-" + std::to_string(std::random_device{}())))
    {
        std::filesystem::create_directory(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::string write(std::string const& name, std::string const& text) const
    {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    std::string file(std::string const& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string complaint(std::string const& path)
{
    auto const recording = load_recording(path);
    return recording ? "" : recording.error().message;
}

std::string const kRun = R"({"success":true,"data":{"id":"r","state":"running","steps":[]}})";

// Has a session and a player deal with each other until `end`, in no time.
class Replay : private Platform {
public:
    explicit Replay(std::string const& file, Options options = {})
        : player(*load_recording(data_file(file))),
          now(player.start()),
          session(
              [&] {
                  options.run = "recorded";
                  return options;
              }(),
              *this)
    {
        session.start(now);
    }

    void until(Instant end)
    {
        while (true) {
            for (Arrival const& arrival : player.take_arrivals(now))
                session.arrive(arrival, now);
            session.tick(now);
            auto next = session.next_timer();
            if (auto const arrival = player.next_arrival(); arrival && (!next || *arrival < *next))
                next = arrival;
            if (!next || *next > end)
                break;
            now = std::max(now, *next);
        }
        now = std::max(now, end);
    }

    Player player;
    Instant now;
    Session session;

private:
    void perform(Effect const& effect) override { player.perform(effect, now); }
};

std::map<std::string, std::string> states_of(RunModel const& run)
{
    std::map<std::string, std::string> states;
    for (StepRun const& step : run.steps) {
        std::string output = step.output;
        std::erase_if(
            output, [](char c) { return c == ' ' || c == '\n'; }); // events and documents write the same in two forms
        states[step.key] = step.state.word + " " + std::to_string(step.attempt) + " " + output;
    }
    return states;
}

} // namespace

TEST_CASE("a recording is named by any of its files", "[native][replay]")
{
    for (std::string const part : {"", ".initial.json", ".stream.ndjson", ".final.json"}) {
        auto const recording = load_recording(data_file("live-run") + part);
        REQUIRE(recording);
        CHECK(recording->run_id == "6b0d549b-6f03-475a-9600-a35a099950d8");
        CHECK(recording->events.size() == 95); // the line "connected" is the server's own
        CHECK_FALSE(recording->final.empty());
        CHECK(format_timestamp(recording->began) == "2026-11-20T14:03:11.120Z");
    }
    auto const alone = load_recording(data_file("failed-run.json"));
    REQUIRE(alone);
    CHECK(alone->events.empty());
    CHECK(alone->initial == test::read_file("failed-run.json"));
}

TEST_CASE("a run that was cut out of its answer is a recording too", "[native][replay]")
{
    Folder const folder;
    auto const recording = load_recording(folder.write("run.json", R"({"id":"r","state":"running","steps":[]})"));
    REQUIRE(recording);
    CHECK(recording->initial == kRun);
}

TEST_CASE("a broken recording says the file, and the line", "[native][replay]")
{
    Folder const folder;
    std::string const good = R"({"atMs":1,"event":"step.updated","data":{}})"
                             "\n";
    struct Case {
        std::string line;
        std::string why;
    };
    auto const c = GENERATE(Case{"{", "JSON that ends too early"}, Case{"[1]", "not {"},
        Case{R"({"atMs":2,"event":"x"})", "not {"}, Case{R"({"event":"x","data":{}})", "atMs is not"},
        Case{R"({"atMs":-1,"event":"x","data":{}})", "atMs is not"},
        Case{R"({"atMs":1e300,"event":"x","data":{}})", "atMs is not"},
        Case{R"({"atMs":0,"event":"x","data":{}})", "atMs goes back"},
        Case{std::string{"\0\xff", 2}, "not valid JSON"});
    folder.write("a.initial.json", kRun);
    std::string const stream = folder.write("a.stream.ndjson", good + "\n\r\n" + c.line + "\n" + good);
    std::string const words = complaint(folder.file("a"));
    INFO(words);
    CHECK(words.starts_with(stream + ", line 4: "));
    CHECK(words.find(c.why) != std::string::npos);
}

TEST_CASE("documents that can't be read are named", "[native][replay]")
{
    Folder const folder;
    CHECK(complaint(folder.file("nothing.json")) == folder.file("nothing.json") + ": No such file or directory");
    CHECK(complaint(folder.file("")).find("directory") != std::string::npos);
    std::string const html = folder.write("a.json", "<!doctype html>");
    CHECK(complaint(html).starts_with(html + ": not valid JSON"));
    std::string const other = folder.write("b.json", R"({"success":true,"data":{"id":1}})");
    CHECK(complaint(other).starts_with(other + ": not a run document"));
    std::string const broken = folder.write("c.json", "{\n\"data\":{\n  oops\n}}");
    CHECK(complaint(broken).find("line 3") != std::string::npos);
    std::string const cut = folder.write("d.json", "{\n\"data\":{\n");
    CHECK(complaint(cut).find("ends too early") != std::string::npos);
    folder.write("e.stream.ndjson", "");
    CHECK(complaint(folder.file("e")) == folder.file("e.initial.json") + ": No such file or directory");
    folder.write("f.initial.json", kRun);
    folder.write("f.stream.ndjson", "");
    std::string const final = folder.write("f.final.json", "{}");
    CHECK(complaint(folder.file("f")).starts_with(final + ": not a run document"));
}

TEST_CASE("a recording plays to the run's end", "[native][replay]")
{
    Options options;
    options.stream = GENERATE(true, false);
    Replay replay{"live-run", options};
    replay.until(replay.player.end() - std::chrono::seconds{1});
    CHECK(replay.session.state().mode() == (options.stream ? Mode::Live : Mode::Polling));
    replay.until(replay.player.end() + std::chrono::seconds{5});
    REQUIRE(replay.session.state().run);
    CHECK(replay.session.state().mode() == Mode::Final);
    CHECK(states_of(*replay.session.state().run) == states_of(test::read_run("live-run.final.json")));
}

TEST_CASE("who polls a recording sees what who streams it sees", "[native][replay]")
{
    Options polls;
    polls.stream = false;
    Replay streaming{"live-run"};
    Replay polling{"live-run", polls};
    for (int second = 3; second < 40; second += 4) {
        Instant const at = streaming.player.start() + std::chrono::seconds{second};
        streaming.until(at);
        polling.until(at);
        polling.session.act(Refresh{}, polling.now);
        polling.until(at);
        INFO(second);
        CHECK(states_of(*polling.session.state().run) == states_of(*streaming.session.state().run));
    }
}

TEST_CASE("a pause in a recording loses nothing", "[native][replay]")
{
    Replay replay{"live-run"};
    Replay other{"live-run"};
    Instant const start = replay.player.start();
    replay.until(start + std::chrono::seconds{5});
    replay.session.act(Pause{}, replay.now);
    replay.until(start + std::chrono::seconds{30});
    replay.session.act(Resume{}, replay.now);
    replay.until(start + std::chrono::seconds{31});
    other.until(start + std::chrono::seconds{31});
    CHECK(states_of(*replay.session.state().run) == states_of(*other.session.state().run));
    CHECK(replay.session.state().mode() == Mode::Live);
}

TEST_CASE("a snapshot changes what events have changed, and nothing else", "[native][replay]")
{
    std::string const answer = R"({"success":true,"data":{"id":"r","state":"running","big":9007199254740993,"steps":[)"
                               R"({"key":"a","state":"running","attempt":0,"logs":null,"input":{"x":1e-320}},)"
                               R"({"key":"b","state":"queued","logs":["kept"]}]}})";
    RunAnswer decoded = decode_run_answer(answer);
    RunModel& run = std::get<RunModel>(decoded);
    StepRun& step = *run.find("a");
    step.state = state_of(ExecutionState::Success);
    step.output = R"({"y":2})";
    step.logs = test::log_of({"one \"line\""}, true);
    std::string const text = native::snapshot(answer, run);
    CHECK(text.find(R"("big":9007199254740993)") != std::string::npos);
    CHECK(text.find(R"("input":{"x":1e-320})") != std::string::npos);
    CHECK(text.find(R"("logs":["kept"])") != std::string::npos);
    CHECK(text.find(R"("logs":["one \"line\""])") != std::string::npos);
    RunAnswer const again = decode_run_answer(text);
    REQUIRE(std::holds_alternative<RunModel>(again));
    StepAnswer const alone = decode_step_answer(native::step_of(text, "a"));
    REQUIRE(std::holds_alternative<StepRun>(alone));
    CHECK(std::get<StepRun>(alone).output == R"({"y":2})");
    CHECK(std::holds_alternative<ServerError>(decode_step_answer(native::step_of(text, "c"))));
    CHECK(std::get<RunModel>(again).find("a")->output == R"({"y":2})");
    CHECK(std::get<RunModel>(again).find("a")->state.kind == ExecutionState::Success);
    CHECK(std::get<RunModel>(again).find("b")->state.kind == ExecutionState::Queued);
}
