#include "shared/live/sse_parser.h"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace pev;
using namespace std::string_literals;
using std::chrono::milliseconds;

namespace {

// What a stream amounts to.
struct Reading {
    std::vector<SseItem> items;
    std::string last_event_id;
    std::optional<milliseconds> retry;
    bool operator==(Reading const&) const = default;
};

Reading read_chunks(std::vector<std::string_view> const& chunks, std::string const& last_event_id = {})
{
    SseParser parser{last_event_id};
    Reading reading;
    for (std::string_view const chunk : chunks) {
        // Each chunk in memory of its own: reading past its end is an error that AddressSanitizer sees.
        std::vector<char> const exact(chunk.begin(), chunk.end());
        CHECK(parser.feed({exact.data(), exact.size()}, reading.items));
    }
    reading.last_event_id = parser.last_event_id();
    reading.retry = parser.retry();
    return reading;
}

// Reads the stream whole, cut in two at every byte, and byte by byte: all must read the same.
Reading read_stream(std::string_view bytes, std::string const& last_event_id = {})
{
    Reading whole = read_chunks({bytes}, last_event_id);
    std::vector<std::string_view> single_bytes;
    for (std::size_t at = 0; at <= bytes.size(); ++at) {
        INFO("cut at byte " << at);
        CHECK(read_chunks({bytes.substr(0, at), bytes.substr(at)}, last_event_id) == whole);
        CHECK(read_chunks({bytes.substr(0, at), {}, bytes.substr(at)}, last_event_id) == whole);
        if (at < bytes.size())
            single_bytes.push_back(bytes.substr(at, 1));
    }
    CHECK(read_chunks(single_bytes, last_event_id) == whole);
    return whole;
}

SseItem message(std::string data, std::string type = "message", std::string id = {})
{
    return SseMessage{.type = std::move(type), .data = std::move(data), .id = std::move(id)};
}

SseItem comment(std::string text)
{
    return SseComment{std::move(text)};
}

struct Case {
    std::string_view rule;
    std::string stream;
    std::vector<SseItem> items;
};

void check_all(std::vector<Case> const& cases)
{
    for (Case const& one : cases) {
        INFO(one.rule);
        CHECK(read_stream(one.stream).items == one.items);
    }
}

std::string const kBom = "\xEF\xBB\xBF";
std::string const kReplaced = "\xEF\xBF\xBD";

} // namespace

TEST_CASE("a blank line ends a message", "[live][sse]")
{
    check_all({
        {"one line", "data: Hello\n\n", {message("Hello")}},
        {"two messages", "data: Hello\n\ndata: World\n\n", {message("Hello"), message("World")}},
        {"lines of data are joined by line feeds", "data: YHOO\ndata: +2\ndata: 10\n\n", {message("YHOO\n+2\n10")}},
        {"empty lines of data count", "data:\ndata: line 2\ndata\n\n", {message("\nline 2\n")}},
        {"empty data is a message", "data:\n\ndata\n\ndata: \n\n", {message(""), message(""), message("")}},
        {"without data there is no message", "event: greeting\nid: 1\n\ndata: x\n\n", {message("x", "message", "1")}},
        {"blank lines more than needed", "\n\ndata: a\n\n\n\ndata: b\n\n", {message("a"), message("b")}},
        {"what the end leaves incomplete is dropped", "data: a\n\ndata: b\nid: 7\n", {message("a")}},
        {"also right before its blank line", "data: a\n\ndata: b", {message("a")}},
        {"an empty stream", "", {}},
    });
}

TEST_CASE("lines end with CR, LF or both, also mixed", "[live][sse]")
{
    check_all({
        {"LF", "data: a\ndata: b\n\ndata: c\n\n", {message("a\nb"), message("c")}},
        {"CRLF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", {message("a\nb"), message("c")}},
        {"CR", "data: a\rdata: b\r\rdata: c\r\r", {message("a\nb"), message("c")}},
        {"mixed", "data: a\r\ndata: b\rdata: c\ndata: d\r\n\rdata: e\n\r\n", {message("a\nb\nc\nd"), message("e")}},
        {"CR LF LF is two line ends", "data: a\r\n\ndata: b\r\n\n", {message("a"), message("b")}},
        {"LF CR is two line ends", "data: a\n\rdata: b\n\r", {message("a"), message("b")}},
        {"other line separators are text",
            "data: a\xE2\x80\xA8"
            "b\x0B\x0C\n\n",
            {message("a\xE2\x80\xA8"
                     "b\x0B\x0C")}},
    });
}

TEST_CASE("a CR ends its line at once, not only when the next byte is known", "[live][sse]")
{
    SseParser parser;
    std::vector<SseItem> items;
    CHECK(parser.feed("data: a\r\r", items));
    CHECK(items == std::vector{message("a")});
    CHECK(parser.feed("\ndata: b\n\n", items));
    CHECK(items == std::vector{message("a"), message("b")});
}

