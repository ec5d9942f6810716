#include "shared/base/terminal_text.h"

#include "shared/base/escapes.h"
#include "shared/base/text.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;
using namespace std::string_literals;

namespace {

std::string shown(std::string_view text)
{
    return resolve_terminal(text).text;
}

TerminalColor palette(std::uint8_t number)
{
    return {TerminalColor::Kind::Palette, number};
}

TerminalColor by_rgb(std::uint8_t r, std::uint8_t g, std::uint8_t b)
{
    return {TerminalColor::Kind::Rgb, r, g, b};
}

// What is set before the word "here", from nothing.
TerminalStyle style_at(std::string_view text)
{
    TerminalText const all = resolve_terminal(text);
    auto const here = all.text.find("here");
    REQUIRE(here != std::string::npos);
    TerminalStyle style;
    for (StyleRun const& run : all.runs) {
        if (run.begin <= here)
            style = run.style;
    }
    return style;
}

} // namespace

TEST_CASE("text that was written over is not shown", "[terminal]")
{
    CHECK(shown("\r  0% |          |\r 10% |#         |\r100% |##########|") == "100% |##########|");
    CHECK(shown("First line\rSecond") == "Secondline");
    CHECK(shown("12345\rab") == "ab345");
    CHECK(shown("abc\r\nd") == "abc\nd");
    CHECK(shown("abc\r\r\nd") == "abc\nd");
    CHECK(shown("\rabc") == "abc");
    CHECK(shown("a\r\rb") == "b");
    CHECK(shown("abc\r") == "abc");
    CHECK(shown("one\ntwo\rT\nthree") == "one\nTwo\nthree");
    CHECK(shown("⠋\b⠙\b⠹\b done") == " done");
    CHECK(shown("Loading... |\b/\b-\b\\\b|\bok") == "Loading... ok");
    CHECK(shown("user\b\b\b\broot") == "root");
    CHECK(shown("\b\babc") == "abc");
    CHECK(shown("N\bNA\bAM\bME\bE") == "NAME");
    CHECK(shown("_\bu_\bn_\bd") == "und");
}

TEST_CASE("the cursor moves within its line by columns", "[terminal]")
{
    CHECK(shown("long text\x1b[3Dxyz") == "long txyz"); // what was written over ends here
    CHECK(shown("col\x1b[10Gumn") == "col      umn");
    CHECK(shown("col\x1b[10`umn") == "col      umn");
    CHECK(shown("a\x1b[3Cb") == "a   b");
    CHECK(shown("a\x1b[Cb") == "a b");
    CHECK(shown("a\x1b[0Cb") == "a b");
    CHECK(shown("abc\x1b[99Dx") == "xbc");
    CHECK(shown("abc\x1b[;Gx") == "xbc");
    CHECK(shown("ab\x1b[sc\x1b[uX") == "abX");
    CHECK(shown("ab\x1b"
                "7cd\x1b"
                "8X")
        == "abXd");
    CHECK(shown("x\x1b[3bo") == "xxxxo");
    CHECK(shown("\x1b[120Gx") == std::string(119, ' ') + "x");
    // Further than any screen is to its edge, wherever that is.
    CHECK(shown("ok\x1b[999C\x1b[6D[done]") == "ok" + std::string(71, ' ') + "[done]");
    CHECK(shown("\x1b[9999;9999H\x1b[6nx") == std::string(79, ' ') + "x");
    CHECK(shown(std::string(100, '-') + "\r\x1b[9999Gx") == std::string(99, '-') + "x");
}

