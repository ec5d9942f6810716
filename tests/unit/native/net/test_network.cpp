// REST and streams as the desktop build performs them, against a real server on this machine.
#include "native/net/network.h"
#include "tests/unit/native/net/test_server.h"

#include <catch2/catch_test_macros.hpp>

#include <chrono>

using namespace pev;
using namespace pev::native;
using namespace pev::native::test;
using namespace std::string_literals;

namespace {

constexpr auto kPatience = std::chrono::seconds{30}; // only a failing test waits for so long

// A network, and the wait for what comes back.
class Client {
public:
    explicit Client(NetworkSettings settings = {}) : network_(std::move(settings), [this] { wake(); }) {}

    void perform(Effect const& effect) { network_.perform(effect); }

    template <typename T>
    T await()
    {
        while (pending_.empty()) {
            std::unique_lock lock(mutex_);
            REQUIRE(woken_.wait_for(lock, kPatience, [this] { return woken_count_ > seen_; }));
            seen_ = woken_count_;
            lock.unlock();
            pending_ = network_.take_arrivals();
        }
        Arrival arrival = std::move(pending_.front());
        pending_.erase(pending_.begin());
        INFO("arrival of kind " << arrival.index());
        REQUIRE(std::holds_alternative<T>(arrival));
        return std::get<T>(std::move(arrival));
    }

    HttpAnswer fetch(std::string const& url)
    {
        perform(Fetch{++last_id_, url});
        HttpAnswer answer = await<HttpAnswer>();
        CHECK(answer.id == last_id_);
        return answer;
    }

private:
    void wake()
    {
        std::scoped_lock const lock(mutex_);
        ++woken_count_;
        woken_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable woken_;
    int woken_count_ = 0;
    int seen_ = 0;
    std::vector<Arrival> pending_;
    RequestId last_id_ = 0;
    Network network_; // last: it wakes until it is gone
};

NetworkSettings with_secrets(std::string api_url)
{
    return {.api_url = std::move(api_url),
        .credentials = {.cookie = "session=secret", .bearer_token = "token"},
        .max_answer_bytes = 1000,
        .http = {}};
}

bool is_one_line(std::string const& text)
{
    return !text.empty() && text.size() < 400 && text.find('\n') == std::string::npos;
}

} // namespace

TEST_CASE("an answer comes with status, type, date and body", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(http_answer("404 Not Found", "application/json", "{}",
            "Date: Mon, 23 Nov 2026 11:17:52 GMT\r\nRetry-After: Mon, 23 Nov 2026 11:18:22 GMT\r\n"));
    });
    Client client;
    HttpAnswer const answer = client.fetch(server.url("/api/v1/run?x=1#fragment"));
    CHECK(answer.status == 404);
    CHECK(answer.content_type == "application/json");
    CHECK(answer.date == parse_timestamp("2026-11-23T11:17:52Z"));
    CHECK(answer.retry_after == "Mon, 23 Nov 2026 11:18:22 GMT");
    CHECK(answer.body == "{}");
    CHECK(answer.failure.empty());
    CHECK(server.requests().at(0).path() == "/api/v1/run?x=1");
    CHECK(server.requests().at(0).header("accept") == "application/json");
}

TEST_CASE("a body arrives whole however it is sent", "[net]")
{
    std::string const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    std::string const zipped("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x2e\x4d\x4e\x4e\x2d\x2e\x56\xb2\x2a"
                             "\x29\x2a\x4d\xad\x05\x00\xdf\xf7\xf6\x66\x10\x00\x00\x00",
        36);
    TestServer const server([&](Exchange const& exchange) {
        if (exchange.path() == "/chunks")
            exchange.send_slowly(
                head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"suc\r\nb;x=y\r\ncess\":true}\r\n0\r\n\r\n");
        else if (exchange.path() == "/zipped")
            exchange.send_slowly(head + "Content-Encoding: gzip\r\nContent-Length: 36\r\n\r\n" + zipped);
        else if (exchange.path() == "/until-close")
            exchange.send(head + "\r\n{\"success\":true}");
        else if (exchange.path() == "/early-hints")
            exchange.send("HTTP/1.1 103 Early Hints\r\nContent-Type: text/html\r\nLink: </x>\r\n\r\n"
                + http_answer("200 OK", "application/json", "{\"success\":true}"));
        else
            exchange.send_slowly(http_answer("200 OK", "application/json", "{\"success\":true}"));
    });
    Client client;
    for (char const* const path : {"/slowly", "/chunks", "/zipped", "/until-close", "/early-hints"}) {
        INFO(path);
        HttpAnswer const answer = client.fetch(server.url(path));
        CHECK(answer.failure.empty());
        CHECK(answer.status == 200);
        CHECK(answer.content_type == "application/json");
        CHECK(answer.body == "{\"success\":true}");
    }
}

