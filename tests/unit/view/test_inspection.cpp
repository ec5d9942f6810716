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
    auto const linked = look_at_error(
        R"({"message":"see \u001b]8;;https://a.example\u0007the log\u001b]8;;\u0007","stack":"\u001b]8;;https://b.example\u0007f\u001b]8;;\u0007 g"})");
    CHECK(linked->message == "see the log");
    CHECK(linked->message_links == std::vector<LinkSpan>{{4, 11, "https://a.example"}});
    CHECK(linked->stack_links == std::vector<LinkSpan>{{0, 1, "https://b.example"}});
    CHECK(look_at_error(R"("\u001b]8;;https://a.example\u0007why")")->message_links.size() == 1);
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
    CHECK(look_at_memory(R"([{"content":{},"embedding":"[0.1,-0.2,3e-5]"}])").traces[0].embedding_size == 3);
    CHECK(look_at_memory(R"([{"content":{},"created_at":1795183392}])").traces[0].created_at);
    CHECK(look_at_memory("[]").traces.empty());
    CHECK(look_at_memory("7").other == "7");
    CHECK(look_at_memory("[3]").traces[0].content == "3");
}

TEST_CASE("a personality is a readable card", "[inspection]")
{
    PersonalityView const view = look_at_personality(R"({"tone":"friendly","domainSpecialty":["pr","content"],
        "memoryWeight":0.6,"biasModifiers":{"optimism":0.1,"caution":-0.4,"odd":"much"},
        "constraints":{"require":["audited figures"],"forbid":["superlatives","promises"]},"tomorrow":{"x":1}})");
    auto const trait = [&](std::string_view label) {
        auto const found = std::find_if(
            view.traits.begin(), view.traits.end(), [&](LabeledValue const& v) { return v.label == label; });
        return found == view.traits.end() ? std::string{} : found->value;
    };
    CHECK(view.traits.front().label == "Tone");
    CHECK(trait("Tone") == "friendly");
    CHECK(trait("tomorrow") == "{\"x\":1}");
    CHECK(trait("odd") == "much");
    CHECK(view.domains == std::vector<std::string>{"pr", "content"});
    REQUIRE(view.weights.size() == 3);
    CHECK(view.weights[0].label == "Memory weight");
    CHECK(view.weights[0].value == "0.6");
    CHECK(view.weights[2].value == "-0.4");
    CHECK(view.weights[2].share == 0.4f);
    CHECK(view.required == std::vector<std::string>{"audited figures"});
    CHECK(view.forbidden == std::vector<std::string>{"superlatives", "promises"});
    CHECK(look_at_personality("null").traits.empty());
    CHECK(look_at_personality(R"({"domainSpecialty":"pr","constraints":"none","memoryWeight":"high"})").domains.size()
        == 1);
}

TEST_CASE("errors are shown without the colours of the terminal that they were meant for", "[inspection]")
{
    auto const error
        = look_at_error(R"({"message":"\u001b[31mbroken\u001b[0m","stack":"\u001b[2mat x\u001b[0m\n  at y"})");
    CHECK(error->message == "broken");
    CHECK(error->stack == "at x\n  at y");
}

TEST_CASE("a text is told from other payloads and contents", "[inspection]")
{
    auto const view = look_at_collaboration(R"({"messages":[{"payload":"two\nlines"},{"payload":{"a":1}}]})");
    CHECK(view->messages[0].text == "two\nlines");
    CHECK(view->messages[1].text.empty());
    CHECK(look_at_memory(R"([{"content":"plain"},{"content":{"a":1}}])").traces[0].text == "plain");
}
