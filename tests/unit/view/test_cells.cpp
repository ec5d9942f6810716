#include "shared/view/cells.h"
#include "shared/view/text_rows.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;

TEST_CASE("characters take the columns that a terminal gives them", "[cells]")
{
    CHECK(count_columns("abc") == 3);
    CHECK(count_columns("äöü") == 3);
    CHECK(count_columns("日本語") == 6);
    CHECK(count_columns("🚀!") == 3);
    CHECK(count_columns("e\u0301") == 1); // a letter and its accent
    CHECK(count_columns("a\u200Bb") == 2);
    CHECK(count_columns("⚙\uFE0F") == 2); // a sign as a picture
    CHECK(count_columns("a\tb") == 9);
    CHECK(count_columns("\x01\x7f") == 2);
    CHECK(count_columns("\xFF\xC3") == 2); // broken UTF-8: a mark for each byte
    CHECK(count_columns("") == 0);
}

TEST_CASE("marks take no column, whatever the script", "[cells]")
{
    CHECK(count_columns("ภาษาไทย ที่ น้ำ|") == 13);
    CHECK(count_columns("שָׁלוֹם|") == 5);
    CHECK(count_columns("مُحَمَّد|") == 5);
    CHECK(count_columns("g̈ Z͑ͫ|") == 4);
    CHECK(count_columns("क्त|") == 3);
    CHECK(count_columns("ខ្មែរ|") == 5); // a vowel sign beside its letter has one
    CHECK(count_columns("\U0001E4EC\U0001E5EE") == 0); // of Unicode 15 and 16
}

TEST_CASE("letters of Hangul that make a syllable are as wide as the syllable", "[cells]")
{
    std::string const letters = "\u1112\u1161\u11AB\u1100\u1173\u11AF|";
    CHECK(count_columns(letters) == count_columns("한글|"));
    CellWalker walker{letters};
    REQUIRE(walker.next());
    CHECK(walker.code() == U'한');
    CHECK(walker.end() == 9);
    CHECK(next_boundary(letters, 0) == 9);
    CHECK(count_columns("하\u11AB|") == 3); // an open syllable and its end
    CHECK(count_columns("\u1112|") == 3); // alone
}

TEST_CASE("emoji are wide, alone and where a selector asks for them", "[cells]")
{
    CHECK(count_columns("1\uFE0F\u20E3") == 2);
    CHECK(count_columns("❤\uFE0F") == 2);
    CHECK(count_columns("a\uFE0F") == 1);
    CHECK(count_columns("🇩🇪") == 4); // drawn as two letters
    CHECK(count_columns("\U0001FAE9") == 2); // of Unicode 16
    CHECK(count_columns("Ａ…§ﾊ") == 5);
}

TEST_CASE("columns and bytes lead to each other", "[cells]")
{
    std::string const text = "aä日\tz";
    CHECK(column_of(text, 0) == 0);
    CHECK(column_of(text, 1) == 1);
    CHECK(column_of(text, 3) == 2);
    CHECK(column_of(text, 6) == 4);
    CHECK(column_of(text, 7) == 8);
    CHECK(byte_at(text, 0) == 0);
    CHECK(byte_at(text, 1) == 1);
    CHECK(byte_at(text, 2) == 3);
    CHECK(byte_at(text, 3) == 3); // the second half of a wide character
    CHECK(byte_at(text, 5) == 6); // within the tab
    CHECK(byte_at(text, 99) == text.size());
    ColumnCursor cursor{text};
    for (std::size_t const byte : {0U, 1U, 3U, 6U, 7U, 8U})
        CHECK(cursor.column_of(byte) == column_of(text, byte));
}

TEST_CASE("the pointer is between the two characters that it is nearest to", "[cells]")
{
    CHECK(byte_near("abc", -3) == 0);
    CHECK(byte_near("abc", 0.4) == 0);
    CHECK(byte_near("abc", 0.6) == 1);
    CHECK(byte_near("abc", 99) == 3);
    CHECK(byte_near("日本", 0.9) == 0);
    CHECK(byte_near("日本", 1.1) == 3);
    CHECK(byte_near("e\u0301x", 0.7) == 3);
}

TEST_CASE("boundaries between characters keep together what belongs together", "[cells]")
{
    std::string const text = "e\u0301⚙\uFE0Fz";
    std::vector<std::size_t> forth;
    for (std::size_t at = 0; at < text.size(); at = next_boundary(text, at))
        forth.push_back(at);
    CHECK(forth == std::vector<std::size_t>{0, 3, 9});
    std::vector<std::size_t> back;
    for (std::size_t at = text.size(); at > 0;) {
        at = previous_boundary(text, at);
        back.push_back(at);
    }
    CHECK(back == std::vector<std::size_t>{9, 3, 0});
    CHECK(next_boundary("", 0) == 0);
    CHECK(previous_boundary("abc", 0) == 0);
}

TEST_CASE("plain text is ASCII that can be seen", "[cells]")
{
    CHECK(is_plain("plain text"));
    CHECK(is_plain(""));
    CHECK_FALSE(is_plain("tab\t"));
    CHECK_FALSE(is_plain("line\nbreak"));
    CHECK_FALSE(is_plain("ö"));
    CHECK_FALSE(is_plain("\x7f"));
}

TEST_CASE("text breaks into rows that hold all of it", "[cells]")
{
    TextRows rows;
    std::string const text = "abcdef\n\nxy";
    CHECK(rows.update(text, 1, 4));
    REQUIRE(rows.size() == 4);
    CHECK(rows.start(1) == 4);
    CHECK(rows.start(2) == 7);
    CHECK(rows.start(3) == 8);
    CHECK(rows.row_of(0) == 0);
    CHECK(rows.row_of(5) == 1);
    CHECK(rows.row_of(9) == 3);
    CHECK(count_rows("", 10) == 1);
    CHECK(count_rows("日本語", 4) == 2);
    CHECK(count_rows("日", 1) == 1);
    CHECK(count_rows("abcd", 4) == 1);
    CHECK(count_rows("abcde", 4) == 2);
    CHECK(count_rows("a\tb", 8) == 2);
}

TEST_CASE("a long text is broken into rows in portions", "[cells]")
{
    std::string const text(10u << 20, 'x');
    TextRows rows;
    int portions = 1;
    while (!rows.update(text, 1, 100))
        ++portions;
    CHECK(portions > 1);
    CHECK(portions < 10);
    CHECK(rows.size() == (text.size() + 99) / 100);
    CHECK(rows.update(text, 1, 100));
    CHECK(rows.size() == (text.size() + 99) / 100);
}