TEST_CASE("fields are what stands before the first colon", "[live][sse]")
{
    check_all({
        {"event", "event: greeting\ndata: Hello\n\n", {message("Hello", "greeting")}},
        {"in any order", "data: Hello\nid: abc\nevent: greeting\n\n", {message("Hello", "greeting", "abc")}},
        {"one space goes", "data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\n",
            {message("a"), message("a"), message(" a"), message("\ta")}},
        {"more colons belong to the value", "data: a: b:c\ndata::d\n\n", {message("a: b:c\n:d")}},
        {"unknown fields", "colour: blue\ndata: a\nData: b\n data: c\nDATA\n\n", {message("a")}},
        {"the last event type counts", "event: a\nevent: b\ndata: x\n\n", {message("x", "b")}},
        {"an empty one is none", "event: a\nevent\ndata: x\n\n", {message("x")}},
        {"a type is for one message", "event: a\ndata: x\n\ndata: y\n\n", {message("x", "a"), message("y")}},
        {"a type without data is forgotten", "event: a\n\ndata: y\n\n", {message("y")}},
        {"zero bytes are text", "data: a\0b\nevent: c\0d\n\n"s, {message("a\0b"s, "c\0d"s)}},
    });
}

TEST_CASE("comments are told, and are no part of a message", "[live][sse]")
{
    check_all({
        {"all behind the colon", ": heartbeat\n:\n::\n", {comment(" heartbeat"), comment(""), comment(":")}},
        {"without a blank line", ":Hello\n:World\n", {comment("Hello"), comment("World")}},
        {"inside a message", "data: a\n:x\ndata: b\n\n", {comment("x"), message("a\nb")}},
        {"in the order of the stream", "data: a\n\n:x\n\ndata: b\n\n", {message("a"), comment("x"), message("b")}},
        {"incomplete at the end", ":Hello", {}},
        {"with broken UTF-8", ":\xFF\n", {comment(kReplaced)}},
    });
}

TEST_CASE("an id lasts until another comes", "[live][sse]")
{
    check_all({
        {"also for messages without one", "id: 1\ndata: a\n\ndata: b\n\n",
            {message("a", "message", "1"), message("b", "message", "1")}},
        {"also from a block without data", "id: 1\n\ndata: b\n\n", {message("b", "message", "1")}},
        {"an empty one resets it", "id: 1\ndata: a\n\nid\ndata: b\n\nid: 2\ndata: c\n\nid:\ndata: d\n\n",
            {message("a", "message", "1"), message("b"), message("c", "message", "2"), message("d")}},
        {"with a zero byte it is ignored", "id: 1\n\nid: 2\0\ndata: a\n\nid: \0\ndata: b\n\n"s,
            {message("a", "message", "1"), message("b", "message", "1")}},
        {"one space goes, others stay", "id:  1 \ndata: a\n\n", {message("a", "message", " 1 ")}},
    });
}

TEST_CASE("a reconnection sends the id of the last complete block", "[live][sse]")
{
    CHECK(read_stream("").last_event_id.empty());
    CHECK(read_stream("id: 1\ndata: a\n\n").last_event_id == "1");
    CHECK(read_stream("id: 1\n\n").last_event_id == "1"); // also without data
    CHECK(read_stream("id: 1\ndata: a\n\nid: 2\ndata: b\n").last_event_id == "1"); // 2 was not completed
    CHECK(read_stream("id: 1\n\nid\n\n").last_event_id.empty());
    CHECK(read_stream("id: 1\n\nid: \0\n\n"s).last_event_id == "1");
    CHECK(read_stream("id: schön\xC3\n\n").last_event_id == "schön" + kReplaced);
}

TEST_CASE("the id of the connection before is carried over", "[live][sse]")
{
    Reading const carried = read_stream("data: a\n\n", "41");
    CHECK(carried.items == std::vector{message("a", "message", "41")});
    CHECK(carried.last_event_id == "41");
    CHECK(read_stream("", "41").last_event_id == "41");
    CHECK(read_stream("id: 42\ndata: b\n", "41").last_event_id == "41");
    CHECK(read_stream("id\ndata: b\n\n", "41").items == std::vector{message("b")});
}

