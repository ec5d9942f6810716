#include "shared/base/text.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace pev;

TEST_CASE("step keys are percent-encoded for paths and come back", "[text]")
{
    CHECK(percent_encode("a/b c?#%") == "a%2Fb%20c%3F%23%25");
    CHECK(percent_encode("schön_1.~-") == "sch%C3%B6n_1.~-");
    CHECK(percent_decode(percent_encode("a/b c?#% ö\n")) == "a/b c?#% ö\n");
    CHECK(percent_decode("100%, %4, %zz, %41") == "100%, %4, %zz, A");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_decode("a+b", true) == "a b");
}

TEST_CASE("broken UTF-8 is replaced as browsers do it, good UTF-8 stays", "[text]")
{
    static constexpr std::string_view kReplaced = "\xEF\xBF\xBD";
    CHECK(repair_utf8("Привет 🤖") == "Привет 🤖");
    CHECK(repair_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(repair_utf8("\xC3") == "\xEF\xBF\xBD");
    CHECK(repair_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); // half a surrogate pair
    CHECK(repair_utf8("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD"); // overlong
    // A sequence that is cut short is one character that could not be read.
    CHECK(repair_utf8("\xE2\x82"
                      "z")
        == std::string{kReplaced} + "z");
    CHECK(repair_utf8("\xF0\x9F\x98") == kReplaced);
    CHECK(repair_utf8("\xF0\x9F\xF0\x9F\xA4\x96") == std::string{kReplaced} + "🤖");
    CHECK(repair_utf8("\xF4\x90\x80\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); // above U+10FFFF
    CHECK(is_utf8("ö"));
    CHECK_FALSE(is_utf8("\xF5\x80\x80\x80"));
}

TEST_CASE("names of protocols are compared in lower case, and nothing else of them changes", "[text]")
{
    CHECK(ascii_lower("Content-TYPE: É") == "content-type: É");
}

TEST_CASE("a list shows one line of any text", "[text]")
{
    CHECK(one_line("two\nlines\t and \x1b[31mred", 80) == "two lines and red");
    CHECK(one_line("  edges  ", 80) == "edges");
    CHECK(one_line("äöüß", 3) == "äöü…");
    CHECK(one_line("äöü", 3) == "äöü");
    CHECK(one_line("ab cd", 3) == "ab…");
    CHECK(one_line("", 3).empty());
}