TEST_CASE("what is erased is gone, and what was never written is no space", "[terminal]")
{
    CHECK(shown("one\x1b[K\rtwo\x1b[K\rthree\x1b[K") == "three");
    CHECK(shown("downloading 10%\r\x1b[2Kdownloading 100%") == "downloading 100%");
    CHECK(shown("abcdef\x1b[3D\x1b[K") == "abc");
    CHECK(shown("abcdef\x1b[3D\x1b[0K!") == "abc!");
    CHECK(shown("abcdef\x1b[3D\x1b[1K") == "    ef");
    CHECK(shown("abcdef\x1b[2K") == "");
    CHECK(shown("abcdef\x1b[2K!") == "      !");
    CHECK(shown("abcdef\r\x1b[2X") == "  cdef");
    CHECK(shown("abcdef\r\x1b[99X") == "");
    CHECK(shown("abcdef\r\x1b[2P") == "cdef");
    CHECK(shown("abcdef\r\x1b[2@") == "  abcdef");
    CHECK(shown("\x1b[2J\x1b[Hcleared") == "cleared");
    CHECK(shown("old\nolder\x1b[2J\x1b[Hnew") == "new");
    CHECK(shown("text\x1b[5C") == "text");
    // What a terminal keeps above its screen is not here, and what no terminal knows erases nothing.
    CHECK(shown("old\x1b[3J\x1b[9J\x1b[9K\x1b[H!") == "!ld");
    CHECK(shown("one\ntwo\nthree\x1b[2;2H\x1b[3J") == "one\ntwo\nthree");
}

TEST_CASE("halves of wide characters become spaces", "[terminal]")
{
    CHECK(shown("日本\b\b中") == "日中");
    CHECK(shown("日本\b中") == "日 中"); // from the middle of 本 on
    CHECK(shown("日本\rx") == "x 本");
    CHECK(shown("日本\x1b[2Gx") == " x本");
    CHECK(shown("日本\r\x1b[P") == " 本");
    CHECK(shown("ab\r日") == "日");
    CHECK(shown("a\u0301b\rx") == "xb"); // a mark goes with its letter
    CHECK(shown("ab\re\u0301") == "e\u0301b");
    CHECK(shown("❤\uFE0Fx\rab") == "abx");
    CHECK(shown("한x\rab") == "abx"); // conjoining letters
    // Also one of another colour, but not behind a move.
    CHECK(shown("cafe\x1b[31m\u0301\x1b[0m x\b\bX") == "cafe\u0301Xx");
    CHECK(shown("e\x1b[31m\u0323\x1b[32m\u0301x\rX") == "Xx");
    CHECK(shown("e\x1b]8;;http://a\a\u0301\bX") == "X");
    CHECK(shown("ab\b\x1b[31m\u0301c") == "ac");
}

TEST_CASE("tabs lead to every eighth column, over what is written there", "[terminal]")
{
    CHECK(shown("a\tb\rxy") == "xy      b"); // what is left of a tab is spaces
    CHECK(shown("abcdefghij\r\tX") == "abcdefghXj");
    CHECK(shown("a\tb\r\x1b[5Gx") == "a   x   b");
    CHECK(shown("abc\x1b[Ix") == "abc     x");
    CHECK(shown("abcdefghij\x1b[Zx") == "abcdefghxj");
    CHECK(shown("a\tb") == "a\tb");
    // Where characters move, a tab goes on to reach as far as it did.
    CHECK(shown("abc\tdef\r\x1b[2P") == "c     def");
    CHECK(shown("abc\tdef\r\x1b[1@") == " abc     def");
    CHECK(shown("abc\tdef\x1b[5G\x1b[1P") == "abc    def");
}

TEST_CASE("a text of several lines is a screen of its own", "[terminal]")
{
    // As of a download in several layers.
    CHECK(shown("a: 1%\nb: 1%\n\x1b[2A\x1b[2K\ra: 50%\x1b[2B\r\x1b[1A\x1b[2K\rb: 99%\x1b[1B\r") == "a: 50%\nb: 99%");
    CHECK(shown("one\ntwo\x1b[FONE") == "ONE\ntwo");
    CHECK(shown("one\ntwo\x1b[1;2Hx") == "oxe\ntwo");
    CHECK(shown("one\ntwo\x1b[A\r\x1b[J!") == "!");
    CHECK(shown("a\vb\fc") == "a\n b\n  c");
    CHECK(shown("a\x1b"
                "Eb")
        == "a\nb");
    CHECK(shown("a\u0085b") == "a\nb");
    // Above it there is nothing to be erased, and what is written there is not lost.
    CHECK(shown("Progress: resolved 1\x1b[1A\x1b[2K") == "Progress: resolved 1");
    CHECK(shown("\x1b[1A\x1b[2KProgress: resolved 20, done") == "Progress: resolved 20, done");
    CHECK(shown("abc\x1b[A\rxyz") == "xyz\nabc");
}

