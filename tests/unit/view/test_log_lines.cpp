#include "shared/export/run_export.h"
#include "shared/view/log_rows.h"
#include "shared/view/text_search.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <string>
#include <vector>

using namespace pev;

namespace {

using Strings = std::vector<std::string>;

LogBuffer leveled()
{
    LogBuffer log;
    auto const add = [&](std::string_view text, LogLevel level) {
        log.append({.text = text, .level = level, .at = test::at(1), .from_stream = true});
    };
    add("start", LogLevel::Info);
    add("detail", LogLevel::Debug);
    add("broken", LogLevel::Error);
    add("  at line 3", LogLevel::None);
    add("again", LogLevel::Info);
    return log;
}

Strings shown(LogLines const& lines, LogBuffer const& log)
{
    Strings all;
    for (std::size_t i = 0; i < lines.size(); ++i)
        all.emplace_back(log[lines[i]].text);
    return all;
}

Strings rows_of(LogBuffer const& log, std::size_t columns)
{
    LogLines lines;
    lines.update(log, "a", kAllLogLevels);
    LogRows rows;
    rows.update(log, lines, columns);
    Strings all;
    ShownText text;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LogRows::Row row = rows.line_at(i);
        std::string_view const line = text.of(log[lines[row.index]].text);
        rows.place(row, line);
        all.push_back((row.part == 0 ? std::to_string(row.index + 1) + ":" : "")
            + std::string{line.substr(row.begin, row.end - row.begin)});
        CHECK(rows.row_of(row.index, row.begin, line) == i);
    }
    return all;
}

} // namespace

TEST_CASE("a log shows the lines of the chosen levels", "[log]")
{
    LogBuffer const log = leveled();
    LogLines lines;
    lines.update(log, "a", kAllLogLevels);
    CHECK(lines.size() == 5);
    lines.update(log, "a", bit_of(LogLevel::Info) | bit_of(LogLevel::Error));
    CHECK(shown(lines, log) == Strings{"start", "broken", "again"});
    CHECK(lines[1] == 2);
    CHECK(lines.index_of(2) == 1);
    CHECK(lines.index_of(3) == 2); // not shown: the next one that is
    CHECK(lines.index_of(99) == 3);
    lines.update(log, "a", 0);
    CHECK(lines.size() == 0);
    CHECK(log.count(LogLevel::Info) == 2);
    CHECK(log.count_timed() == 5);
}

TEST_CASE("shown lines grow with the log, and begin anew when it was merged or has learned a level", "[log]")
{
    LogBuffer log = leveled();
    LogLines lines;
    LogLevelSet const levels = bit_of(LogLevel::Info);
    lines.update(log, "a", levels);
    auto const generation = lines.generation();
    log.append({.text = "more", .level = LogLevel::Info, .at = {}, .from_stream = true});
    log.append({.text = "noise", .level = LogLevel::Debug, .at = {}, .from_stream = true});
    lines.update(log, "a", levels);
    CHECK(lines.generation() == generation);
    CHECK(shown(lines, log) == Strings{"start", "again", "more"});

    log.confirm(3, {.text = {}, .level = LogLevel::Info, .at = test::at(2)});
    lines.update(log, "a", levels);
    CHECK(lines.generation() != generation);
    CHECK(shown(lines, log) == Strings{"start", "  at line 3", "again", "more"});

    LogBuffer const merged = test::log_of({"zero", "start", "detail"});
    auto const before = lines.generation();
    lines.update(merged, "a", kAllLogLevels);
    CHECK(lines.generation() != before);
    CHECK(lines.size() == 3);
}

TEST_CASE("a log without levels is shown whole, whatever levels are wanted", "[log]")
{
    CHECK(levels_to_show(test::log_of({"a", "b"}), bit_of(LogLevel::Error)) == kAllLogLevels);
    CHECK(levels_to_show(leveled(), bit_of(LogLevel::Error)) == bit_of(LogLevel::Error));
}

TEST_CASE("a line break within a log line makes another row", "[log]")
{
    CHECK(rows_of(test::log_of({"one", "two\nthree\nfour", "", "five\n", "six"}), 0)
        == Strings{"1:one", "2:two", "three", "four", "3:", "4:five", "5:six"});
}

TEST_CASE("long log lines wrap by columns, not by bytes or escape sequences", "[log]")
{
    CHECK(rows_of(test::log_of({"abcdefg", "ääääää", "\x1b[31mabcd\x1b[0mef", "abc", "日本"}), 3)
        == Strings{"1:abc", "def", "g", "2:äää", "äää", "3:abc", "def", "4:abc", "5:日", "本"});
}

