#include "native/net/event_stream.h"
#include "tests/unit/native/net/test_server.h"

#include <catch2/catch_test_macros.hpp>

#include <deque>

using namespace pev;
using namespace pev::native;
using namespace pev::native::test;
using std::chrono::milliseconds;
using namespace std::string_literals;
using Clock = EventStream::Clock;

namespace {

constexpr auto kPatience = std::chrono::seconds{30}; // only a failing test waits for so long

// A stream on a loop that the test runs itself.
class Listener {
public:
    explicit Listener(EventStream::Settings settings)
        : stream_(loop_, std::move(settings), [this](EventStream::News news) { heard_.push_back(std::move(news)); })
    {
    }
    explicit Listener(std::string url) : Listener(settings(std::move(url))) {}

    static EventStream::Settings settings(std::string url)
    {
        EventStream::Settings settings;
        settings.request.url = std::move(url);
        settings.initial_delay = milliseconds{1};
        return settings;
    }

    template <typename T>
    T await()
    {
        EventStream::News news = next();
        INFO("news of kind " << news.index());
        REQUIRE(std::holds_alternative<T>(news));
        return std::get<T>(std::move(news));
    }

    EventStream::News next()
    {
        auto const give_up = Clock::now() + kPatience;
        while (heard_.empty()) {
            REQUIRE(Clock::now() < give_up);
            stream_.tick(Clock::now());
            if (heard_.empty())
                loop_.run(milliseconds{20});
        }
        EventStream::News news = std::move(heard_.front());
        heard_.pop_front();
        return news;
    }

    template <typename T>
    T await_past_losses()
    {
        while (true) {
            EventStream::News news = next();
            if (auto* const wanted = std::get_if<T>(&news))
                return std::move(*wanted);
            INFO("news of kind " << news.index());
            REQUIRE(
                (std::holds_alternative<EventStream::Lost>(news) || std::holds_alternative<EventStream::Opened>(news)));
        }
    }

    EventStream& stream() { return stream_; }

private:
    HttpLoop loop_;
    std::deque<EventStream::News> heard_;
    EventStream stream_;
};

using Opened = EventStream::Opened;
using Lost = EventStream::Lost;

void stream_of(Exchange const& exchange, std::string_view bytes)
{
    exchange.send(kStreamHead);
    exchange.send(bytes);
    exchange.wait_for_close();
}

} // namespace

TEST_CASE("a stream is asked for as the standard says, and as its user says", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) { stream_of(exchange, "data: a\n\n"); });
    Listener plain{server.url()};
    plain.await<Opened>();
    CHECK(plain.await<SseMessage>() == SseMessage{.type = "message", .data = "a", .id = ""});
    Request const standard = server.requests().at(0);
    CHECK(standard.header("accept") == "text/event-stream");
    CHECK(standard.header("cache-control") == "no-cache");
    CHECK(standard.header("last-event-id").empty());

    EventStream::Settings settings = Listener::settings(server.url("/own"));
    settings.request.headers = {{"X-Own", "1"}, {"cache-control", "max-age=1"}};
    settings.last_event_id = "41";
    Listener own{std::move(settings)};
    own.await<Opened>();
    CHECK(own.await<SseMessage>() == SseMessage{.type = "message", .data = "a", .id = "41"});
    Request const changed = server.requests().at(1);
    CHECK(changed.header("accept") == "text/event-stream");
    CHECK(changed.header("cache-control") == "max-age=1");
    CHECK(changed.header("x-own") == "1");
    CHECK(changed.header("last-event-id") == "41");
}

