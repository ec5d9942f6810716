#include "native/net/url.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev::native;

namespace {

std::string const kBase = "https://a.example/api/v1/runs?x=1#there";

} // namespace

TEST_CASE("a Location is read as seen from the page that sends it", "[net][url]")
{
    struct Case {
        char const* reference;
        char const* meant;
    };
    for (auto const& [reference, meant] : {
             Case{"https://b.example/y", "https://b.example/y"},
             Case{"/y?z=2", "https://a.example/y?z=2"},
             Case{"y", "https://a.example/api/v1/y"},
             Case{"./y", "https://a.example/api/v1/y"},
             Case{"../y", "https://a.example/api/y"},
             Case{"../../../../y", "https://a.example/y"},
             Case{"/a/./b/../c/..", "https://a.example/a/"},
             Case{"/a/%2e%2E/b/.%2e/%2E/c", "https://a.example/c"},
             Case{"/a/.../b", "https://a.example/a/.../b"},
             Case{"//b.example/y", "https://b.example/y"},
             Case{"//b.example", "https://b.example/"},
             Case{"///b.example/y", "https://b.example/y"},
             Case{"?y", "https://a.example/api/v1/runs?y"},
             Case{"?", "https://a.example/api/v1/runs?"},
             Case{"#f", "https://a.example/api/v1/runs?x=1#f"},
             Case{"", "https://a.example/api/v1/runs?x=1"},
             Case{"?q#f?g", "https://a.example/api/v1/runs?q#f?g"},
             Case{"1:z", "https://a.example/api/v1/1:z"},
         }) {
        INFO(reference);
        CHECK(resolve_url(kBase, reference) == meant);
    }
}

TEST_CASE("what browsers put up with in a Location is put up with", "[net][url]")
{
    CHECK(resolve_url(kBase, "\\y\\z") == "https://a.example/y/z");
    CHECK(resolve_url(kBase, "\\\\b.example\\y") == "https://b.example/y");
    CHECK(resolve_url(kBase, "/\\b.example/y") == "https://b.example/y");
    CHECK(resolve_url(kBase, "/y?a\\b") == "https://a.example/y?a\\b"); // a backslash means something in paths only
    CHECK(resolve_url(kBase, " \t/y \x01") == "https://a.example/y");
    CHECK(resolve_url(kBase, "/a\tb\nc\r") == "https://a.example/abc");
    CHECK(resolve_url(kBase, "ht\ttps://b.example/") == "https://b.example/");
    CHECK(resolve_url(kBase, "HTTPS://B.Example:443/") == "https://b.example/");
    CHECK(resolve_url(kBase, "https:y") == "https://a.example/api/v1/y");
    CHECK(resolve_url(kBase, "https:/y") == "https://a.example/y");
    CHECK(resolve_url(kBase, "http:y") == "http://y/"); // another scheme: that is its host
    CHECK(resolve_url(kBase, "http:\\\\b.example:8080") == "http://b.example:8080/");
    CHECK(resolve_url(kBase, "//us%65r:p%3A:x@b.ex%61mple/") == "https://us%65r:p%3A%3Ax@b.example/");
    CHECK(resolve_url(kBase, "//[::1]:8080/y") == "https://[::1]:8080/y");
    CHECK(resolve_url(kBase, "//b.example:00443/y") == "https://b.example/y");
    CHECK(resolve_url(kBase, "//b.example:/y") == "https://b.example/y");
}

TEST_CASE("what can't stand in an address is percent-encoded, and what is encoded stays", "[net][url]")
{
    CHECK(resolve_url(kBase, "/a b\"<>`{}^|~%20%zz") == "https://a.example/a%20b%22%3C%3E%60%7B%7D%5E|~%20%zz");
    CHECK(resolve_url(kBase, "/sch\xC3\xB6n/\xFF") == "https://a.example/sch%C3%B6n/%FF");
    CHECK(resolve_url(kBase, "?a b'\"<>`{}\xC3\xB6") == "https://a.example/api/v1/runs?a%20b%27%22%3C%3E`{}%C3%B6");
    CHECK(resolve_url(kBase, "#a b`<>") == "https://a.example/api/v1/runs?x=1#a%20b%60%3C%3E");
}

TEST_CASE("a Location that leads elsewhere than to http and https is refused", "[net][url]")
{
    for (char const* const bad : {"gopher-ish://x/", "ftp://b.example/", "file:///etc/passwd", "javascript:alert(1)",
             "data:,x", "about:blank", "ws://b.example/", "https://", "https:///", "//", "//a b/", "//b.example:x/",
             "//b.example:99999/", "//user@/", "//[::1/", "//b%00.example/", "//b<.example/", "//b%2Fc.example/"}) {
        INFO(bad);
        CHECK_FALSE(resolve_url(kBase, bad));
    }
    CHECK_FALSE(resolve_url("no base", "/y"));
    CHECK_FALSE(resolve_url("ftp://a.example/", "/y"));
}
