#include "native/stream_command.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::native;
using std::chrono::milliseconds;

TEST_CASE("a stream's options are read, and secrets are kept apart", "[native][stream]")
{
    auto const command = parse_stream_command(
        {"--header", "X-One: 1", "https://a.example/stream", "--header=authorization: Bearer x", "--header=COOKIE: a=b",
            "--last-event-id=", "--initial-delay-ms", "0", "--read-timeout-ms=500", "--ca-file", "a.pem"});
    REQUIRE(command);
    HttpRequest const& request = command->settings.request;
    CHECK(request.url == "https://a.example/stream");
    CHECK(request.headers == HttpHeaders{{"X-One", "1"}});
    CHECK(request.credentials == HttpHeaders{{"authorization", "Bearer x"}, {"COOKIE", "a=b"}});
    CHECK(request.credentials_origin == origin_of("https://a.example/"));
    CHECK(command->settings.last_event_id.empty());
    CHECK(command->settings.initial_delay == milliseconds{0});
    CHECK(command->settings.read_timeout == milliseconds{500});
    CHECK(command->http.certificate_file == "a.pem");
}

TEST_CASE("a stream waits three seconds and for ever, as browsers do", "[native][stream]")
{
    auto const command = parse_stream_command({"http://a.example/"});
    REQUIRE(command);
    CHECK(command->settings.initial_delay == milliseconds{3000});
    CHECK_FALSE(command->settings.read_timeout);
}

TEST_CASE("events, comments and errors are lines of JSON, whatever is in them", "[native][stream]")
{
    CHECK(to_line(SseMessage{.type = "a\"b", .data = "1\n2\t\x01 ö", .id = "\\"})
        == R"({"kind":"event","event":{"type":"a\"b","data":"1\n2\t\u0001 ö","id":"\\"}})");
    CHECK(to_line(SseComment{" heartbeat"}) == R"({"kind":"comment","comment":" heartbeat"})");
    CHECK(to_line(EventStream::Lost{.reopens = true, .reason = "gone"}) == R"({"kind":"error","comment":"gone"})");
}