TEST_CASE("only 200 with text/event-stream opens a stream; all else ends it for good", "[net][sse]")
{
    struct Case {
        std::string status;
        std::string type;
        std::string reason;
    };
    std::vector<Case> const cases{
        {"204 No Content", "text/event-stream", "the server ended the stream for good (HTTP 204)"},
        {"200 OK", "application/json", "the answer is no event stream (HTTP 200, application/json)"},
        {"200 OK", "", "the answer is no event stream (HTTP 200, no content type)"},
        {"201 Created", "text/event-stream", "the server refused the stream (HTTP 201, text/event-stream)"},
        {"205 Reset", "text/event-stream", "the server refused the stream (HTTP 205, text/event-stream)"},
        {"301 Moved", "text/html", "the server refused the stream (HTTP 301, text/html)"}, // but not where to
        {"400 Bad Request", "text/event-stream", "the server refused the stream (HTTP 400, text/event-stream)"},
        {"401 Unauthorized", "text/html", "the server refused the stream (HTTP 401, text/html)"},
        {"404 Not Found", "text/html", "the server refused the stream (HTTP 404, text/html)"},
        {"500 Oh", "text/event-stream", "the server refused the stream (HTTP 500, text/event-stream)"},
        {"503 Busy", "text/event-stream", "the server refused the stream (HTTP 503, text/event-stream)"},
    };
    for (Case const& one : cases) {
        INFO(one.status << " " << one.type);
        TestServer const server([&](Exchange const& exchange) {
            exchange.send(http_answer(one.status, one.type, one.status.starts_with("204") ? "" : "data: no\n\n"));
        });
        Listener listener{server.url()};
        Lost const lost = listener.await<Lost>();
        CHECK_FALSE(lost.reopens);
        CHECK(lost.reason == one.reason);
        CHECK_FALSE(listener.stream().next_timer());
        listener.stream().restart(); // nothing to restart
        CHECK_FALSE(listener.stream().next_timer());
    }
}

TEST_CASE("parameters of the content type do no harm", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send("HTTP/1.1 200 OK\r\nCONTENT-TYPE:Text/Event-Stream; charset=utf-8\r\n\r\ndata: a\n\n");
        exchange.wait_for_close();
    });
    Listener listener{server.url()};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().data == "a");
}

TEST_CASE("the content type is extracted as browsers do, also out of several lines", "[net][sse]")
{
    for (std::string const type : {"Content-Type: text/html, text/event-stream", "Content-Type: text/event-stream, */*",
             "Content-Type: text/html\r\nContent-Type: text/event-stream",
             "Content-Type: text/event-stream\r\nX: y\r\ncontent-type: */*"}) {
        INFO(type);
        TestServer const server(
            [&](Exchange const& exchange) { exchange.send("HTTP/1.1 200 OK\r\n" + type + "\r\n\r\ndata: a\n\n"); });
        Listener listener{server.url()};
        listener.await<Opened>();
        CHECK(listener.await<SseMessage>().data == "a");
    }
    TestServer const page([](Exchange const& exchange) {
        exchange.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Type: text/html\r\n\r\ndata: a\n\n");
    });
    Listener refused{page.url()};
    CHECK_FALSE(refused.await<Lost>().reopens);
}

TEST_CASE("a refused stream tells the status, and how long the server wants to be left alone", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(http_answer("429 Too Many Requests", "application/json", "{}", "Retry-After: 30\r\n"));
    });
    Listener listener{server.url()};
    Lost const lost = listener.await<Lost>();
    CHECK_FALSE(lost.reopens);
    CHECK(lost.status == 429);
    CHECK(lost.retry_after == "30");
}

TEST_CASE("events may be called anything, also what the browser calls its own", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        stream_of(exchange,
            "event: error\ndata: a\n\nevent: open\ndata: b\n\nevent: message\ndata: c\n\nevent: end\ndata: d\n\ndata: "
            "e\n\n");
    });
    Listener listener{server.url()};
    listener.await<Opened>();
    for (auto const& [type, data] : {std::pair{"error", "a"}, std::pair{"open", "b"}, std::pair{"message", "c"},
             std::pair{"end", "d"}, std::pair{"message", "e"}})
        CHECK(listener.await<SseMessage>() == SseMessage{.type = type, .data = data, .id = ""});
}

TEST_CASE("an id of blanks is one, and is sent as far as a header can hold it", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(kStreamHead);
        exchange.send("id:    \ndata: a\n\n");
        if (exchange.number() > 0)
            exchange.wait_for_close();
    });
    Listener listener{server.url()};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().id == "   ");
    listener.await<Lost>();
    listener.await<Opened>();
    CHECK_FALSE(server.requests().at(0).has_header("last-event-id"));
    CHECK(server.requests().at(1).has_header("last-event-id"));
    CHECK(server.requests().at(1).header("last-event-id").empty());
}

