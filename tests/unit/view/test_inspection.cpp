#include "shared/view/inspection.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace pev;
using namespace pev::test;

TEST_CASE("an error is a message and perhaps a stack, in whatever form it comes", "[inspection]")
{
    CHECK_FALSE(look_at_error(""));
    CHECK_FALSE(look_at_error("null"));
    CHECK(look_at_error("\"socket hang up\"")->message == "socket hang up");
    auto const with_stack = look_at_error(R"({"message":"429","stack":"Error\n at x"})");
    CHECK(with_stack->message == "429");
    CHECK(with_stack->stack == "Error\n at x");
    CHECK(with_stack->other.empty());
    CHECK(look_at_error(R"({"message":"429","code":7})")->other == R"({"message":"429","code":7})");
    CHECK(look_at_error("[1]")->other == "[1]");
    CHECK(look_at_error("false")->other == "false");
}

TEST_CASE("collaboration is a conversation, or any JSON", "[inspection]")
{
    RunModel const run = read_run("live-run.final.json");
    auto const view = look_at_collaboration(run.find("angle-biz")->collaboration_context);
    REQUIRE(view);
    REQUIRE(view->messages.size() == 3);
    CHECK(view->messages[0].from == "angle-biz");
    CHECK(view->messages[0].to == "research");
    CHECK(view->messages[2].type == "escalation");
    CHECK(view->messages[2].at == parse_timestamp("2026-11-20T14:03:42.220Z"));
    CHECK(view->escalation_level == "agent");
    CHECK(view->shared_state.find("chosenOutlets") != std::string::npos);
    CHECK(look_at_collaboration(R"([1,"two"])")->other == R"([1,"two"])");
    CHECK_FALSE(look_at_collaboration("null"));
    CHECK(look_at_collaboration(R"({"messages":[1,null,{"type":5}]})")->messages.size() == 3);
}

TEST_CASE("memory traces come in camel and snake case; embeddings are counted, not shown", "[inspection]")
{
    RunModel const quirks = read_run("quirks-run.json");
    MemoryView const snake = look_at_memory(quirks.find("snake")->episodic_traces);
    REQUIRE_FALSE(snake.traces.empty());
    CHECK(snake.traces[0].created_at);
    CHECK(snake.traces[0].embedding_size > 100);
    CHECK(snake.traces[0].content.find("as the database names it") != std::string::npos);
    CHECK(look_at_memory("[]").traces.empty());
    CHECK(look_at_memory("7").other == "7");
    CHECK(look_at_memory("[3]").traces[0].content == "3");
}

TEST_CASE("a personality is a readable card", "[inspection]")
{
    auto const values = look_at_personality(R"({"tone":"friendly","domainSpecialty":["pr","content"],"memoryWeight":0.6,
        "biasModifiers":{"optimism":0.1},"constraints":{"require":["audited figures"],"forbid":[]},"tomorrow":{"x":1}})");
    auto const value_of = [&](std::string_view label) {
        auto const found
            = std::find_if(values.begin(), values.end(), [&](LabeledValue const& v) { return v.label == label; });
        return found == values.end() ? std::string{} : found->value;
    };
    CHECK(value_of("Tone") == "friendly");
    CHECK(value_of("Domains") == "pr, content");
    CHECK(value_of("Memory weight") == "0.6");
    CHECK(value_of("Bias") == "optimism 0.1");
    CHECK(value_of("Constraints") == "require \"audited figures\"");
    CHECK(value_of("tomorrow") == "{\"x\":1}");
    CHECK(look_at_personality("null").empty());
}

TEST_CASE("only open sections are parsed", "[inspection]")
{
    RunModel const run = read_run("live-run.final.json");
    StepRun const& step = *run.find("angle-biz");
    std::array<bool, kSections> open{};
    Inspection const closed = inspect(step, open);
    CHECK_FALSE(closed.output);
    CHECK(closed.payloads.empty());
    CHECK(closed.collaboration->messages.size() == 3);
    open.fill(true);
    Inspection const all = inspect(step, open);
    CHECK(all.output);
    CHECK(all.payloads.size() == 3);
    CHECK(all.shared_state);
    CHECK(all.memory_contents.size() == all.memory.traces.size());
}
