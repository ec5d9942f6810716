#include "tests/unit/support/builders.h"
#include "ui/inspector/ansi.h"
#include "ui/inspector/json_rows.h"
#include "ui/inspector/log_rows.h"
#include "ui/inspector/text_rows.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;
using namespace pev::ui;

namespace {

std::vector<std::string> rows_of_log(LogRows const& rows, LogBuffer const& log)
{
    std::vector<std::string> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LogRows::Row const row = rows.at(log, i);
        all.push_back((row.first ? std::to_string(row.line + 1) + ":" : "")
            + std::string{log[row.line].text.substr(row.begin, row.end - row.begin)});
    }
    return all;
}

using Strings = std::vector<std::string>;

} // namespace

TEST_CASE("a line break within a log line makes another row", "[ui][log]")
{
    LogBuffer const log = test::log_of({"one", "two\nthree\nfour", "", "five\n", "six"});
    LogRows rows;
    rows.update(log, "a", 1, 0);
    CHECK(rows_of_log(rows, log) == Strings{"1:one", "2:two", "three", "four", "3:", "4:five", "5:six"});
}

TEST_CASE("long log lines wrap by characters, not by bytes or escape sequences", "[ui][log]")
{
    LogBuffer const log = test::log_of({"abcdefg", "ääääää", "\x1b[31mabcd\x1b[0mef", "abc"});
    LogRows rows;
    rows.update(log, "a", 1, 3);
    CHECK(
        rows_of_log(rows, log) == Strings{"1:abc", "def", "g", "2:äää", "äää", "3:\x1b[31mabc", "d\x1b[0mef", "4:abc"});
}

TEST_CASE("rows grow with the log, and are made anew when it was merged", "[ui][log]")
{
    LogBuffer log = test::log_of({"one", "two\nthree"});
    LogRows rows;
    rows.update(log, "a", 1, 0);
    log.append({.text = "four\nfive", .level = LogLevel::None, .at = {}, .from_stream = false});
    rows.update(log, "a", 2, 0);
    CHECK(rows_of_log(rows, log) == Strings{"1:one", "2:two", "three", "3:four", "five"});

    LogBuffer const merged = test::log_of({"zero\nzero", "one", "two\nthree", "four\nfive"});
    rows.update(merged, "a", 3, 0);
    CHECK(rows_of_log(rows, merged) == Strings{"1:zero", "zero", "2:one", "3:two", "three", "4:four", "five"});

    LogBuffer const other = test::log_of({"x"});
    rows.update(other, "b", 3, 0);
    CHECK(rows_of_log(rows, other) == Strings{"1:x"});
}

TEST_CASE("text breaks into rows that hold all of it", "[ui][text]")
{
    TextRowsCache cache;
    std::string const text = "abcdef\n\nxy";
    auto const& starts = cache.starts(1, 1, text, 4);
    CHECK(starts == std::vector<std::uint32_t>{0, 4, 7, 8});
    CHECK(count_rows("", 10) == 1);
    CHECK(count_rows("日本語", 4) == 2);
    CHECK(count_rows("日", 1) == 1);
    CHECK(count_rows("abcd", 4) == 1);
    CHECK(count_rows("abcde", 4) == 2);
}

TEST_CASE("escape sequences colour what follows and are not text", "[ui][ansi]")
{
    struct Run {
        std::string text;
        AnsiStyle style;
    };
    auto const read = [](std::string_view line) {
        std::vector<Run> runs;
        AnsiReader reader{line};
        std::string_view text;
        AnsiStyle style;
        while (reader.next(text, style))
            runs.push_back({std::string{text}, style});
        return runs;
    };
    auto const runs = read("a\x1b[31;1mb\x1b[0mc\x1b[38;5;196md\x1b[38;2;1;2;3me\x1b[2Kf\x1b]0;title\ag\x1b[");
    REQUIRE(runs.size() == 7);
    CHECK(runs[0].text == "a");
    CHECK_FALSE(runs[0].style.text);
    CHECK(runs[1].text == "b");
    CHECK(runs[1].style.text);
    CHECK(runs[1].style.bold);
    CHECK_FALSE(runs[2].style.text);
    CHECK(runs[3].style.text == rgb(0xFF0000));
    CHECK(runs[4].style.text == rgb(0x010203));
    CHECK(runs[5].text == "f");
    CHECK(runs[6].text == "g");
}

TEST_CASE("a JSON tree stands with its root open and the rest folded", "[ui][json]")
{
    auto const tree = JsonTree::parse(R"({"a":[1,2],"b":{},"c":{"d":null}})");
    REQUIRE(tree);
    auto const shown = [&](std::set<std::pair<Section, std::uint32_t>> const& toggled) {
        Strings rows;
        for (JsonRow const& row : rows_of(*tree, {toggled, Section::Output, 10})) {
            JsonView const value = tree->at(row.node);
            rows.push_back(std::string{row.closing ? "/" : ""} + std::string{value.key()} + (row.open ? "+" : ""));
        }
        return rows;
    };
    CHECK(shown({}) == Strings{"+", "a", "b", "c", "/+"});
    CHECK(shown({{Section::Output, 10}}) == Strings{""});
    CHECK(shown({{Section::Input, 11}}) == Strings{"+", "a", "b", "c", "/+"});
    CHECK(shown({{Section::Output, 11}}) == Strings{"+", "a+", "", "", "/a+", "b", "c", "/+"});
}