TEST_CASE("a stream follows redirects, again at each reconnection", "[net][sse]")
{
    for (char const* const status : {"301 a", "302 b", "303 c", "307 d", "308 e"}) {
        INFO(status);
        TestServer const server([&](Exchange const& exchange) {
            if (exchange.path() == "/old")
                return exchange.send(http_redirect(status, "/new"));
            exchange.send(kStreamHead);
            exchange.send("id: 1\ndata: a\n\n");
            if (exchange.number() > 1)
                exchange.wait_for_close();
        });
        Listener listener{server.url("/old")};
        listener.await<Opened>();
        CHECK(listener.await<SseMessage>().data == "a");
        CHECK(listener.await<Lost>().reopens);
        listener.await<Opened>();
        CHECK(listener.await<SseMessage>().data == "a");
        REQUIRE(server.requests().size() == 4);
        CHECK(server.requests()[2].path() == "/old");
        CHECK(server.requests()[3].header("last-event-id") == "1");
    }
}

TEST_CASE("a stream is read however its bytes come", "[net][sse]")
{
    std::string const body = "\xEF\xBB\xBF: first\r\nevent: größe\r\ndata: 🤖\r\ndata: b\r\n\r\nid: 2\rdata: c\r\r";
    std::string const zipped(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\x49\x2c\x49\xb4\x52\xa8\xca\x2c\x28\x48\x4d\xe1"
        "\xe2\x02\x00\x36\x15\xcb\x54\x0e\x00\x00\x00",
        34);
    TestServer const server([&](Exchange const& exchange) {
        if (exchange.path() == "/zipped") {
            exchange.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n" + zipped);
        } else if (exchange.path() == "/chunked") {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (char const byte : body)
                exchange.send_slowly(std::string{"1\r\n"} + byte + "\r\n");
        } else {
            exchange.send(kStreamHead);
            exchange.send_slowly(body);
        }
        exchange.wait_for_close();
    });
    for (char const* const path : {"/slowly", "/chunked"}) {
        INFO(path);
        Listener listener{server.url(path)};
        listener.await<Opened>();
        CHECK(listener.await<SseComment>().text == " first");
        CHECK(listener.await<SseMessage>() == SseMessage{.type = "größe", .data = "🤖\nb", .id = ""});
        CHECK(listener.await<SseMessage>() == SseMessage{.type = "message", .data = "c", .id = "2"});
    }
    Listener listener{server.url("/zipped")};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().data == "zipped");
}

TEST_CASE("a lost stream comes back with the id of the last complete message", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        switch (exchange.number()) {
        case 0:
            exchange.send(kStreamHead);
            return exchange.send("id: 1\ndata: a\n\nid: 2\ndata: incomplete\n");
        case 1: // cut off in the middle of an answer of a known length
            return exchange.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 999\r\n\r\ndata: b\n\n");
        case 2: // no answer at all
            return;
        case 3:
            exchange.send(kStreamHead);
            return exchange.send("id\ndata: c\n\n");
        default:
            return stream_of(exchange, "data: d\n\n");
        }
    });
    std::string const host = "127.0.0.1:" + std::to_string(server.port());
    Listener listener{server.url()};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>() == SseMessage{.type = "message", .data = "a", .id = "1"});
    Lost lost = listener.await<Lost>();
    CHECK(lost.reopens);
    CHECK(lost.reason == "the server closed the stream");
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>() == SseMessage{.type = "message", .data = "b", .id = "1"});
    lost = listener.await<Lost>();
    CHECK(lost.reopens);
    CHECK(lost.reason == host + " closed the connection in the middle of its answer");
    lost = listener.await<Lost>();
    CHECK(lost.reopens);
    CHECK(lost.reason == host + " closed the connection without an answer");
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>() == SseMessage{.type = "message", .data = "c", .id = ""});
    CHECK(listener.await<Lost>().reopens);
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().data == "d");
    std::vector<std::string> last_ids;
    for (Request const& request : server.requests())
        last_ids.push_back(request.header("last-event-id"));
    CHECK(last_ids == std::vector<std::string>{"", "1", "1", "1", ""});
}

