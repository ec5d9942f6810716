#include "shared/view/needle.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace pev;

namespace {

constexpr std::string_view kAcute = "\u0301";

// What of `text` is found, "-" where nothing is.
std::string found(std::string_view text, std::string_view wanted, Spelling spelling = Spelling::Plain)
{
    auto const place = Needle{wanted, spelling}.find(text);
    return place ? std::string{text.substr(place->begin, place->end - place->begin)} : "-";
}

std::string with(std::string_view before, std::string_view mark, std::string_view behind = {})
{
    return std::string{before}.append(mark).append(behind);
}

} // namespace

TEST_CASE("search ignores case, in the letters of all languages", "[needle]")
{
    for (auto const& [text, wanted] : {std::pair{"ÉTÉ À LYON", "été à lyon"}, std::pair{"ШАГ ЁЛКА", "шаг ёлка"},
             std::pair{"ŁÓDŹ Žižkov", "łódź žižkov"}, std::pair{"ĿL", "ŀl"}, std::pair{"ΠΡΟΣ ΟΛΟΥΣ", "προς ολους"},
             std::pair{"STRASSE", "straße"}, std::pair{"GRÜẞE", "grüsse"}, std::pair{"ԲԱՐԵՒ", "բարեւ"},
             std::pair{"ﬁnal oﬀice", "FINAL OFFICE"}, std::pair{"İSTANBUL", "istanbul"}, std::pair{"𐐀𐐁", "𐐨𐐩"},
             std::pair{"ᏣᎳᎩ", "ꮳꮃꭹ"}, std::pair{"ᾼ", "αι"}, std::pair{"K Å Ω", "k å ω"}}) {
        INFO(text << " and " << wanted);
        CHECK(found(text, wanted) == text);
        CHECK(found(wanted, text) == wanted);
    }
    CHECK(found("один", "Г") == "-");
    CHECK(found("claim", "claims") == "-");
    CHECK(found("ısparta", "i") == "-"); // another letter
}

TEST_CASE("what is found covers whole characters of the text as it is written", "[needle]")
{
    CHECK(found("Die Straße dort", "strasse") == "Straße");
    CHECK(found("Die Straße dort", "STRAS") == "Straß");
    CHECK(found("Die Straße dort", "se d") == "ße d");
    CHECK(found("a ﬁn", "in") == "ﬁn");
    CHECK(found("ﬃ", "f") == "ﬃ");
    CHECK(found("x İx", "i") == "İ");
    Needle const s{"s"};
    CHECK(s.find("ßs") == Found{0, 2});
    CHECK(s.find("ßs", 2) == Found{2, 3});
    CHECK_FALSE(s.find("ß", 2));
}

TEST_CASE("a letter is found however it is composed", "[needle]")
{
    std::string const apart = with("caf"
                                   "e",
        kAcute, " noir");
    CHECK(found(apart, "CAFÉ") == with("cafe", kAcute));
    CHECK(found("un Café noir", with("cafe", kAcute)) == "Café");
    CHECK(found(apart, "café n") == with("cafe", kAcute, " n"));
    // Marks in another order, and one that is composed already.
    std::string_view const wanted = "Việt";
    for (std::string_view const text :
        {"Vi\u1EC7t", "Vie\u0323\u0302t", "Vie\u0302\u0323t", "Vi\u00EA\u0323t", "VI\u1EB8\u0302T"})
        CHECK(found(text, wanted) == text);
    CHECK(found("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국") == "\u1112\u1161\u11AB\u1100\u116E\u11A8");
    CHECK(found("한국어", "\u1112\u1161\u11AB\u1100\u116E\u11A8") == "한국");
    CHECK(found("カ\u3099ス", "ガス") == "カ\u3099ス");
    CHECK(found("豈", "\uF900") == "豈"); // one of the characters that stand for others
}

TEST_CASE("a letter is found whole: not by its base, a syllable not by its beginning", "[needle]")
{
    for (std::string_view const text : {"café", "cafe\u0301"}) {
        CHECK(found(text, "cafe") == "-");
        CHECK(found(text, "caf") == "caf");
    }
    CHECK(found("각", "가") == "-");
    CHECK(found("\u1100\u1161\u11A8", "가") == "-");
    CHECK(found("か\u3099", "か") == "-");
    // Points of Arabic and Hebrew, and tones of Thai, make no other letters.
    CHECK(found("محمدٌ", "محمد") == "محمد");
    CHECK(found("กู่", "ก") == "ก");
    CHECK(found("x\u0308\u0301", "x") == "-");
}

TEST_CASE("a needle is looked for from a place on, and before another", "[needle]")
{
    for (std::size_t before = 0; before < 20; ++before) {
        std::string const text = std::string(before, '.') + "NeEdLe" + std::string(before % 9, '.');
        CHECK(Needle{"needle"}.find(text) == Found{before, before + 6});
        CHECK_FALSE(Needle{"needles"}.is_in(text));
        CHECK_FALSE(Needle{"n"}.find(text, before + 1));
        CHECK(Needle{"needle"}.find(text, 0, before + 1));
        CHECK_FALSE(Needle{"needle"}.find(text, 0, before));
    }
    CHECK(Needle{"aaab"}.find("aab aaab") == Found{4, 8});
    CHECK(Needle{"ログ"}.find("日本語のログ") == Found{12, 18});
    CHECK(Needle{"one"}.find("one two one", 1) == Found{8, 11});
    CHECK_FALSE(Needle{""}.is_in("anything"));
    CHECK_FALSE(Needle{"a"}.is_in(""));
}

TEST_CASE("broken and hostile text is searched as it comes", "[needle]")
{
    CHECK(found("\xC3", "ã") == "-");
    CHECK(found("\xFF\xFE needle \xF0\x9F", "needle") == "needle");
    CHECK(found(with("a\xCC", "z"), "z") == "z");
    std::string heaped = "e"; // ten thousand accents on one letter
    for (int i = 0; i < 10'000; ++i)
        heaped += i % 2 == 0 ? "\u0301" : "\u0323";
    CHECK(found(heaped + "needle", "needle") == "needle");
    CHECK(found(heaped, "e") == "-");
}

TEST_CASE("in JSON escapes are read, and found as they are written too", "[needle]")
{
    auto const in_json
        = [](std::string_view text, std::string_view wanted) { return found(text, wanted, Spelling::Json); };
    CHECK(in_json(R"({"a":"Stra\u00dfe"})", "STRASSE") == R"(Stra\u00dfe)");
    CHECK(in_json(R"("cafe\u0301")", "café") == R"(cafe\u0301)");
    CHECK(in_json(R"("cafe\u0301")", "cafe") == "-");
    CHECK(in_json(R"("\ud83d\ude00")", "😀") == R"(\ud83d\ude00)");
    CHECK(in_json(R"("one\ntwo")", "one two") == R"(one\ntwo)");
    CHECK(in_json(R"("one\ntwo")", R"(e\nt)") == R"(e\nt)");
    CHECK(in_json(R"("a\"b")", R"(a"b)") == R"(a\"b)");
    CHECK(in_json(R"("\u00e9")", R"(\u00E9)") == R"(\u00e9)");
    CHECK(in_json(R"("\\u00e9")", "é") == "-"); // a backslash, and letters
    CHECK(in_json(R"("\\u00e9")", R"(\u00e9)") == R"(\\u00e9)");
    CHECK(in_json(R"("plain")", "PLAIN") == "plain");
    CHECK(in_json("\"broken\\", "\\") == "\\");
}