TEST_CASE("rows grow with the log", "[log]")
{
    LogBuffer log = test::log_of({"one", "two\nthree"});
    LogLines lines;
    LogRows rows;
    lines.update(log, "a", kAllLogLevels);
    CHECK(rows.update(log, lines, 0));
    CHECK(rows.size() == 3);
    log.append({.text = "four\nfive", .level = LogLevel::None, .at = {}, .from_stream = false});
    lines.update(log, "a", kAllLogLevels);
    CHECK(rows.update(log, lines, 0));
    CHECK(rows.size() == 5);
    CHECK(rows.widest() == 5);
    CHECK(rows.line_at(4).index == 2);
    CHECK(rows.line_at(4).part == 1);
}

TEST_CASE("what is worked out over a log stands when its oldest lines are dropped", "[log][memory]")
{
    LogBuffer log = leveled();
    log.append({.text = "again\nand again", .level = LogLevel::Info, .at = {}, .from_stream = true});
    LogLevelSet const levels
        = GENERATE(kAllLogLevels, static_cast<LogLevelSet>(kAllLogLevels & ~bit_of(LogLevel::Debug)));
    LogLines lines;
    LogRows rows;
    LogSearch search;
    auto const update = [&] {
        lines.update(log, "a", levels);
        rows.update(log, lines, 0);
        search.update(log, lines, "a");
    };
    update();
    auto const generation = lines.generation();
    std::size_t const size = lines.size();
    std::size_t const all_rows = rows.size();
    std::size_t const hits = search.hits().size();
    std::size_t const dropped_hits = count_matches("startdetail", Needle{"a"}) - (levels == kAllLogLevels ? 0 : 1);

    log.drop_before(2);
    log.append({.text = "a", .level = LogLevel::Info, .at = {}, .from_stream = true});
    update();
    CHECK(lines.generation() == generation);
    CHECK(lines.size() == size - (levels == kAllLogLevels ? 2 : 1) + 1);
    CHECK(lines[lines.first()] == 2);
    CHECK(lines[lines.index_of(6)] == 6);
    CHECK(rows.size() == all_rows - (size + 1 - lines.size()) + 1);
    CHECK(rows.dropped() == size + 1 - lines.size());
    CHECK(lines[rows.line_at(0).index] == 2);
    CHECK(lines[rows.line_at(rows.size() - 1).index] == 6);
    CHECK(rows.row_of(lines.index_of(6), 0, "a") == rows.size() - 1);
    CHECK(search.hits().size() == hits - dropped_hits + 1);
    CHECK(lines[search.hits()[0].item] == 3);
    CHECK(search.hits().number_of(lines.index_of(6)) == search.hits().size() - 1);

    log.drop_before(6); // the line of two rows is among them
    update();
    CHECK(lines.generation() == generation);
    CHECK(rows.size() == 1);
    CHECK(lines[rows.line_at(0).index] == 6);
    CHECK(search.hits().size() == 1);
    log.drop_before(7);
    update();
    CHECK(lines.size() == 0);
    CHECK(rows.size() == 0);
    CHECK(search.hits().size() == 0);
}

TEST_CASE("a saved log says first what was dropped", "[log][memory]")
{
    LogBuffer log = test::log_of({"a", "b"});
    log.drop_before(1);
    std::string text;
    append_saved_head(log, text);
    CHECK(text == "# 1 older line dropped: the run is larger than the memory for it\n");
}

