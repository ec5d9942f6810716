#include "shared/base/bidi.h"
#include "shared/base/terminal_text.h"
#include "shared/base/text.h"
#include "shared/base/unicode.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("escape sequences are cut out whole, and nothing but them", "[text]")
{
    CHECK(without_escapes("\x1b[31;1mred\x1b[0m plain") == "red plain");
    CHECK(without_escapes("a\x1b]0;title\ab") == "ab");
    CHECK(without_escapes("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b") == "alinkb");
    CHECK(without_escapes("a\x1b(Bb\x1b"
                          "7c")
        == "abc");
    CHECK(without_escapes("a\x1b\nb") == "a\nb");
    CHECK(without_escapes("a\x1bäb") == "aäb");
    CHECK(without_escapes("a\x1b[") == "a");
    CHECK(without_escapes("a\x1b") == "a");
}

TEST_CASE("escape sequences are neither drawn nor told, wherever a text stands", "[text]")
{
    LineReader reader{"a\x1b[31mb"};
    std::u32string seen;
    while (!reader.done()) {
        if (char32_t const c = reader.next(); c != 0)
            seen += c;
    }
    CHECK(seen == U"ab");
    CHECK(one_line("\x1b[1mStep\x1b[0m\n\x1b[31mone", 20) == "Step one");
    CHECK(one_line("abc\x1b[0m", 3) == "abc");
    CHECK(shows_nothing("\x1b[31m \x1b[0m"));
}
