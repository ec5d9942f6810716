#include "shared/base/bidi.h"
#include "shared/base/unicode.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace pev;

namespace {

std::string seen(std::string_view text)
{
    std::string line;
    for (LineCharacter const& at : order_line(text))
        append_utf8(line, at.character);
    return line;
}

} // namespace

TEST_CASE("text that runs from right to left is ordered for the eye, numbers and other scripts in it stay", "[bidi]")
{
    // Hebrew letters stand for themselves: א is written first.
    for (auto const& [written, wanted] : {
             std::pair{"plain (text) 1.5", "plain (text) 1.5"},
             std::pair{"אבג", "גבא"},
             std::pair{"step אבג ends", "step גבא ends"},
             std::pair{"אבג step", "step גבא"},
             std::pair{"אב 12.5 ג", "ג 12.5 בא"},
             std::pair{"(אב)", "(בא)"},
             std::pair{"אב (test) 12", "12 (test) בא"},
             std::pair{"test (אב) 12", "test (בא) 12"},
             std::pair{"אב a (b) ג", "ג a (b) בא"},
             std::pair{"אב) a(", ")a (בא"}, // no pair
             std::pair{"v2 אב", "v2 בא"},
             std::pair{"אב, גד!", "!דג ,בא"},
             std::pair{"a אב 50% ג b", "a ג 50% בא b"},
             std::pair{"x\u202E אב", "x בא"}, // overrides turn nothing around
             std::pair{"12:30", "12:30"},
             std::pair{"", ""},
         }) {
        INFO(written);
        CHECK(seen(written) == wanted);
    }
}

TEST_CASE("Arabic letters take the forms that they have beside each other", "[bidi]")
{
    CHECK(seen("م") == "\uFEE1");
    CHECK(seen("مرحلة") == "\uFE94\uFEE0\uFEA3\uFEAE\uFEE3"); // final, medial, initial, final, initial
    CHECK(seen("سلام") == "\uFEE1\uFEFC\uFEB3"); // lam and alef are one
    CHECK(seen("لا") == "\uFEFB");
    CHECK(seen("بَب") == "\uFE90\uFE91\u064E"); // a vowel sign stays with its letter and parts nothing
    CHECK(seen("گپ") == "\uFB57\uFB94"); // Persian
    CHECK(seen("ب 2 ب") == "\uFE8F 2 \uFE8F");
}

TEST_CASE("only what needs it is told to run from right to left", "[bidi]")
{
    CHECK_FALSE(has_right_to_left("多语言 шаг ñ – 🧪"));
    CHECK(has_right_to_left("latin then שלב"));
    CHECK(has_right_to_left("مرحلة"));
    CHECK(has_right_to_left("ﷺ"));
    CHECK_FALSE(has_right_to_left("\xFF\xD7"));
}

TEST_CASE("what shows nothing is known as such", "[unicode]")
{
    for (auto const* const nothing : {"", "  ", "\n\t\x7f", "\u200B\u202E\uFEFF", "\u00A0\u3000"})
        CHECK(shows_nothing(nothing));
    for (auto const* const something : {"a", " . ", "\u200Bx", "🏳", "\xFF"})
        CHECK_FALSE(shows_nothing(something));
}

TEST_CASE("characters are read from UTF-8 and written back", "[unicode]")
{
    std::string const text = "aé日🤖";
    std::string copy;
    for (std::string_view rest = text; !rest.empty();)
        append_utf8(copy, next_character(rest));
    CHECK(copy == text);
    std::string_view broken = "\xE2\x82";
    CHECK(next_character(broken) == 0xFFFD);
    CHECK(broken.empty()); // one sequence that was cut short
    std::string replaced;
    append_utf8(replaced, 0xD800);
    CHECK(replaced == "\uFFFD");
}
