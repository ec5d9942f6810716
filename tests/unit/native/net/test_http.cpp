#include "native/net/http.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev::native;

TEST_CASE("an origin is scheme, host and port, however they are written", "[net]")
{
    CHECK(origin_of("https://API.example.com/api/v1?x#y") == Origin{"https", "api.example.com", "443"});
    CHECK(origin_of("https://api.example.com:443") == origin_of("https://api.example.com/"));
    CHECK(origin_of("http://user:secret@[::1]:8080/") == Origin{"http", "[::1]", "8080"});
    CHECK(origin_of("http://a.example/") != origin_of("https://a.example/"));
    CHECK(origin_of("http://a.example/") != origin_of("http://a.example:8080/"));
    CHECK(origin_of("http://a.example/") != origin_of("http://b.example/"));
    for (char const* const bad : {"", "/api/v1", "api.example.com/x", "ftp://a.example/", "file:///etc/passwd",
             "javascript:alert(1)", "http://", "http://a b/", "http://a.example:99999/", "http://a\n/"}) {
        INFO(bad);
        CHECK_FALSE(origin_of(bad));
    }
}

TEST_CASE("messages name a host without what is usual or secret", "[net]")
{
    CHECK(host_of(*origin_of("https://user:secret@api.example.com/x?token=1")) == "api.example.com");
    CHECK(host_of(*origin_of("http://localhost:8080/")) == "localhost:8080");
}

TEST_CASE("no proxy leads to the reader's own machine", "[net]")
{
    for (char const* const own :
        {"http://localhost:1/", "http://demo.localhost/", "http://127.0.0.1/", "http://[::1]:8/"})
        CHECK(is_loopback(*origin_of(own)));
    for (char const* const other : {"http://localhost.example/", "http://example.com/", "http://10.0.0.1/"})
        CHECK_FALSE(is_loopback(*origin_of(other)));
}

TEST_CASE("a header is a name, a colon and one line", "[net]")
{
    CHECK(parse_header("X-Name: value") == HttpHeader{"X-Name", "value"});
    CHECK(parse_header("x:y:z") == HttpHeader{"x", "y:z"});
    CHECK(parse_header("empty:  ") == HttpHeader{"empty", ""});
    CHECK(parse_header("x: schön ") == HttpHeader{"x", "schön"});
    for (char const* const bad :
        {"", "no colon", ": value", "a name: x", "x: a\r\nEvil: b", "x: a\nb", "x\x01: a", "ö: a"})
        CHECK_FALSE(parse_header(bad));
}

TEST_CASE("an event stream says so in its content type", "[net]")
{
    for (char const* const good : {"text/event-stream", "text/event-stream;charset=utf-8", "TEXT/Event-Stream ; x=y",
             " text/event-stream", "text/event-stream;",
             // Of several values, or header lines, the last media type counts.
             "text/html, text/event-stream", "text/event-stream, */*", "text/event-stream, ",
             "text/event-stream,nonsense", R"(text/html;x="a, b", text/event-stream)",
             R"(text/event-stream;x="a, text/html")", R"(text/event-stream;x="\", text/html")"})
        CHECK(is_event_stream(good));
    for (char const* const bad : {"", "text/event-stream-ish", "text/plain", "application/json; text/event-stream",
             "text", "text/event-streamcharset=utf-8", "text/event-stream, text/html", "*/*, text/plain",
             "text/event-stream x", R"(text/html;x=", text/event-stream)", "\"text/event-stream\""})
        CHECK_FALSE(is_event_stream(bad));
}