TEST_CASE("a retry is made of ASCII digits", "[live][sse]")
{
    struct RetryCase {
        std::string stream;
        std::optional<milliseconds> retry;
    };
    for (RetryCase const& one : std::vector<RetryCase>{
             {"retry: 1500\n", milliseconds{1500}},
             {"retry:0\n", milliseconds{0}},
             {"retry: 007\n", milliseconds{7}},
             {"retry: 10\nretry: 20\n", milliseconds{20}},
             {"retry: 10\nretry: x\n", milliseconds{10}},
             {"data: a\n", std::nullopt},
             {"retry\n", std::nullopt},
             {"retry:\n", std::nullopt},
             {"retry: \n", std::nullopt},
             {"retry: 1500", std::nullopt},
             {"retry:  1500\n", std::nullopt},
             {"retry: 1500 \n", std::nullopt},
             {"retry: -1\n", std::nullopt},
             {"retry: +1\n", std::nullopt},
             {"retry: 1.5\n", std::nullopt},
             {"retry: 1e3\n", std::nullopt},
             {"retry: 0x10\n", std::nullopt},
             {"retry: ١٥\n", std::nullopt},
             {"retry: 86400001\n", SseParser::kLongestRetry},
             {"retry: 99999999999999999999999999\n", SseParser::kLongestRetry},
         }) {
        INFO(one.stream);
        CHECK(read_stream(one.stream).retry == one.retry);
    }
}

TEST_CASE("one byte order mark at the start is skipped", "[live][sse]")
{
    check_all({
        {"before a field", kBom + "data: a\n\n", {message("a")}},
        {"before a comment", kBom + ":a\n", {comment("a")}},
        {"before a blank line", kBom + "\ndata: a\n\n", {message("a")}},
        {"a second one is text", kBom + kBom + "data: a\n\ndata: b\n\n", {message("b")}},
        {"a later one is text", "data: " + kBom + "a\n\n" + kBom + "data: b\n\n", {message(kBom + "a")}},
        {"on the second line it is text", "\n" + kBom + "data: a\n\n", {}},
        {"half a mark is a broken character",
            "\xEF\xBB"
            "data: a\n\ndata: b\n\n",
            {message("b")}},
    });
}

TEST_CASE("UTF-8 is decoded as browsers do it", "[live][sse]")
{
    check_all({
        {"characters of all lengths", "data: aß€豆🤖\n\n", {message("aß€豆🤖")}},
        {"in the event type too", "event: größe\ndata: a\n\n", {message("a", "größe")}},
        {"a byte that starts nothing", "data: a\xFF\x80z\n\n", {message("a" + kReplaced + kReplaced + "z")}},
        {"a sequence cut by the line's end", "data: \xE2\x82\n\n", {message(kReplaced)}},
        {"a sequence cut by another", "data: \xF0\x9F\xF0\x9F\xA4\x96\n\n", {message(kReplaced + "🤖")}},
        {"half a surrogate pair", "data: \xED\xA0\xBD\n\n", {message(kReplaced + kReplaced + kReplaced)}},
        {"overlong forms hide no line end", "data: \xC0\x8A\n\n", {message(kReplaced + kReplaced)}},
        {"in a field's name it makes another name", "d\xFFta: a\ndata: b\n\n", {message("b")}},
    });
}

TEST_CASE("a message beyond the limit fails the parser for good", "[live][sse]")
{
    std::vector<SseItem> items;
    SECTION("in one line that never ends")
    {
        SseParser parser{{}, 100};
        for (int i = 0; i < 10; ++i)
            REQUIRE(parser.feed("0123456789", items));
        CHECK_FALSE(parser.feed("0", items));
        CHECK_FALSE(parser.feed("\n\ndata: a\n\n", items));
        CHECK_FALSE(parser.feed("", items));
        CHECK(items.empty());
    }
    SECTION("in many lines")
    {
        SseParser parser{{}, 100};
        for (int i = 0; i < 9; ++i)
            REQUIRE(parser.feed("data: 123456789\n", items));
        CHECK_FALSE(parser.feed("data: 123456789\n", items));
        CHECK(items.empty());
    }
    SECTION("after good messages, which are told")
    {
        SseParser parser{{}, 100};
        CHECK_FALSE(parser.feed("data: a\n\n" + std::string(101, 'x'), items));
        CHECK(items == std::vector{message("a")});
    }
    SECTION("but many small ones are no large one")
    {
        SseParser parser{{}, 100};
        for (int i = 0; i < 100; ++i)
            REQUIRE(parser.feed("data: 0123456789\ndata: 0123456789\n\n", items));
        CHECK(items.size() == 100);
    }
}

TEST_CASE("a message of ten megabytes in small chunks is read", "[live][sse]")
{
    SseParser parser;
    std::vector<SseItem> items;
    std::string const chunk(16384, 'x');
    REQUIRE(parser.feed("data: ", items));
    for (int i = 0; i < 640; ++i)
        REQUIRE(parser.feed(chunk, items));
    REQUIRE(parser.feed("\n\n", items));
    REQUIRE(items.size() == 1);
    CHECK(std::get<SseMessage>(items.front()).data.size() == 640 * chunk.size());
}
