#include "shared/view/links.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace pev;

namespace {

// The addresses in a text, as they stand there.
std::vector<std::string> shown(std::string_view text)
{
    std::vector<std::string> found;
    for (TextLink const& link : find_links(text, 0, text.size()))
        found.emplace_back(text.substr(link.begin, link.end - link.begin));
    return found;
}

std::string target(std::string_view text)
{
    auto const links = find_links(text, 0, text.size());
    return links.size() == 1 ? links[0].target.href : std::to_string(links.size()) + " links";
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("an address ends where people mean it to", "[view][links]")
{
    CHECK(shown("see https://example.com/a.") == Texts{"https://example.com/a"});
    CHECK(shown("(https://example.com/a)") == Texts{"https://example.com/a"});
    CHECK(shown("https://en.example/wiki/C_(language), and") == Texts{"https://en.example/wiki/C_(language)"});
    CHECK(shown("(at https://en.example/C_(language).)") == Texts{"https://en.example/C_(language)"});
    CHECK(shown("[text](https://example.com/a)b") == Texts{"https://example.com/a"});
    CHECK(shown("[https://example.com/a](https://example.com/b)")
        == Texts{"https://example.com/a", "https://example.com/b"});
    CHECK(shown("\"https://example.com/a\", 'https://example.com/b'")
        == Texts{"https://example.com/a", "https://example.com/b"});
    CHECK(shown("https://example.com/it's") == Texts{"https://example.com/it's"});
    CHECK(shown("<https://example.com/a>") == Texts{"https://example.com/a"});
    CHECK(shown("&lt;a href=&quot;https://example.com/?a=1&b=2&quot;&gt;") == Texts{"https://example.com/?a=1&b=2"});
    CHECK(shown("`https://example.com/a`") == Texts{"https://example.com/a"});
    CHECK(shown("**https://example.com/a**") == Texts{"https://example.com/a"});
    CHECK(shown("https://example.com/a?!;:") == Texts{"https://example.com/a"});
    CHECK(shown("https://example.com/a_") == Texts{"https://example.com/a_"});
    CHECK(shown("„https://example.com/a“ – «https://example.com/b»")
        == Texts{"https://example.com/a", "https://example.com/b"});
    CHECK(shown("http://a.example,https://b.example;http://c.example/x,y")
        == Texts{"http://a.example", "https://b.example", "http://c.example/x,y"});
    CHECK(shown("https://example.com/?next=http://other.example/")
        == Texts{"https://example.com/?next=http://other.example/"});
    CHECK(shown("http://localhost:3000: connection refused") == Texts{"http://localhost:3000"});
    CHECK(shown("at load (https://example.com/app.js:10:5)") == Texts{"https://example.com/app.js"});
    CHECK(shown("https://example.com/src/main.d.ts:10:5: error") == Texts{"https://example.com/src/main.d.ts"});
    CHECK(shown("at http://localhost:3000:10:5") == Texts{"http://localhost:3000"});
    CHECK(shown("https://ci.example/runs/2026-11-20T14:03:12") == Texts{"https://ci.example/runs/2026-11-20T14:03:12"});
    CHECK(shown("https://registry.example/v2/app:1:2") == Texts{"https://registry.example/v2/app:1:2"});
    CHECK(shown("https://registry.example/v1.2:1:2") == Texts{"https://registry.example/v1.2:1:2"});
    CHECK(shown("href=&#x27;https://example.com/?a=1&b=2&#x27; &apos;https://example.com/b&apos;")
        == Texts{"https://example.com/?a=1&b=2", "https://example.com/b"});
    CHECK(shown("https://example.com:8080/a:10") == Texts{"https://example.com:8080/a:10"});
    CHECK(shown("http://[::1]:8080/x] ") == Texts{"http://[::1]:8080/x"});
}

TEST_CASE("an address begins at its scheme", "[view][links]")
{
    CHECK(shown("xhttp://example.com").empty());
    CHECK(shown("git+https://example.com/a.git") == Texts{"https://example.com/a.git"});
    CHECK(shown("url=HTTPS://EXAMPLE.COM/A") == Texts{"HTTPS://EXAMPLE.COM/A"});
    CHECK(shown("http:// http://. https://:80 http:x http:/x").empty());
    CHECK(shown("javascript:alert(1) data:text/html,x file:///x ssh://x mailto:x@example.com").empty());
    CHECK(shown("12:30:01 http://example.com 12:30").size() == 1);
    CHECK(shown("").empty());
    CHECK(shown("http:").empty());
}

TEST_CASE("addresses beyond ASCII are found, and end before the next word where none uses spaces", "[view][links]")
{
    CHECK(shown("siehe http://bücher.example/straße.") == Texts{"http://bücher.example/straße"});
    CHECK(target("siehe http://bücher.example/straße.") == "http://xn--bcher-kva.example/stra%C3%9Fe");
    CHECK(shown("请看http://example.com。谢谢") == Texts{"http://example.com"});
    CHECK(shown("请看http://example.com谢谢") == Texts{"http://example.com"});
    CHECK(shown("「http://例え.テスト/」") == Texts{"http://例え.テスト/"});
    CHECK(shown("http://example.com/\xE2\x80\xAEtxt") == Texts{"http://example.com/"});
}

TEST_CASE("JSON's escapes within an address are read", "[view][links]")
{
    CHECK(shown(R"({"url":"http:\/\/example.com\/a?b=1\u0026c=2","x":1})")
        == Texts{R"(http:\/\/example.com\/a?b=1\u0026c=2)"});
    CHECK(target(R"("http:\/\/example.com\/a?b=1\u0026c=2")") == "http://example.com/a?b=1&c=2");
    CHECK(shown(R"(first\nhttps://example.com/a\nsecond)") == Texts{"https://example.com/a"});
    CHECK(shown(R"(\u003chttps://example.com/a\u003e)") == Texts{"https://example.com/a"});
    CHECK(shown(R"({\"url\":\"https://example.com/a\"})") == Texts{"https://example.com/a"});
    CHECK(shown(R"(http://example.com\@evil.example)") == Texts{"http://example.com"});
}

TEST_CASE("of a long text only what is asked for is looked at", "[view][links]")
{
    std::string text;
    constexpr int kCount = 100'000;
    for (int i = 0; i < kCount; ++i)
        text += "http://a.example/" + std::to_string(100'000 + i) + " ";
    auto const links = find_links(text, 24'000, 24'100);
    REQUIRE(links.size() == 5);
    CHECK(links.front().begin == 24'000);
    CHECK(links.front().target.href == "http://a.example/101000");

    // A part of an address, as a row shows it, leads to all of it.
    std::string const one = "see http://a.example/" + std::string(3'000, 'x') + " end";
    auto const part = find_links(one, 2'000, 2'100);
    REQUIRE(part.size() == 1);
    CHECK(part[0].begin == 4);
    CHECK(part[0].end == one.size() - 4);

    // What is longer than any address is text, and costs no more than a little.
    std::string endless;
    while (endless.size() < 1'000'000)
        endless += "http://a/";
    CHECK(find_links(endless, 500'000, 500'200).empty());
    CHECK(find_links(endless, endless.size() - 100, endless.size()).size() <= 1);
}

TEST_CASE("a link whose text shows another address says so", "[view][links]")
{
    auto const shows = [](std::string_view text, std::string_view target) {
        auto const link = hidden_link(text, target);
        return link ? link->shows : "none";
    };
    CHECK(shows("see the report", "https://ci.example/1") == "");
    CHECK(shows("https://ci.example/1", "https://ci.example/1") == "");
    CHECK(shows("https://ci.example", "https://ci.example/") == "");
    CHECK(shows("https://ci.example/a/long…", "https://ci.example/a/long/way") == "");
    CHECK(shows("https://github.com/a", "https://evil.example/a") == "github.com");
    CHECK(shows("https://github.com", "https://github.com.evil.example/") == "github.com");
    CHECK(shows("https://github.com/a", "https://github.com/b") == "github.com");
    CHECK(shows("log in at github.com now", "https://evil.example/github.com") == "github.com");
    CHECK(shows("www.github.com", "https://github.com/") == "");
    CHECK(shows("report.pdf", "https://ci.example/files/report.pdf") == "");
    CHECK(shows("(see REPORT.md:12)", "https://ci.example/files/REPORT.md") == "");
    CHECK(shows("ci.example:8080/a", "https://ci.example:8080/a/b") == "");
    CHECK(shows("localhost:3000", "http://localhost:3000/") == "");
    CHECK(shows("Ci.Example…", "https://ci.example/a") == "");
    CHECK(shows("10.0.0.1, step 3.2.1 of app-1.2", "http://10.0.0.1/") == "");
    for (std::string_view const text : {"good.com!", "good.com.", "“good.com”", "*good.com*", "`good.com`",
             "_good.com_", "good.com…", "go\u200Bod.com", "good\u2024com", "ｇood．com", "good。com", "//good.com/x",
             "ftp://good.com/x", "good.com|x", "see→good.com", "www.good.com:443", "at (good.com):"}) {
        INFO(text);
        CHECK(shows(text, "https://evil.example/good.com").ends_with("good.com"));
    }
    CHECK(shows("пример.рф", "https://evil.example/") == "xn--e1afmkfd.xn--p1ai");
    CHECK(shows("xn--80ak6aa92e.xn--p1ai", "https://evil.example/") == "xn--80ak6aa92e.xn--p1ai");
    CHECK(shows("192.168.1.1", "https://evil.example/") == "192.168.1.1");
    CHECK(shows("localhost:3000", "https://evil.example/") == "localhost");
    CHECK(shows("paypal.de", "https://evil.example/paypal.de") == "paypal.de");
    CHECK(shows("v1.2.3, 12.5 s", "https://ci.example/") == "");
    CHECK(shows("x", "javascript:alert(1)") == "none");
    CHECK(hidden_link("https://ci.example/1", "https://ci.example/1")->in_full);
    CHECK_FALSE(hidden_link("report", "https://ci.example/1")->in_full);
    CHECK(hidden_link("x", "https://github.com@evil.example/")->misleads());
}

TEST_CASE("links that a terminal's text has set stand before those that it spells out", "[view][links]")
{
    std::string_view const text = "run 77 of http://a.example/ and http://b.example/";
    std::vector<LinkSpan> const set{{0, 6, "https://ci.example/77"}, {10, 20, "javascript:alert(1)"}};
    auto const links = find_links(text, set, 0, text.size());
    REQUIRE(links.size() == 2);
    CHECK(links[0].begin == 0);
    CHECK(links[0].end == 6);
    CHECK(links[0].target.href == "https://ci.example/77");
    CHECK_FALSE(links[0].in_full);
    CHECK(links[1].target.href == "http://b.example/"); // the other one leads nowhere, not even where it says
    // Of what is in sight only, if only in part.
    CHECK(find_links(text, set, 5, 8).size() == 1);
    CHECK(find_links(text, set, 6, 9).empty());
    CHECK(find_links(text, set, 30, text.size()).size() == 1);
}
