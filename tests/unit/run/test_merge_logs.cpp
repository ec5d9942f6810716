#include "shared/run/merge_logs.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <algorithm>
#include <random>

using namespace pev;
using namespace pev::test;

namespace {

using Lines = std::vector<std::string>;

LogLine told(std::string_view text, double second)
{
    return {.text = text, .level = LogLevel::Info, .at = at(second), .from_stream = true, .opening = 1};
}

LogBuffer told_log(std::initializer_list<std::pair<std::string_view, double>> lines)
{
    LogBuffer log;
    for (auto const& [text, second] : lines)
        log.append(told(text, second));
    return log;
}

Lines merged(std::initializer_list<std::string_view> streamed, std::initializer_list<std::string_view> fetched,
    bool complete = false)
{
    return texts(merge_logs(log_of(streamed, true), log_of(fetched), complete));
}

LogBuffer without_stream(LogBuffer const& log, std::size_t size)
{
    LogBuffer document;
    for (std::size_t i = 0; i < size; ++i)
        document.append({.text = log.text(i), .level = {}, .at = {}, .from_stream = false});
    return document;
}

} // namespace

TEST_CASE("log lines of both sides are kept, in order, once", "[run][merge]")
{
    CHECK(merged({"a", "b"}, {"a", "b"}) == Lines{"a", "b"});
    CHECK(merged({"a", "b", "c"}, {"a", "b"}) == Lines{"a", "b", "c"}); // the document is a moment behind
    CHECK(merged({"b", "c"}, {"a", "b", "c"}) == Lines{"a", "b", "c"}); // the stream began later
    CHECK(merged({"a", "c"}, {"a", "b", "c"}) == Lines{"a", "b", "c"}); // the stream lost one
    CHECK(merged({"c", "d"}, {"a", "b", "c"}) == Lines{"a", "b", "c", "d"}); // began later, and is ahead
    CHECK(merged({"a", "b"}, {}) == Lines{"a", "b"}); // not stored yet
    CHECK(merged({"a", "b", "c"}, {"a", "b"}, true) == Lines{"a", "b", "c"}); // not stored at all
    CHECK(merged({}, {"a"}) == Lines{"a"});
    CHECK(merged({"retry", "x"}, {"retry", "retry", "x"}) == Lines{"retry", "retry", "x"});
    CHECK(merged({"retry", "retry"}, {"retry"}) == Lines{"retry", "retry"});
    CHECK(merged({"a", "b", "retry"}, {"retry", "a", "b"}) == Lines{"retry", "a", "b", "retry"});
}

TEST_CASE("a line that both sides have keeps the level and time of the stream", "[run][merge]")
{
    LogBuffer const log = merge_logs(log_of({"b"}, true), log_of({"a", "b"}), false);
    CHECK(log[0].level == LogLevel::None);
    CHECK(log[1].level == LogLevel::Info);
    CHECK(log[1].from_stream);
}

TEST_CASE("lines that the stream told out of order stand as in the document, once", "[run][merge]")
{
    CHECK(merged({"a", "c", "b", "d"}, {"a", "b", "c", "d"}) == Lines{"a", "b", "c", "d"});
    CHECK(merged({"a", "d", "b", "c", "e"}, {"a", "b", "c", "d", "e"}) == Lines{"a", "b", "c", "d", "e"});
    // At the end the times tell that it is the same line, and not another one of the same text.
    LogBuffer const same_moment = told_log({{"a", 1}, {"c", 2}, {"b", 2}});
    CHECK(texts(merge_logs(same_moment, log_of({"a", "b", "c"}), false)) == Lines{"a", "b", "c"});
    LogBuffer const later = told_log({{"a", 1}, {"c", 2}, {"b", 3}});
    CHECK(texts(merge_logs(later, log_of({"a", "b", "c"}), false)) == Lines{"a", "b", "c", "b"});
}

TEST_CASE("a line that the stream told twice goes where the document has it once", "[run][merge]")
{
    LogBuffer const known = told_log({{"a", 1}, {"b", 2}, {"b", 2}, {"c", 3}});
    CHECK(texts(merge_logs(known, log_of({"a", "b", "c"}), false)) == Lines{"a", "b", "c"});
    CHECK(texts(merge_logs(known, log_of({"a", "b", "b", "c"}), false)) == Lines{"a", "b", "b", "c"});
    // Behind the document's end nobody knows yet.
    CHECK(texts(merge_logs(known, log_of({"a", "b"}), false)) == Lines{"a", "b", "b", "c"});
    CHECK(texts(merge_logs(known, log_of({"a", "b"}), true)) == Lines{"a", "b", "c"});
    // Equal texts of different times are different lines.
    LogBuffer const twice = told_log({{"a", 1}, {"b", 2}, {"b", 2.5}, {"c", 3}});
    CHECK(texts(merge_logs(twice, log_of({"a", "b", "c"}), true)) == Lines{"a", "b", "b", "c"});
}

TEST_CASE("a line that came late and was taken for another one is recognised by the next document", "[run][merge]")
{
    LogBuffer known = log_of({"a", "b"});
    known.append(told("b", 2));
    known.append(told("c", 3));
    LogBuffer const merged = merge_logs(known, log_of({"a", "b", "c"}), false);
    CHECK(texts(merged) == Lines{"a", "b", "c"});
    CHECK(merged[1].at == at(2));
    // Where the document has both there are two.
    CHECK(texts(merge_logs(known, log_of({"a", "b", "b", "c"}), false)) == Lines{"a", "b", "b", "c"});
    // A line that no document ever had is kept.
    known.append(told("d", 4));
    known.append(told("e", 5));
    CHECK(texts(merge_logs(known, log_of({"a", "b", "c", "e"}), true)) == Lines{"a", "b", "c", "d", "e"});
}

