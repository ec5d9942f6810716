#include "shared/view/text_selection.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace pev;

namespace {

TextRange at(std::size_t line, std::size_t from, std::size_t to)
{
    return {{line, from}, {line, to}};
}

std::string word(std::string_view text, std::size_t byte)
{
    WordBounds const bounds = word_at(text, byte);
    return std::string{text.substr(bounds.begin, bounds.end - bounds.begin)};
}

} // namespace

TEST_CASE("a drag selects between where it began and where it is, in either direction", "[selection]")
{
    TextSelection selection;
    CHECK(selection.empty());
    selection.begin(at(5, 3, 3));
    CHECK(selection.empty());
    selection.drag(at(7, 1, 1));
    CHECK(selection.range() == TextRange{{5, 3}, {7, 1}});
    selection.drag(at(2, 9, 9));
    CHECK(selection.range() == TextRange{{2, 9}, {5, 3}});
    CHECK(selection.caret() == TextPoint{2, 9});
}

TEST_CASE("a drag after a double click takes in whole words, and keeps the first", "[selection]")
{
    TextSelection selection;
    selection.begin(at(0, 10, 15));
    selection.drag(at(0, 20, 24));
    CHECK(selection.range() == at(0, 10, 24));
    selection.drag(at(0, 2, 6));
    CHECK(selection.range() == at(0, 2, 15));
    selection.drag(at(0, 10, 15));
    CHECK(selection.range() == at(0, 10, 15));
}

TEST_CASE("Shift moves one end and leaves the other", "[selection]")
{
    TextSelection selection;
    selection.begin(at(1, 4, 4));
    selection.extend({3, 0});
    CHECK(selection.range() == TextRange{{1, 4}, {3, 0}});
    selection.extend({0, 2});
    CHECK(selection.range() == TextRange{{0, 2}, {1, 4}});
    selection.extend({1, 4});
    CHECK(selection.empty());
}

TEST_CASE("a line knows which part of it is selected", "[selection]")
{
    TextRange const range{{2, 4}, {5, 3}};
    CHECK(range.in_line(1, 10).end == 0);
    auto const first = range.in_line(2, 10);
    CHECK(first.begin == 4);
    CHECK(first.end == 10);
    CHECK(first.through);
    auto const middle = range.in_line(3, 0);
    CHECK(middle.begin == middle.end);
    CHECK(middle.through);
    auto const last = range.in_line(5, 10);
    CHECK(last.begin == 0);
    CHECK(last.end == 3);
    CHECK_FALSE(last.through);
    CHECK(range.in_line(6, 10).end == 0);
    CHECK(range.in_line(2, 1).end == 1); // a line that has become shorter
}

TEST_CASE("a double click takes a word as people mean it", "[selection]")
{
    CHECK(word("attempt 2 of 3 on worker-3.", 19) == "worker-3");
    CHECK(word("rate 0.72, not 1", 6) == "0.72");
    CHECK(word("(see HTTP_502)", 6) == "HTTP_502");
    CHECK(word("Überprüfung läuft", 0) == "Überprüfung");
    CHECK(word("a = b", 2) == "=");
    CHECK(word("a   b", 2) == "   ");
    CHECK(word("end.", 3) == "end.");
    CHECK(word("word", 4) == "word");
    CHECK(word("", 0).empty());
}