TEST_CASE("a huge log is laid out and searched in portions", "[log]")
{
    LogBuffer log;
    std::string const line = std::string(1000, 'x') + " needle";
    for (int i = 0; i < 20'000; ++i)
        log.append({.text = line, .level = LogLevel::None, .at = {}, .from_stream = false});
    LogLines lines;
    lines.update(log, "a", kAllLogLevels);
    LogRows rows;
    int portions = 1;
    while (!rows.update(log, lines, 100))
        ++portions;
    CHECK(portions > 1);
    CHECK(rows.size() == 220'000);
    LogSearch search;
    portions = 1;
    while (!search.update(log, lines, "NEEDLE"))
        ++portions;
    CHECK(portions > 5);
    CHECK(portions < 100);
    CHECK(search.hits().size() == 20'000);
}

TEST_CASE("found texts are counted and numbered through all lines", "[search]")
{
    LogBuffer log = test::log_of({"one One", "two", "\x1b[1mo\x1b[0mne", "none", "1"});
    LogLines lines;
    lines.update(log, "a", kAllLogLevels);
    LogSearch search;
    CHECK(search.update(log, lines, "ONE"));
    HitList const& hits = search.hits();
    REQUIRE(hits.size() == 4);
    CHECK(hits[0] == HitList::Hit{0, 0});
    CHECK(hits[1] == HitList::Hit{0, 1});
    CHECK(hits[2] == HitList::Hit{2, 0});
    CHECK(hits[3] == HitList::Hit{3, 0});
    CHECK(hits.number_of(0) == 0);
    CHECK(hits.number_of(1) == 2);
    CHECK(hits.number_of(3) == 3);
    CHECK(hits.number_of(4) == 4);

    log.append({.text = "the last one", .level = LogLevel::None, .at = {}, .from_stream = false});
    lines.update(log, "a", kAllLogLevels);
    CHECK(search.update(log, lines, "one"));
    CHECK(hits.size() == 5);
    CHECK(search.update(log, lines, "two"));
    CHECK(hits.size() == 1);
    CHECK(search.update(log, lines, ""));
    CHECK(hits.size() == 0);
}

TEST_CASE("a match is the n-th in its line", "[search]")
{
    CHECK(nth_match("aXbxcx", Needle{"x"}, 0) == 1);
    CHECK(nth_match("aXbxcx", Needle{"x"}, 2) == 5);
    CHECK(nth_match("aXbxcx", Needle{"x"}, 3) == std::string_view::npos);
    CHECK(count_matches("aaaa", Needle{"aa"}) == 2);
    CHECK(count_matches("", Needle{"aa"}) == 0);
}

TEST_CASE("what is selected is copied as text, without colours, from the lines that are shown", "[log]")
{
    LogBuffer const log = test::log_of({"first", "\x1b[32msecond\x1b[0m line\r\n", "third"});
    LogLines lines;
    lines.update(log, "a", kAllLogLevels);
    CHECK(copy_log(log, lines, {{0, 2}, {2, 2}}) == "rst\nsecond line\nth");
    CHECK(copy_log(log, lines, {{1, 7}, {1, 11}}) == "line");
    CHECK(copy_log(log, lines, {{1, 3}, {1, 3}}).empty());

    LogBuffer const mixed = leveled();
    lines.update(mixed, "b", bit_of(LogLevel::Info));
    CHECK(copy_log(mixed, lines, {{0, 0}, {4, 5}}) == "start\nagain");
}

TEST_CASE("a saved log has times and levels where they are known", "[log]")
{
    RunModel run = test::run_with({test::step("a")});
    run.steps[0].logs = leveled();
    run.steps[0].logs.append({.text = "bare", .level = LogLevel::None, .at = {}, .from_stream = false});
    RunExport file{ExportKind::StepLogText, run, "a", bit_of(LogLevel::Error) | bit_of(LogLevel::None)};
    std::string text;
    file.write(1U << 20U, text);
    CHECK(text == "2026-11-20T14:00:01.000Z ERROR broken\n2026-11-20T14:00:01.000Z   at line 3\nbare\n");
}

TEST_CASE("matches in one long text are counted, numbered and found again", "[search]")
{
    std::string text;
    std::vector<std::size_t> places;
    for (int i = 0; i < 3'000; ++i) {
        text += std::string(static_cast<std::size_t>(i % 37), '.');
        places.push_back(text.size());
        text += i % 2 == 0 ? "Needle" : "nEEDLE";
    }
    TextSearch search;
    while (!search.update(text, 1, "needle")) {}
    REQUIRE(search.size() == places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(search.place(text, i) == places[i]);
        CHECK(search.number_from(text, places[i]) == i);
    }
    CHECK(search.number_from(text, places[7] + 1) == 8);
    CHECK(search.number_from(text, text.size()) == places.size());
    CHECK(search.update(text, 1, "absent"));
    CHECK(search.size() == 0);
    CHECK(search.update("", 2, "absent"));
}

TEST_CASE("matches of other lengths than the needle are found again, across the blocks of a long text", "[search]")
{
    std::string text;
    std::vector<std::size_t> places;
    std::array<std::string_view, 5> const spellings{
        "stra\u00DFe", "STRASSE", "stra\\u00dfe", "\uFB06ra\u00DFe", "STRA\u1E9EE"};
    for (std::size_t i = 0; i < 6'000; ++i) {
        text += std::string(i % 37, '.');
        places.push_back(text.size());
        text += spellings[i % spellings.size()];
    }
    TextSearch search;
    while (!search.update(text, 1, "stra\u00DFe")) {}
    REQUIRE(search.size() == places.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        CHECK(search.place(text, i) == places[i]);
}