TEST_CASE("redirects are followed, but not for ever and not out of the web", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        std::string const path = exchange.path();
        if (path == "/end")
            exchange.send(http_answer("200 OK", "text/plain", "there"));
        else if (path == "/loop")
            exchange.send(http_redirect("302 Found", "/loop"));
        else if (path == "/file")
            exchange.send(http_redirect("302 Found", "file:///etc/passwd"));
        else if (path == "/endless") { // its body is not waited for
            exchange.send("HTTP/1.1 301 Moved\r\nLocation: /end\r\n\r\nand so on");
            exchange.wait_for_close();
        } else if (path == "/nowhere")
            exchange.send(http_redirect("301 Moved", ""));
        else
            exchange.send(http_redirect(path.substr(1) + " Elsewhere", "end"));
    });
    Client client;
    for (char const* const path : {"/301", "/302", "/303", "/307", "/308", "/endless"}) {
        INFO(path);
        CHECK(client.fetch(server.url(path)).body == "there");
    }
    HttpAnswer const loop = client.fetch(server.url("/loop"));
    CHECK(loop.status == 0);
    CHECK(loop.failure.ends_with("redirects more than 20 times"));
    CHECK(client.fetch(server.url("/file")).failure.ends_with("redirects to what is no http or https address"));
    CHECK(client.fetch(server.url("/nowhere")).status == 301);
}

TEST_CASE("credentials go to the API's origin and nowhere else, whatever redirects say", "[net]")
{
    auto const seen
        = [](Exchange const& exchange) { return exchange.header("cookie") + "|" + exchange.header("authorization"); };
    TestServer const* api_server = nullptr;
    TestServer const other([&](Exchange const& exchange) {
        if (exchange.path() == "/back")
            exchange.send(http_redirect("307 Back", api_server->url("/end")));
        else
            exchange.send(http_answer("200 OK", "text/plain", seen(exchange)));
    });
    TestServer const api([&](Exchange const& exchange) {
        if (exchange.path() == "/away")
            exchange.send(http_redirect("307 Away", other.url("/end")));
        else
            exchange.send(http_answer("200 OK", "text/plain", seen(exchange)));
    });
    api_server = &api;
    Client client{with_secrets(api.url("/api/v1"))};
    CHECK(client.fetch(api.url("/end")).body == "session=secret|Bearer token");
    CHECK(client.fetch(other.url("/end")).body == "|");
    CHECK(client.fetch(api.url("/away")).body == "|");
    CHECK(client.fetch(other.url("/back")).body == "session=secret|Bearer token");
}

TEST_CASE("what is no answer is told in one line", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        std::string const path = exchange.path();
        if (path == "/garbage")
            exchange.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        else if (path == "/short")
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
        else if (path == "/bad-chunk")
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        else if (path == "/bad-gzip")
            exchange.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain");
        else if (path == "/large")
            exchange.send(http_answer("200 OK", "text/plain", std::string(1001, 'x')));
        else if (path == "/limit")
            exchange.send(http_answer("200 OK", "text/plain", std::string(1000, 'x')));
        else if (path == "/huge-header")
            exchange.send("HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x') + "\r\n\r\n");
    });
    Client client{with_secrets(server.url())};
    std::string const host = "127.0.0.1:" + std::to_string(server.port());
    int const nobody = closed_port();

    struct Case {
        std::string url;
        std::string beginning;
    };
    for (Case const& one : std::vector<Case>{
             {server.url("/garbage"), host + " does not speak HTTP as it should"},
             {server.url("/nothing"), host + " closed the connection without an answer"},
             {server.url("/short"), host + " closed the connection in the middle of its answer"},
             {server.url("/bad-chunk"), "the connection to " + host + " broke"},
             {server.url("/bad-gzip"), host + " does not speak HTTP as it should"},
             {server.url("/large"), "the answer is larger than 1000 bytes"},
             {server.url("/huge-header"), "the request to " + host + " failed"},
             {"https://" + host + "/", "no TLS connection to " + host},
             {"http://127.0.0.1:" + std::to_string(nobody),
                 "127.0.0.1:" + std::to_string(nobody) + " refuses the connection"},
             {"http://no-such-host.invalid/", "the host name is not known: no-such-host.invalid"},
             {"ftp://127.0.0.1/", "the address is no http or https address"},
             {"not an address", "the address is no http or https address"},
             {"", "the address is no http or https address"},
         }) {
        HttpAnswer const answer = client.fetch(one.url);
        INFO(one.url << " -> " << answer.failure);
        CHECK(answer.status == 0);
        CHECK((answer.refused_bytes > 1000) == one.url.ends_with("/large"));
        CHECK(answer.body.empty());
        CHECK(answer.failure.starts_with(one.beginning));
        CHECK(is_one_line(answer.failure));
        CHECK(answer.failure.find("secret") == std::string::npos);
    }
    CHECK(client.fetch(server.url("/limit")).body.size() == 1000);
}