TEST_CASE("control characters without a meaning here are not shown", "[terminal]")
{
    CHECK(shown("a\0b\x7f"
                "c\a\x0e\x0f"s)
        == "abc");
    CHECK(shown("a\u0080\u0091b\u009Fx") == "abx"); // the last one begins a string that has no end
    CHECK(has_controls("a\u009Bb"));
    CHECK_FALSE(has_controls("a\tb\nç ° » \u00A0"));
}

TEST_CASE("nothing is shown of control strings, however they end", "[terminal]")
{
    for (std::string const begin :
        {"\x1b]0;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\u009D8;;", "\u0090", "\u009F", "\u009E", "\u0098"}) {
        for (std::string const end : {"\a", "\x1b\\", "\u009C"})
            CHECK(shown("before " + begin + "payload; more" + end + "after") == "before after");
    }
    CHECK(shown("a\x1bPtmux;\x1b\x1b]0;title\a\x1b\\b") == "ab");
    CHECK(shown("a\x1bPtmux;\x1b\x1b]8;;http://x\x1b\x1b\\\x1b\\b") == "ab");
    CHECK(shown("a\x1bP\x1b]0;title\a\x1b\\b") == "ab");
    CHECK(shown("\x1b]P7d0d0d0\x1b]P1cc2222the palette has no terminator") == "the palette has no terminator");
    CHECK(shown("\x1b]Print") == "Print");
    CHECK(shown("a\x1bkb") == "ab");
}

TEST_CASE("text behind a control string that has no end is shown", "[terminal]")
{
    CHECK(shown("\x1b]0;a title without an end") == "a title without an end");
    CHECK(shown("\x1b]0;title\nnext line\a") == "title\nnext line");
    CHECK(shown("\x1b]2;title \x1b[31mred\x1b[0m") == "title red");
    CHECK(shown("\x1bPtext") == "text");
    CHECK(shown("\x1b_text\x1b") == "text");
    CHECK(shown("\u0090text") == "text");
    CHECK(shown("a\x1b]0;ti\x18tle") == "atle"); // cancelled
    CHECK(shown("a\x1b[31") == "a");
    CHECK(shown("a\x1b[31ä") == "aä");
}

TEST_CASE("colours are set by what SGR says, and by nothing else", "[terminal]")
{
    CHECK(style_at("\x1b[31;1mhere") == TerminalStyle{.ink = palette(1), .ground = {}, .bold = true});
    CHECK(style_at("\u009B31mhere") == TerminalStyle{.ink = palette(1), .ground = {}});
    CHECK(style_at("\x1b[97;104mhere") == TerminalStyle{.ink = palette(15), .ground = palette(12)});
    CHECK(style_at("\x1b[2;3;4;7;9mhere")
        == TerminalStyle{
            .ink = {}, .ground = {}, .dim = true, .italic = true, .underline = true, .inverse = true, .strike = true});
    CHECK(style_at("\x1b[1;2;3;4;7;9m\x1b[22;23;24;27;29mhere") == TerminalStyle{});
    CHECK(style_at("\x1b[31;42m\x1b[39;49mhere") == TerminalStyle{});
    CHECK(style_at("\x1b[31m\x1b[mhere") == TerminalStyle{});
    CHECK(style_at("\x1b[1;31m\x1b[;32mhere") == TerminalStyle{.ink = palette(2), .ground = {}});
    CHECK(style_at("\x1b[31;mhere") == TerminalStyle{});
    CHECK(style_at("\x1b[1;21mhere") == TerminalStyle{.ink = {}, .ground = {}, .bold = true, .underline = true});
    CHECK(style_at("\x1b[1;31m\x1b"
                   "chere")
        == TerminalStyle{});
    for (std::string const sequence : {"[>4;2m", "[?4m", "[<1;31m", "[=1m", "[1 m", "[31 q", "[1;31h", "[1;31"})
        CHECK(style_at("\x1b" + sequence + "\there") == TerminalStyle{});
}