TEST_CASE("a server says how long a reconnection waits", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(kStreamHead);
        exchange.send(exchange.number() == 0 ? "retry: 7200000\ndata: a\n\n" : "");
    });
    auto const before = Clock::now();
    Listener listener{server.url()};
    listener.await<Opened>();
    listener.await<SseMessage>();
    listener.await<Lost>();
    REQUIRE(listener.stream().next_timer());
    CHECK(*listener.stream().next_timer() >= before + std::chrono::hours{2});
    // Time is what the caller says it is: two hours later it opens again.
    listener.stream().tick(*listener.stream().next_timer());
    listener.await<Opened>();
    listener.await<Lost>();
    CHECK(*listener.stream().next_timer() >= before + std::chrono::hours{2}); // what was asked for stays
}

TEST_CASE("tries that bring nothing wait longer and longer", "[net][sse]")
{
    EventStream::Settings settings = Listener::settings("http://127.0.0.1:" + std::to_string(closed_port()));
    settings.initial_delay = milliseconds{0};
    Listener listener{std::move(settings)};
    for (milliseconds const wait : {milliseconds{0}, milliseconds{100}, milliseconds{200}, milliseconds{400},
             milliseconds{800}, milliseconds{1600}, milliseconds{3200}, milliseconds{6400}, milliseconds{12800},
             milliseconds{25600}, milliseconds{30000}, milliseconds{30000}}) {
        INFO(wait.count());
        auto const before = Clock::now();
        Lost const lost = listener.await<Lost>();
        CHECK(lost.reopens);
        CHECK(lost.reason.ends_with("refuses the connection"));
        REQUIRE(listener.stream().next_timer());
        CHECK(*listener.stream().next_timer() >= before + wait);
        listener.stream().tick(*listener.stream().next_timer());
    }
}

TEST_CASE("a connection on which nothing is heard for too long is replaced", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        if (exchange.number() > 0) // the first gets not even a head
            exchange.send(std::string{kStreamHead} + "id: 1\ndata: a\n\n");
        exchange.wait_for_close();
    });
    EventStream::Settings settings = Listener::settings(server.url());
    settings.read_timeout = milliseconds{100};
    Listener listener{std::move(settings)};
    for (int round = 0; round < 2; ++round) {
        Lost const lost = listener.await<Lost>();
        CHECK(lost.reopens);
        CHECK(lost.reason == "nothing was heard for 100 ms");
        // On a busy machine more than one connection may be too slow.
        CHECK(listener.await_past_losses<SseMessage>().data == "a");
    }
    CHECK(server.requests().at(0).header("last-event-id").empty());
    CHECK(server.requests().back().header("last-event-id") == "1");
}

TEST_CASE("a restart reconnects at once, with the last id and without a loss", "[net][sse]")
{
    TestServer const server([](Exchange const& exchange) {
        stream_of(exchange, "id: 1\ndata: " + std::to_string(exchange.number()) + "\n\n");
    });
    EventStream::Settings settings = Listener::settings(server.url());
    settings.initial_delay = std::chrono::hours{1};
    Listener listener{std::move(settings)};
    for (char const* const data : {"0", "1", "2"}) {
        listener.await<Opened>();
        CHECK(listener.await<SseMessage>().data == data);
        CHECK(server.requests().back().header("last-event-id") == (data == "0"s ? "" : "1"));
        listener.stream().restart();
    }
}

TEST_CASE("a message beyond the limit ends the stream for good", "[net][sse]")
{
    TestServer const server(
        [](Exchange const& exchange) { stream_of(exchange, "data: a\n\ndata: " + std::string(2000, 'x')); });
    EventStream::Settings settings = Listener::settings(server.url());
    settings.max_message_bytes = 1000;
    Listener listener{std::move(settings)};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().data == "a");
    Lost const lost = listener.await<Lost>();
    CHECK_FALSE(lost.reopens);
    CHECK(lost.reason == "a message is larger than 1000 bytes");
    CHECK_FALSE(listener.stream().next_timer());
}

TEST_CASE("a large message arrives whole", "[net][sse]")
{
    std::string const large(10 << 20, 'x');
    TestServer const server([&](Exchange const& exchange) { stream_of(exchange, "data: " + large + "\n\n"); });
    Listener listener{server.url()};
    listener.await<Opened>();
    CHECK(listener.await<SseMessage>().data == large);
}