TEST_CASE("many fetches run at once, and one that is aborted is dropped", "[net]")
{
    std::mutex mutex;
    std::condition_variable all_here;
    int waiting = 0;
    TestServer const server([&](Exchange const& exchange) {
        if (exchange.path() == "/never") {
            exchange.wait_for_close(); // ends with the client's hanging up
            std::scoped_lock const lock(mutex);
            waiting = 100;
            all_here.notify_all();
            return;
        }
        std::unique_lock lock(mutex);
        ++waiting;
        all_here.notify_all();
        all_here.wait_for(lock, kPatience, [&] { return waiting >= 3; }); // each answer needs all requests
        lock.unlock();
        exchange.send(http_answer("200 OK", "text/plain", exchange.path()));
    });
    Client client;
    client.perform(Fetch{1, server.url("/never")});
    client.perform(Fetch{2, server.url("/2")});
    client.perform(Fetch{3, server.url("/3")});
    client.perform(Fetch{4, server.url("/4")});
    for (int i = 0; i < 3; ++i) {
        HttpAnswer const answer = client.await<HttpAnswer>();
        CHECK(answer.body == "/" + std::to_string(answer.id));
    }
    client.perform(AbortFetch{1});
    client.perform(AbortFetch{77}); // unknown: passed over
    std::unique_lock lock(mutex);
    CHECK(all_here.wait_for(lock, kPatience, [&] { return waiting == 100; }));
}

TEST_CASE("a stream tells that it opened, its messages, and its loss", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(kStreamHead);
        if (exchange.number() == 0) {
            exchange.send("retry: 1\nid: 7\nevent: step.updated\ndata: {}\n\n: heartbeat\n\ndata: cut off\n");
            return;
        }
        exchange.send("data: again\n\n");
        exchange.wait_for_close();
    });
    Client client{with_secrets(server.url())};
    client.perform(OpenStream{5, server.url("/stream")});
    CHECK(client.await<StreamOpened>().id == 5);
    StreamMessage const first = client.await<StreamMessage>();
    CHECK(first.id == 5);
    CHECK(first.message == SseMessage{.type = "step.updated", .data = "{}", .id = "7"});
    StreamLost const lost = client.await<StreamLost>();
    CHECK(lost.id == 5);
    CHECK(lost.reopens);
    CHECK(client.await<StreamOpened>().id == 5);
    CHECK(client.await<StreamMessage>().message == SseMessage{.type = "message", .data = "again", .id = "7"});
    CHECK(server.requests().at(0).header("accept") == "text/event-stream");
    CHECK(server.requests().at(0).header("cookie") == "session=secret");
    CHECK(server.requests().at(1).header("last-event-id") == "7");
    client.perform(CloseStream{5});
    client.perform(CloseStream{77});
    HttpAnswer const answer = client.fetch("ftp://nowhere"); // nothing but this arrives any more
    CHECK(answer.status == 0);
}

TEST_CASE("a stream that is refused is lost for good", "[net]")
{
    TestServer const server(
        [](Exchange const& exchange) { exchange.send(http_answer("200 OK", "application/json", "{}")); });
    Client client;
    client.perform(OpenStream{1, server.url()});
    CHECK_FALSE(client.await<StreamLost>().reopens);
    client.perform(OpenStream{2, "nonsense"});
    StreamLost const nowhere = client.await<StreamLost>();
    CHECK(nowhere.id == 2);
    CHECK_FALSE(nowhere.reopens);
    CHECK(nowhere.status == 0);
}

TEST_CASE("a stream that is refused says for how long", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(http_answer("503 Busy", "text/html", "", "Retry-After: 120\r\n"));
    });
    Client client;
    client.perform(OpenStream{1, server.url()});
    StreamLost const lost = client.await<StreamLost>();
    CHECK(lost.status == 503);
    CHECK(lost.retry_after == "120");
}

TEST_CASE("a network that goes away drops what is under way", "[net]")
{
    TestServer const server([](Exchange const& exchange) {
        exchange.send(kStreamHead);
        exchange.wait_for_close();
    });
    Client client;
    client.perform(Fetch{1, server.url()});
    client.perform(OpenStream{2, server.url()});
    CHECK(client.await<StreamOpened>().id == 2);
}
