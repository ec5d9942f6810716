#include "shared/base/punycode.h"
#include "shared/base/web_address.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace pev;

namespace {

std::string href(std::string_view text)
{
    auto const address = read_web_address(text);
    return address ? address->href : "none";
}

std::string host(std::string_view text)
{
    auto const address = read_web_address(text);
    return address ? address->host : "none";
}

} // namespace

TEST_CASE("an address is written the way a browser goes there", "[base][links]")
{
    CHECK(href("https://example.com/a?b=c#d") == "https://example.com/a?b=c#d");
    CHECK(href("HTTP://Example.COM") == "http://example.com/");
    CHECK(href("http://example.com?q") == "http://example.com/?q");
    CHECK(href("http://localhost:08080/x") == "http://localhost:8080/x");
    CHECK(href("http://example.com:/x") == "http://example.com/x");
    CHECK(href("http://example.com./x") == "http://example.com./x");
    CHECK(href("http://a_b-c.example/ü\"<>`{|}^") == "http://a_b-c.example/%C3%BC%22%3C%3E%60%7B%7C%7D%5E");
    CHECK(href("http://example.com/\xE2\x80\xAEgpj.exe") == "http://example.com/%E2%80%AEgpj.exe"); // turned around
}

TEST_CASE("only http and https with a host lead anywhere", "[base][links]")
{
    for (std::string_view const text : {"javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ssh://host",
             "mailto:a@b.example", "ftp://example.com/", "//example.com", "example.com", "http:", "http:/", "http://",
             "http:///path", "http:example.com", "https://?q", "http://:80/", "http://user@/", "http://[::1", "", ":",
             "blob:http://example.com/1", "view-source:http://example.com", " http://example.com"}) {
        INFO(text);
        CHECK(href(text) == "none");
    }
}

TEST_CASE("what browsers would mend is refused", "[base][links]")
{
    for (std::string_view const text : {"http://good.example\\@evil.example/", "http://exa mple.com/",
             "http://a\tb.com/", "http://example.com/\n", "http://example.com/\x7F", "http://ex%61mple.com/",
             "http://a..b/", "http://.a/", "http://*:3000/", "http://$HOST/", "http://a:b/", "http://a:65536/",
             "http://example.com/\xFF", "http://a\xE2\x80\xAE.example/", "http://a\xE2\x80\x8B.example/",
             "http://1.2.3.4.5/", "http://256.1.1.1/", "http://08/", "http://[1::2::3]/", "http://[12345::]/",
             "http://bu\u0308cher.example/", "http://\u1100\u1161.example/", "http://a\u0323\u0302.example/",
             "http://ｇoogle.com/", "http://google．com/", "http://google。com/", "http://google\u2024com/",
             "http://ﬁ.example/", "http://ℌ.example/", "http://①.example/", "http://[1:2:3]/", "http://[::1]x/",
             "http://[fe80::1%25eth0]/", "http://[]/"}) {
        INFO(text);
        CHECK(href(text) == "none");
    }
    CHECK(href(std::string{"http://a\0.com/", 14}) == "none");
    CHECK(href("http://" + std::string(64, 'a') + ".example/") == "none");
    CHECK(href("http://a/" + std::string(kLongestAddress, 'a')) == "none");
    CHECK(href("http://a/" + std::string(kLongestAddress - 9, 'a')) != "none");
}

TEST_CASE("the host is shown plainly", "[base][links]")
{
    auto const user = read_web_address("https://github.com:443@evil.example:8443/");
    REQUIRE(user);
    CHECK(user->host == "evil.example:8443");
    CHECK(user->has_user);
    CHECK(host("https://a@b@evil.example/") == "evil.example");
    CHECK(host("http://bücher.example/") == "xn--bcher-kva.example");
    CHECK(host("http://MÜNCHEN.example/") == "xn--mnchen-3ya.example");
    CHECK(host("http://аррӏе.com/") == "xn--80ak6aa92e.com"); // in Cyrillic letters
    CHECK(host("http://हिन्दी.example/") == "xn--j2bd4cyah0f.example"); // marks that no letter has in it
    CHECK(host("http://例え.テスト/") == "xn--r8jz45g.xn--zckzah");
    CHECK(host("http://0x7f.1/") == "127.0.0.1");
    CHECK(host("http://2130706433:81/") == "127.0.0.1:81");
    CHECK(host("http://0177.0.0.1/") == "127.0.0.1");
    CHECK(host("http://[2001:DB8::1]:8080/") == "[2001:db8::1]:8080");
    CHECK(host("http://[::]/") == "[::]");
    CHECK(host("http://[::ffff:10.0.0.1]/") == "[::ffff:10.0.0.1]");
    CHECK(host("http://[1:2:3:4:5:6:7:8]/") == "[1:2:3:4:5:6:7:8]");
}

TEST_CASE("Punycode, as RFC 3492 gives it", "[base][links]")
{
    CHECK(punycode(U"bücher") == "bcher-kva");
    CHECK(punycode(U"他们为什么不说中文") == "ihqwcrb4cv8a8dqg056pqjye");
    CHECK(punycode(U"почемужеонинеговорятпорусски") == "b1abfaaepdrnnbgefbadotcwatmq2g4l");
    CHECK(punycode(U"3年b組金八先生") == "3b-ww4c5e180e575a65lsy2b");
}