TEST_CASE("colours by numbers, with colons or semicolons, and underlines that have some", "[terminal]")
{
    TerminalStyle const orange{.ink = by_rgb(255, 120, 0), .ground = {}};
    CHECK(style_at("\x1b[38;2;255;120;0mhere") == orange);
    CHECK(style_at("\x1b[38:2::255:120:0mhere") == orange);
    CHECK(style_at("\x1b[38:2:255:120:0mhere") == orange);
    CHECK(style_at("\x1b[38:2:1:255:120:0mhere") == orange); // with a colour space
    CHECK(style_at("\x1b[38:5:208mhere") == TerminalStyle{.ink = palette(208), .ground = {}});
    CHECK(style_at("\x1b[48;5;17;1mhere") == TerminalStyle{.ink = {}, .ground = palette(17), .bold = true});
    CHECK(style_at("\x1b[31;4:3mhere") == TerminalStyle{.ink = palette(1), .ground = {}, .underline = true});
    CHECK(style_at("\x1b[4;31m\x1b[4:0mhere") == TerminalStyle{.ink = palette(1), .ground = {}});
    CHECK(style_at("\x1b[31;1;58:2::0:255:0;4mhere")
        == TerminalStyle{.ink = palette(1), .ground = {}, .bold = true, .underline = true});
    CHECK(style_at("\x1b[31;58;5;1mhere") == TerminalStyle{.ink = palette(1), .ground = {}});
    CHECK(style_at("\x1b[33;58;2;10;20;31m\x1b[59mhere") == TerminalStyle{.ink = palette(3), .ground = {}});
    CHECK(style_at("\x1b[38;5mhere") == TerminalStyle{});
    CHECK(style_at("\x1b[31;38;2;1;2mhere") == TerminalStyle{.ink = palette(1), .ground = {}});
    CHECK(style_at("\x1b[38;5;999mhere") == TerminalStyle{});
}

TEST_CASE("characters keep the style that they were written in, and the text says in which it ends", "[terminal]")
{
    TerminalText const text = resolve_terminal("\x1b[31mred\r\x1b[32mgr", {.ink = {}, .ground = {}, .bold = true});
    CHECK(text.text == "grd");
    CHECK(text.runs
        == std::vector<StyleRun>{{0, {.ink = palette(2), .ground = {}, .bold = true}},
            {2, {.ink = palette(1), .ground = {}, .bold = true}}});
    CHECK(text.end == TerminalStyle{.ink = palette(2), .ground = {}, .bold = true});
    TerminalText const later = resolve_terminal("plain \x1b[4mline");
    CHECK(later.runs == std::vector<StyleRun>{{0, {}}, {6, {.ink = {}, .ground = {}, .underline = true}}});
    CHECK(resolve_terminal("a\x1b[1K\rb\x1b[0m", {.ink = {}, .ground = {}, .dim = true}).runs.empty());
    for (std::string_view const lines : {"\x1b[31mred\n\x1b[1mbold", "a\rb\x1b[7m", "\x1b]0;\x1b[31m\a",
             "\x1b[31m\x1b"
             "c"})
        CHECK(style_behind(lines, {.ink = {}, .ground = {}, .dim = true})
            == resolve_terminal(lines, {.ink = {}, .ground = {}, .dim = true}).end);
}

TEST_CASE("what nobody wrote is plain, whatever stands around it", "[terminal]")
{
    TerminalStyle const underlined{.ink = {}, .ground = {}, .underline = true};
    TerminalText const gap = resolve_terminal("a\x1b[5Gb", underlined);
    CHECK(gap.text == "a   b");
    CHECK(gap.runs == std::vector<StyleRun>{{0, underlined}, {1, {}}, {4, underlined}});
    TerminalStyle const on_red{.ink = {}, .ground = palette(1)};
    TerminalText const erased = resolve_terminal("\x1b[0mabcdef\r\x1b[3X\x1b[6G|", on_red);
    CHECK(erased.text == "   de|");
    CHECK(erased.runs == std::vector<StyleRun>{{0, {}}});
}

