// An HTTP server that says, byte for byte, what a test wants it to say: also what no server should.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace pev::native::test {

class Request {
public:
    Request(int number, std::string head) : number_(number), head_(std::move(head)) {}

    // Of this server's requests, from 0.
    int number() const { return number_; }
    std::string path() const;
    // Empty where there is none; `name` in lower case.
    std::string header(std::string_view name) const;
    bool has_header(std::string_view name) const;

private:
    int number_;
    std::string head_;
};

// A request and the connection that it came on. Runs on a thread of the server, where Catch2 must not be called: what was
// asked for is checked afterwards, by TestServer::requests().
class Exchange : public Request {
public:
    Exchange(Request request, int socket) : Request(std::move(request)), socket_(socket) {}

    void send(std::string_view bytes) const;
    // Each byte in a packet of its own.
    void send_slowly(std::string_view bytes) const;
    // Until the client hangs up, or the server stops.
    void wait_for_close() const;

private:
    int socket_;
};

class TestServer {
public:
    // `serve` runs on a thread of its own for each request; the connection closes when it returns.
    explicit TestServer(std::function<void(Exchange const&)> serve);
    ~TestServer();
    TestServer(TestServer const&) = delete;
    TestServer& operator=(TestServer const&) = delete;

    // "http://127.0.0.1:45678/path"
    std::string url(std::string_view path = "/") const;
    int port() const { return port_; }
    // All so far.
    std::vector<Request> requests() const;

private:
    void accept_all();
    void handle(int socket);

    std::function<void(Exchange const&)> serve_;
    int listener_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    bool stopping_ = false;
    std::vector<Request> requests_;
    std::set<int> sockets_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

// "HTTP/1.1 200 OK" with a length, and more header lines where given ("Date: …\r\n").
std::string http_answer(
    std::string_view status, std::string_view type, std::string_view body, std::string_view more = {});
// The head of an event stream; what follows is the stream.
inline constexpr std::string_view kStreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
std::string http_redirect(std::string_view status, std::string_view location);
// A port on which nobody listens.
int closed_port();

} // namespace pev::native::test