TEST_CASE(
    "a log that is as it was keeps its generation, one that changed before its end gets a new one", "[run][merge]")
{
    LogBuffer const known = log_of({"a", "c"}, true);
    CHECK(merge_logs(known, log_of({"a"}), false).generation() == known.generation());
    CHECK(merge_logs(known, log_of({"a"}), true).generation() == known.generation());
    CHECK(merge_logs(known, log_of({"a", "c", "d"}), false).generation() == known.generation());
    CHECK(merge_logs(known, log_of({"a", "b", "c"}), false).generation() != known.generation());
}

TEST_CASE("what was dropped from a log does not come back with a document, and is counted as the document counts",
    "[run][merge][memory]")
{
    LogBuffer known = log_of({"a", "b", "c", "d"}, true);
    known.drop_before(2);
    LogBuffer const again = merge_logs(known, log_of({"a", "b", "c", "d"}), false);
    CHECK(again == known);
    CHECK(again.generation() == known.generation());
    LogBuffer const longer = merge_logs(known, log_of({"a", "b", "c", "d", "e"}), false);
    CHECK(longer.first() == 2);
    CHECK(texts(longer) == Lines{"c", "d", "e"});
    CHECK(merge_logs(known, log_of({"a"}), true) == known); // stored in part
    // The stream had lost a line of those that were dropped, or told one twice.
    LogBuffer const lost = merge_logs(known, log_of({"a", "x", "b", "c", "d"}), false);
    CHECK(lost.first() == 3);
    CHECK(texts(lost) == Lines{"c", "d"});
    LogBuffer const doubled = merge_logs(known, log_of({"a", "c", "d"}), false);
    CHECK(doubled.first() == 1);
    CHECK(texts(doubled) == Lines{"c", "d"});
}

TEST_CASE("a document that was cut itself goes on where the known log ends, or takes its place", "[run][merge][memory]")
{
    LogBuffer fetched = log_of({"a", "b", "c", "d", "e", "f"});
    fetched.drop_before(3);
    LogBuffer const joined = merge_logs(log_of({"a", "b", "c", "d"}, true), fetched, false);
    CHECK(joined.first() == 0);
    CHECK(texts(joined) == Lines{"a", "b", "c", "d", "e", "f"});
    LogBuffer const later = merge_logs(log_of({"a"}, true), fetched, false);
    CHECK(later == fetched); // nobody knows b and c any more
    LogBuffer const other = merge_logs(log_of({"a", "c", "d", "e"}, true), fetched, false);
    CHECK(texts(other) == Lines{"d", "e", "f"}); // b is missing among those before
    CHECK(other.text(5) == "f");
}

// What a stream can do to a log: it begins somewhere, loses lines, tells some twice or out of order. Documents hold the log
// up to some moment. Whatever was merged before, the document that has all of it ends in the truth.
TEST_CASE("whatever streams and documents told before, the whole document ends in the truth", "[run][merge]")
{
    std::uint32_t const seed = GENERATE(range(1U, 400U));
    INFO("seed " << seed);
    std::minstd_rand random{seed};
    auto const one_in = [&](std::uint32_t n) { return random() % n == 0; };
    std::size_t const size = 1 + random() % 60;
    std::uint32_t const kinds = 1 + static_cast<std::uint32_t>(random() % 20); // few texts: many repetitions
    bool const disorder = one_in(2); // needs texts that tell lines apart while the truth is not known

    LogBuffer truth;
    for (std::size_t i = 0; i < size; ++i) {
        std::string const text = disorder ? "line " + std::to_string(i) : "line " + std::to_string(random() % kinds);
        std::size_t const second = i / 3; // some at the same moment
        truth.append(told(text, static_cast<double>(second)));
    }

    bool const short_of_memory = GENERATE(false, true);
    std::minstd_rand drops{seed};
    LogBuffer known;
    std::size_t told_until = 0;
    for (int round = 0; round < 4; ++round) {
        // A stream goes on for a while.
        std::size_t const until = told_until + random() % (size - told_until + 1);
        std::vector<LogLine> lines;
        for (std::size_t i = told_until; i < until; ++i) {
            if (one_in(6))
                continue;
            lines.push_back(truth[i]);
            if (disorder && one_in(6))
                lines.push_back(truth[i]);
        }
        if (disorder) {
            for (std::size_t i = 1; i < lines.size(); ++i) {
                if (one_in(4))
                    std::swap(lines[i - 1], lines[i]);
            }
        }
        for (LogLine const& line : lines)
            known.append(line);
        told_until = until;
        // And a document that lags, or not.
        std::size_t const documented = one_in(3) ? until : random() % (until + 1);
        known = merge_logs(std::move(known), without_stream(truth, documented), false);
        if (short_of_memory)
            known.drop_before(known.first() + drops() % (known.size() / 2 + 1));
    }
    known = merge_logs(std::move(known), without_stream(truth, size), true);
    // Under the numbers that the lines have in truth.
    truth.drop_before(known.first());
    CHECK(texts(known) == texts(truth));
    CHECK((short_of_memory || known.first() == 0));
}

TEST_CASE("long logs are merged in time, repetitive ones too", "[run][merge]")
{
    for (std::uint32_t const kinds : {3U, 1'000'000U}) {
        std::minstd_rand random{kinds};
        LogBuffer truth;
        LogBuffer streamed;
        for (int i = 0; i < 100'000; ++i) {
            std::string const text = "line " + std::to_string(random() % kinds);
            truth.append({.text = text, .level = {}, .at = {}, .from_stream = false});
            if (random() % 50 != 0)
                streamed.append(told(text, i));
        }
        LogBuffer const merged = merge_logs(std::move(streamed), truth, true);
        CHECK(texts(merged) == texts(truth));
    }
}
