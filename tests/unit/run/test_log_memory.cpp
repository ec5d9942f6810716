#include "shared/run/log_memory.h"
#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

using namespace pev;
using namespace pev::test;

namespace {

constexpr std::size_t kLineBytes = 100; // text and what keeps it
DocumentTimes const kTimes{.sent = at(50), .received = at(50)};

std::string line(std::string_view step, std::size_t number)
{
    std::string text = std::string{step} + " " + std::to_string(number) + " ";
    text.resize(kLineBytes - LogBuffer::kBytesPerLine, '.');
    return text;
}

RunModel limited(std::vector<StepRun> steps, std::size_t lines_that_fit)
{
    RunModel run = run_with(std::move(steps));
    run.memory = run.other_bytes + lines_that_fit * kLineBytes;
    return run;
}

void tell(RunModel& run, std::string const& key, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < to; ++i) {
        RunEvent told = event(StepLogAppended{
            .step_key = key, .level = LogLevel::Info, .text = line(key, i), .at = at(static_cast<double>(i))});
        told.happened_by = at(100); // after the documents
        reduce(run, told);
    }
}

// What is left of a log of `to` lines stands under its own numbers.
void check_log(StepRun const& step, std::size_t to)
{
    CHECK(step.logs.end() == to);
    for (std::size_t i = step.logs.first(); i < step.logs.end(); ++i)
        CHECK(step.logs.text(i) == line(step.key, i));
}

void check_counts(RunModel const& run)
{
    RunModel counted = run;
    counted.recount();
    CHECK(counted.log_line_count == run.log_line_count);
    CHECK(counted.dropped_line_count == run.dropped_line_count);
    CHECK(counted.log_bytes == run.log_bytes);
    CHECK(counted.other_bytes == run.other_bytes);
}

std::string document(std::vector<std::pair<std::string, std::size_t>> const& logs)
{
    std::string steps;
    for (auto const& [key, size] : logs) {
        std::string lines;
        for (std::size_t i = 0; i < size; ++i)
            lines += (i == 0 ? "" : ",") + json_quote(line(key, i));
        steps.append(steps.empty() ? "" : ",").append(R"({"key":")").append(key);
        steps.append(R"(","state":"running","logs":[)").append(lines).append("]}");
    }
    return R"({"success":true,"data":{"id":"run-1","state":"running","steps":[)" + steps + "]}}";
}