TEST_CASE("with the cursor a terminal saves the style, and goes back to both", "[terminal]")
{
    TerminalStyle const dim{.ink = {}, .ground = {}, .dim = true};
    TerminalStyle const red{.ink = palette(1), .ground = {}};
    std::string const save = "\x1b"
                             "7";
    std::string const restore = "\x1b"
                                "8";
    TerminalText const back = resolve_terminal("x" + save + "\x1b[31mred" + restore + "Y");
    CHECK(back.text == "xYed");
    CHECK(back.runs == std::vector<StyleRun>{{0, {}}, {2, red}});
    CHECK(back.end == TerminalStyle{});
    for (std::string const& lines : {"a" + save + "\x1b[31mb" + restore, "a\x1b[31m\x1b[sb\x1b[0m\x1b[u"s,
             "\x1b[31ma" + restore, "\x1b[31m\x1b[!pa"s, save + "\x1b[!p" + restore}) {
        INFO(lines);
        CHECK(style_behind(lines, dim) == resolve_terminal(lines, dim).end);
    }
    CHECK(style_behind("\x1b[31ma" + restore, dim) == dim); // nothing was saved: as it began
    CHECK(style_behind("\x1b[31m\x1b[!pa", dim) == TerminalStyle{});
    CHECK(style_behind("\x1b[31m" + save + "\x1b[32m" + restore, {}) == red);
    CHECK(style_behind("\x1b[31m\x1b[>1u\x1b[?1s", {}) == red);
}

TEST_CASE("links say where in the text they are and where they lead", "[terminal]")
{
    CHECK(resolve_terminal("see \x1b]8;;https://x.test/1?a=b;c\x1b\\run 77\x1b]8;;\x1b\\ now").links
        == std::vector<LinkSpan>{{4, 10, "https://x.test/1?a=b;c"}});
    CHECK(resolve_terminal("\x1b]8;id=1;https://x.test/\athe \x1b[1mmanual\x1b]8;;\a.").links
        == std::vector<LinkSpan>{{0, 10, "https://x.test/"}});
    CHECK(resolve_terminal("\x1b]8;;http://a\aone\x1b]8;;http://b\atwo").links
        == std::vector<LinkSpan>{{0, 3, "http://a"}, {3, 6, "http://b"}});
    CHECK(resolve_terminal("\x1b]8;;\a\x1b]8;;\x1b\\nothing linked").links.empty());
    TerminalText const over = resolve_terminal("\x1b]8;;http://a\along link\x1b]8;;\a\rshort");
    CHECK(over.text == "shortlink");
    CHECK(over.links == std::vector<LinkSpan>{{5, 9, "http://a"}});
}

TEST_CASE("a text can ask for no more room than a screen has", "[terminal][hostile]")
{
    std::string far;
    for (int i = 0; i < 20'000; ++i)
        far += "\x1b[99999Cx\n";
    CHECK(shown(far).size() < (4U << 20U));
    std::string repeated;
    for (int i = 0; i < 20'000; ++i)
        repeated += "x\x1b[99999b\r\x1b[99999@\x1b[200;1H\x1b[A";
    CHECK(shown(repeated).size() < (8U << 20U));
    std::string up;
    for (int i = 0; i < 100'000; ++i)
        up += "\x1b[Ax";
    CHECK(shown(up).size() < 2 * up.size());
    std::string const strings = [] {
        std::string text;
        for (int i = 0; i < 200'000; ++i)
            text += i % 2 == 0 ? "\x1b]" : "\u0090";
        return text;
    }();
    CHECK(shown(strings).empty());
    // What stood further up than a screen stands as it was, whatever comes.
    std::string rows;
    for (int i = 0; i < 1'000; ++i)
        rows += std::to_string(i) + "\n";
    std::string const cleared = shown(rows + "\x1b[2J\x1b[Hnew");
    CHECK(cleared.starts_with("0\n1\n2\n"));
    CHECK(cleared.ends_with("\nnew"));
    // And a line that is longer than a screen is wide.
    std::string const wide(100'000, 'x');
    CHECK(shown(wide + "\ry").size() == wide.size());
}

TEST_CASE("tens of thousands of states are one line", "[terminal]")
{
    std::string text;
    for (int i = 0; i <= 30'000; ++i)
        text += "\r\x1b[32m" + std::to_string(i) + "/30000\x1b[0m ["
            + std::string(static_cast<std::size_t>(i / 500), '#') + "]\x1b[K";
    CHECK(shown(text) == "30000/30000 [" + std::string(60, '#') + "]");
    CHECK(one_line(text, 20) == "30000/30000 [#######…");
}
