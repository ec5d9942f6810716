#include "ui/inspector/ansi.h"
#include "ui/inspector/json_rows.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;
using namespace pev::ui;

namespace {

using Strings = std::vector<std::string>;

} // namespace

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
