#include "ui/inspector/ansi.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;
using namespace pev::ui;

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