RunModel decoded(std::string body, std::size_t memory)
{
    RunDecoder decoder{std::move(body), memory};
    while (decoder.decode(1'000)) {}
    return std::get<RunModel>(decoder.answer());
}

} // namespace

TEST_CASE("a log that is larger than its memory loses its oldest lines; the others keep their numbers", "[run][memory]")
{
    RunModel run = limited({step("a")}, 100);
    tell(run, "a", 0, 100);
    CHECK(run.dropped_line_count == 0);
    tell(run, "a", 100, 1'000);
    CHECK(run.log_line_count == 1'000);
    CHECK(run.dropped_line_count > 900);
    CHECK(run.dropped_line_count < 920);
    CHECK(run.steps[0].logs.first() == run.dropped_line_count);
    CHECK(run.log_bytes <= 100 * kLineBytes);
    check_log(run.steps[0], 1'000);
    check_counts(run);
}

TEST_CASE("the longest logs give way, short ones stay whole, in whatever order lines come", "[run][memory]")
{
    std::vector<std::string> keys{"a", "b", "c"};
    if (GENERATE(true, false))
        std::ranges::reverse(keys);
    RunModel run = limited({step("a"), step("b"), step("c")}, 100);
    for (std::string const& key : keys)
        tell(run, key, 0, key == "b" ? 10 : 200);
    CHECK(run.find("b")->logs.first() == 0);
    CHECK(run.find("a")->logs.size() > 35);
    CHECK(run.find("c")->logs.size() > 35);
    CHECK(run.find("a")->logs.size() < 60);
    CHECK(run.find("c")->logs.size() < 60);
    for (StepRun const& at : run.steps)
        check_log(at, at.key == "b" ? 10 : 200);
    check_counts(run);
}

TEST_CASE("what else a run holds leaves its logs less room, but a quarter in any case", "[run][memory]")
{
    RunModel run = limited({step("a"), step("b")}, 100);
    tell(run, "a", 0, 90);
    CHECK(run.dropped_line_count == 0);
    reduce(run,
        event(StepCompleted{.step_key = "b",
            .completed_at = at(1),
            .result = json_quote(std::string(50 * kLineBytes, 'x')),
            .duration = {}}));
    CHECK(run.dropped_line_count > 35);
    check_counts(run);
    reduce(run,
        event(StepCompleted{.step_key = "b",
                  .completed_at = at(2),
                  .result = json_quote(std::string(500 * kLineBytes, 'x')),
                  .duration = {}},
            at(2)));
    CHECK(run.log_bytes > run.memory / 5);
    CHECK(run.log_bytes <= run.memory / 4);
    check_log(run.steps[0], 90);
    check_counts(run);
}

TEST_CASE("a line that is larger than all memory is not kept, and counted", "[run][memory]")
{
    RunModel run = limited({step("a")}, 10);
    reduce(run,
        event(StepLogAppended{.step_key = "a", .level = {}, .text = std::string(100 * kLineBytes, 'x'), .at = {}}));
    CHECK(run.steps[0].logs.empty());
    CHECK(run.dropped_line_count == 1);
    tell(run, "a", 1, 5);
    check_log(run.steps[0], 5);
    check_counts(run);
}

TEST_CASE("a document that holds more is cut while it is read, and brings nothing back when it is fetched again",
    "[run][memory]")
{
    std::string const body = document({{"a", 300}, {"b", 20}, {"c", 300}});
    RunModel const first = decoded(body, 2 * sizeof(StepRun) + 20'000);
    CHECK(first.log_line_count == 620);
    CHECK(first.dropped_line_count > 400);
    CHECK(first.log_bytes <= 20'000);
    check_counts(first);
    for (StepRun const& at : first.steps)
        check_log(at, at.key == "b" ? 20 : 300);

    RunModel run = first;
    note_document(run, kTimes);
    tell(run, "a", 300, 400);
    std::size_t const dropped = run.dropped_line_count;
    std::uint64_t const revision = run.revision;
    merge(run, decoded(body, run.memory), kTimes);
    CHECK(run.dropped_line_count == dropped);
    CHECK(run.log_line_count == 720);
    CHECK(run.revision == revision);
    merge(run, decoded(document({{"a", 450}, {"b", 20}, {"c", 300}}), run.memory), kTimes);
    CHECK(run.log_line_count == 770);
    check_log(*run.find("a"), 450);
    check_log(*run.find("c"), 300);
    CHECK(run.log_bytes <= 20'000);
    check_counts(run);
}

TEST_CASE("a document is not read on where its steps alone, or its nodes, take more than the run may", "[run][memory]")
{
    std::size_t const memory = 1U << 20U;
    auto const read = [&](std::string const& steps) {
        RunDecoder decoder{R"({"success":true,"data":{"id":"run-1","steps":[)" + steps + "]}}", memory};
        while (decoder.decode(10'000)) {}
        return decoder.answer();
    };
    std::string tiny = "{}";
    for (int i = 0; i < 20'000; ++i)
        tiny += ",{}";
    RunAnswer const many_steps = read(tiny);
    REQUIRE(std::holds_alternative<TooLarge>(many_steps));
    CHECK(std::get<TooLarge>(many_steps).step_bytes > memory);
    CHECK(std::get<TooLarge>(many_steps).step_bytes < memory + 2 * sizeof(StepRun));

    RunAnswer const large_output = read(R"({"key":"a","output":")" + std::string(memory, 'x') + "\"}");
    CHECK(std::holds_alternative<TooLarge>(large_output));

    std::string lines = "\"\"";
    for (int i = 0; i < 200'000; ++i)
        lines += ",\"\"";
    RunAnswer const many_values = read(R"({"key":"a","logs":[)" + lines + "]}");
    REQUIRE(std::holds_alternative<TooLarge>(many_values));
    CHECK(std::get<TooLarge>(many_values).step_bytes == 0);
}

TEST_CASE("dropped lines give their memory back", "[run][memory]")
{
    LogBuffer log;
    for (std::size_t i = 0; i < 100'000; ++i)
        log.append(
            {.text = line("a", i), .level = LogLevel::Info, .at = at(static_cast<double>(i)), .from_stream = true});
    log.insert(50'000, {.text = "late", .level = LogLevel::Warn, .at = at(50'000), .from_stream = true});
    CHECK(log.shrink_to(40'000 * kLineBytes) == 60'001);
    CHECK(log.bytes() == 40'000 * kLineBytes);
    CHECK(log.count(LogLevel::Info) == 40'000);
    CHECK(log.count(LogLevel::Warn) == 0);
    CHECK(log.dropped_until() == at(59'999));
    CHECK(log.text(log.first()) == line("a", 60'000));
    CHECK(log.text(log.end() - 1) == line("a", 99'999));
    CHECK(log.shrink_to(0) == 40'000);
    CHECK(log.empty());
    CHECK(log.bytes() == 0);
    log.append({.text = "on", .level = {}, .at = {}, .from_stream = true});
    CHECK(log.text(100'001) == "on");
}

// Streams and documents of several steps, now and then the stream again from its beginning: with any memory the lines that are
// left are those of the truth, under their numbers, and all are counted once.
TEST_CASE("whatever comes, what is left is the end of the truth, and everything was counted once", "[run][memory]")
{
    std::uint32_t const seed = GENERATE(range(1U, 200U));
    INFO("seed " << seed);
    std::minstd_rand random{seed};
    std::array<std::size_t, 3> written{};
    std::array<std::string, 3> const keys{"a", "b", "c"};
    RunModel run = limited(
        {step("a", ExecutionState::Running), step("b", ExecutionState::Running), step("c", ExecutionState::Running)},
        20 + random() % 100);
    std::size_t const memory = run.memory;
    for (int round = 0; round < 12; ++round) {
        std::size_t const which = random() % 3;
        std::size_t const before = written[which];
        written[which] += random() % 60;
        if (random() % 4 != 0) // or the stream loses them, and a document has to bring them
            tell(run, keys[which], before, written[which]);
        if (random() % 3 == 0) {
            std::vector<std::pair<std::string, std::size_t>> logs;
            for (std::size_t i = 0; i < 3; ++i)
                logs.emplace_back(keys[i], written[i]);
            merge(run, decoded(document(logs), memory), kTimes);
        }
    }
    std::vector<std::pair<std::string, std::size_t>> logs;
    for (std::size_t i = 0; i < 3; ++i)
        logs.emplace_back(keys[i], written[i]);
    merge(run, decoded(document(logs), memory), kTimes);
    for (std::size_t i = 0; i < 3; ++i)
        check_log(*run.find(keys[i]), written[i]);
    CHECK(run.log_line_count == std::accumulate(written.begin(), written.end(), std::size_t{0}));
    CHECK(run.log_bytes <= memory - run.other_bytes);
    check_counts(run);
}
