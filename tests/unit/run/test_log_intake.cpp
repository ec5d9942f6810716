#include "shared/run/log_intake.h"
#include "shared/run/merge_logs.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

using Lines = std::vector<std::string>;

ToldLine told(std::string_view text, double second, std::uint16_t opening = 1)
{
    return {.line = {.text = text, .level = LogLevel::Info, .at = at(second), .from_stream = true, .opening = opening},
        .replayed = false,
        .may_be_documented = false};
}

ToldLine replayed(std::string_view text, double second, std::uint16_t opening)
{
    ToldLine line = told(text, second, opening);
    line.replayed = true;
    return line;
}

ToldLine maybe_documented(std::string_view text, double second)
{
    ToldLine line = told(text, second);
    line.may_be_documented = true;
    return line;
}

} // namespace

TEST_CASE("lines come in the order in which they are told, equal ones too", "[run][log]")
{
    LogBuffer log;
    for (auto const& [text, second] : {std::pair{"one", 1.0}, {"two", 2.0}, {"two", 2.0}})
        CHECK(take_in(log, told(text, second)) == LineNews::Added);
    CHECK(texts(log) == Lines{"one", "two", "two"});
    CHECK(log.generation() == LogBuffer{}.generation());
}

TEST_CASE("a line that comes a moment late goes to its place", "[run][log]")
{
    LogBuffer log;
    for (auto const& [text, second] : {std::pair{"one", 1.0}, {"three", 1.2}, {"four", 1.3}, {"two", 1.1}})
        take_in(log, told(text, second));
    CHECK(texts(log) == Lines{"one", "two", "three", "four"});
    CHECK(log.generation() != LogBuffer{}.generation());
    // One that is older by far was stamped by another clock.
    take_in(log, told("five", -60));
    CHECK(texts(log).back() == "five");
}

TEST_CASE("a line that was dropped does not come back when the stream repeats it, nor one that a document had",
    "[run][log][memory]")
{
    LogBuffer log;
    for (auto const& [text, second] : {std::pair{"one", 1.0}, {"two", 2.0}, {"three", 3.0}})
        take_in(log, told(text, second));
    log.drop_before(2);
    CHECK(take_in(log, replayed("one", 1, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("two", 2, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("three", 3, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("four", 4, 2)) == LineNews::Added); // told while no stream was open
    CHECK(texts(log) == Lines{"three", "four"});
    CHECK(log.end() == 4);

    LogBuffer documented = log_of({"one", "two", "three"});
    documented.drop_before(2);
    CHECK(take_in(documented, maybe_documented("one", 1)) == LineNews::Known);
    CHECK(take_in(documented, maybe_documented("three", 3)) == LineNews::Confirmed);
    CHECK(take_in(documented, told("four", 4)) == LineNews::Added);
    CHECK(texts(documented) == Lines{"three", "four"});
}

TEST_CASE("a late line goes behind the lines of a document that stand before it", "[run][log]")
{
    LogBuffer log = log_of({"zero"});
    take_in(log, told("two", 2));
    take_in(log, told("one", 1));
    CHECK(texts(log) == Lines{"zero", "one", "two"});
}

TEST_CASE("a line that a document can have brought is that line", "[run][log]")
{
    LogBuffer log = log_of({"one", "two", "three"});
    CHECK(take_in(log, maybe_documented("two", 2)) == LineNews::Confirmed);
    CHECK(take_in(log, maybe_documented("three", 3)) == LineNews::Confirmed);
    CHECK(take_in(log, maybe_documented("four", 4)) == LineNews::Added);
    CHECK(texts(log) == Lines{"one", "two", "three", "four"});
    CHECK(log[1].level == LogLevel::Info);
    CHECK(log[1].at == at(2));
    // Told late.
    CHECK(take_in(log, maybe_documented("one", 1)) == LineNews::Confirmed);
    CHECK(texts(log) == Lines{"one", "two", "three", "four"});
    CHECK(log[0].at == at(1));
}

TEST_CASE("of lines with one text the one that was taken for another is put right", "[run][log]")
{
    // The stream began late, and its line is taken for the last one.
    LogBuffer told_one;
    take_in(told_one, told("tick", 2));
    LogBuffer log = merge_logs(std::move(told_one), log_of({"start", "tick", "tick"}), false);
    REQUIRE(log[2].at == at(2));
    // It was not: that one comes now.
    CHECK(take_in(log, maybe_documented("tick", 3)) == LineNews::Confirmed);
    CHECK(texts(log) == Lines{"start", "tick", "tick"});
    CHECK(log[1].at == at(2));
    CHECK(log[2].at == at(3));
}

TEST_CASE("a line from after the document is another one, whatever its text", "[run][log]")
{
    LogBuffer log = log_of({"retry", "retry"});
    CHECK(take_in(log, told("retry", 7)) == LineNews::Added);
    CHECK(log.size() == 3);
}

TEST_CASE("a stream that repeats what another one told adds only what is new", "[run][log]")
{
    LogBuffer log;
    for (auto const& [text, second] : {std::pair{"a", 1.0}, {"retry", 2.0}, {"retry", 2.0}, {"b", 3.0}})
        take_in(log, told(text, second, 1));
    // All of it again, and what was lost before it could be told.
    CHECK(take_in(log, replayed("retry", 2, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("retry", 2, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("b", 3, 2)) == LineNews::Known);
    CHECK(take_in(log, replayed("retry", 4, 2)) == LineNews::Added);
    CHECK(take_in(log, told("c", 5, 2)) == LineNews::Added);
    CHECK(texts(log) == Lines{"a", "retry", "retry", "b", "retry", "c"});
    // And once more, from the beginning.
    for (auto const& [text, second] :
        {std::pair{"a", 1.0}, {"retry", 2.0}, {"retry", 2.0}, {"b", 3.0}, {"retry", 4.0}, {"c", 5.0}})
        CHECK(take_in(log, replayed(text, second, 3)) == LineNews::Known);
    CHECK(log.size() == 6);
}

TEST_CASE("a line told three times of which one was lost before is there three times", "[run][log]")
{
    LogBuffer log;
    take_in(log, told("tick", 1, 1));
    take_in(log, told("tick", 1, 1));
    for (int i = 0; i < 3; ++i)
        take_in(log, replayed("tick", 1, 2));
    CHECK(log.size() == 3);
}

TEST_CASE("a hundred thousand lines that are told again are looked up in time", "[run][log]")
{
    LogBuffer log;
    std::string const text = "the same text";
    for (int i = 0; i < 100'000; ++i)
        take_in(log, told(text, i * 0.001, 1));
    for (int i = 0; i < 100'000; ++i)
        take_in(log, replayed(text, i * 0.001, 2));
    CHECK(log.size() == 100'000);
}
