#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

// The same value however it is spaced.
std::string normalized(JsonText const& text)
{
    auto const tree = JsonTree::parse(text);
    REQUIRE(tree);
    std::string out;
    for (auto const& node : tree->nodes()) {
        JsonView const value{*tree, static_cast<std::size_t>(&node - tree->nodes().data())};
        bool const is_container = value.is(JsonKind::Object) || value.is(JsonKind::Array);
        out += std::to_string(node.depth) + std::string{value.key()} + ":"
            + (is_container ? std::to_string(value.size()) : std::string{value.raw()}) + ";";
    }
    return out;
}

RunModel reduce_recording()
{
    RunModel run = read_run("live-run.initial.json");
    for (RecordedMessage const& recorded : read_stream("live-run.stream.ndjson")) {
        if (recorded.message.type == "connected")
            continue;
        DecodedEvent const decoded = decode_event(recorded.message.type, recorded.message.data, "");
        INFO(recorded.message.data);
        REQUIRE(std::holds_alternative<RunEvent>(decoded));
        CHECK(reduce(run, std::get<RunEvent>(decoded)) == Applied::Changed);
    }
    return run;
}

void check_same(RunModel const& reduced, RunModel const& final)
{
    CHECK(reduced.state == final.state);
    CHECK(reduced.status == final.status);
    CHECK(reduced.completed_at == final.completed_at);
    CHECK(reduced.progress == final.progress);
    REQUIRE(reduced.steps.size() == final.steps.size());
    for (std::size_t i = 0; i < final.steps.size(); ++i) {
        StepRun const& step = reduced.steps[i];
        StepRun const& expected = final.steps[i];
        INFO("step " << expected.key);
        CHECK(step.key == expected.key);
        CHECK(step.state == expected.state);
        CHECK(step.status == expected.status);
        CHECK(step.attempt == expected.attempt);
        CHECK(step.started_at == expected.started_at);
        CHECK(step.completed_at == expected.completed_at);
        CHECK(normalized(step.output) == normalized(expected.output));
        CHECK((step.error.empty() ? "null" : step.error) == expected.error);
        CHECK(texts(step.logs) == texts(expected.logs));
    }
}

} // namespace

TEST_CASE("the recorded stream turns the first document into the last", "[run][reduce]")
{
    check_same(reduce_recording(), read_run("live-run.final.json"));
}

TEST_CASE("fetching the last document changes nothing that the stream told, and adds what it could not", "[run][merge]")
{
    RunModel run = reduce_recording();
    merge(run, read_run("live-run.final.json"), {});
    check_same(run, read_run("live-run.final.json"));
    StepRun const* const step = run.find("angle-biz");
    CHECK(step->episodic_traces != "[]");
    CHECK(step->collaboration_context != "null");
    CHECK(run.output != "null");
    // The stream's lines keep their level and time.
    CHECK(step->logs[0].level != LogLevel::None);
    CHECK(step->logs[0].at);
}

TEST_CASE("wherever a fetch falls into the stream, the end is the same", "[run][merge]")
{
    auto const messages = read_stream("live-run.stream.ndjson");
    for (std::size_t cut = 1; cut < messages.size(); cut += 7) {
        RunModel run = read_run("live-run.initial.json");
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (i == cut)
                merge(run, read_run("live-run.initial.json"), {.sent = at(0), .received = at(0)});
            DecodedEvent decoded = decode_event(messages[i].message.type, messages[i].message.data, "");
            if (auto* const event = std::get_if<RunEvent>(&decoded)) {
                event->happened_by = at(0); // just now
                reduce(run, *event);
            }
        }
        INFO("an old document arrives before message " << cut);
        check_same(run, read_run("live-run.final.json"));
    }
}
