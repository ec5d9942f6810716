#include "shared/view/search.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

StepSearch search_for(RunModel const& run, std::string_view text)
{
    StepSearch search;
    search.begin(run, text);
    search.look(run, 1'000'000);
    CHECK(search.done());
    return search;
}

} // namespace

TEST_CASE("search tells where in a step the text stands, and how often", "[search]")
{
    RunModel run = run_with({step("a"), step("b")});
    run.steps[0].name = "Needle work";
    run.steps[0].logs = log_of({"a needle", "none", "needle, needle"});
    run.steps[0].output = R"({"needle":["needle",1]})";
    run.steps[1].input = R"("\u006eeedle")";
    StepSearch const search = search_for(run, "NEEDLE");
    CHECK(search.hits()[0] == StepHits{.title = 1, .log_lines = 2, .input = 0, .output = 2, .error = 0});
    CHECK(search.hits()[1] == StepHits{.title = 0, .log_lines = 0, .input = 1, .output = 0, .error = 0});
    CHECK(describe_hits(search.hits()[0]) == "2 matches in logs, 2 in output");
    CHECK(describe_hits(search.hits()[1]) == "1 match in input");
    CHECK(describe_hits({}).empty());
}

TEST_CASE("strings of JSON are searched as they read, without their escapes", "[search]")
{
    RunModel run = run_with({step("a")});
    run.steps[0].output = R"({"said":"\"yes\"\/no","smile":"\ud83d\ude00","lines":"one\ntwo"})";
    for (auto const* const wanted : {"\"yes\"/no", "😀", "one two", "said"})
        CHECK(search_for(run, wanted).hits()[0].output == 1);
}

TEST_CASE("search finds letters however they are written, in names, logs and JSON", "[search]")
{
    RunModel run = run_with({step("a")});
    run.steps[0].name = "Straße prüfen";
    run.steps[0].logs = log_of({"STRASSE", "strasse", "Stra\u1E9Ee", "Stras"});
    run.steps[0].output = R"(["Stra\u00dfe","cafe\u0301"])";
    CHECK(search_for(run, "straße").hits()[0]
        == StepHits{.title = 1, .log_lines = 3, .input = 0, .output = 1, .error = 0});
    CHECK(search_for(run, "PRU\u0308FEN").hits()[0].title == 1);
    CHECK(search_for(run, "CAFÉ").hits()[0].output == 1);
    CHECK(search_for(run, "cafe").hits()[0].output == 0);
}

TEST_CASE("a step without a name is found by its key, a search for nothing finds nothing", "[search]")
{
    RunModel run = run_with({step("lonely")});
    run.steps[0].name = "  ";
    CHECK(search_for(run, "lonely").hits()[0].any());
    CHECK_FALSE(search_for(run, "").active());
    CHECK(search_for(run, "").hits().empty());
}

TEST_CASE("a long log is looked through in portions, and nothing is counted twice", "[search]")
{
    RunModel run = run_with({step("a"), step("b")});
    for (int i = 0; i < 1'000; ++i)
        run.steps[0].logs.append(
            {.text = i % 10 == 0 ? "a needle" : "hay", .level = {}, .at = {}, .from_stream = true});
    run.steps[1].name = "needle";
    StepSearch search;
    search.begin(run, "needle");
    int portions = 0;
    while (!search.done()) {
        search.look(run, 500);
        ++portions;
        if (portions == 3) { // a line arrives meanwhile
            run.steps[0].logs.append({.text = "the last needle", .level = {}, .at = {}, .from_stream = true});
            search.begin(run, "needle");
        }
    }
    CHECK(portions > 5);
    CHECK(search.hits()[0].log_lines == 101);
    CHECK(search.hits()[1].title == 1);
    std::uint64_t const revision = search.revision();
    search.begin(run, "needle");
    search.look(run, 500);
    CHECK(search.done()); // nothing is read again
    CHECK(search.revision() == revision);
}

TEST_CASE("lines that are dropped are no matches any more", "[search][memory]")
{
    StepRun chatty = test::step("a");
    chatty.logs = test::log_of({"needle", "hay", "needle", "needle"});
    RunModel run = test::run_with({chatty});
    StepSearch search = search_for(run, "needle");
    CHECK(search.hits()[0].log_lines == 3);
    std::uint64_t const revision = search.revision();
    run.steps[0].logs.drop_before(3);
    run.steps[0].logs.append({.text = "needle", .level = {}, .at = {}, .from_stream = true});
    search.begin(run, "needle");
    search.look(run, 1'000'000);
    CHECK(search.hits()[0].log_lines == 2);
    CHECK(search.revision() != revision);
}

TEST_CASE("what changes is searched again, what was found elsewhere stands", "[search]")
{
    RunModel run = run_with({step("a"), step("b")});
    run.steps[0].output = R"("needle")";
    StepSearch search = search_for(run, "needle");
    CHECK(search.hits()[0].any());
    run.steps[0].output = "null";
    ++run.steps[0].revision;
    search.begin(run, "needle");
    search.look(run, 1'000);
    CHECK_FALSE(search.hits()[0].any());

    run.steps.insert(run.steps.begin(), step("needle"));
    run.index_steps();
    ++run.order_revision;
    search.begin(run, "needle");
    search.look(run, 1'000);
    REQUIRE(search.hits().size() == 3);
    CHECK(search.hits()[0].any());
    CHECK_FALSE(search.hits()[1].any());
}
