#include "tests/unit/native/net/test_server.h"

#include "shared/base/text.h"

#include <catch2/catch_test_macros.hpp>

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pev::native::test {

namespace {

    sockaddr_in loopback()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    // A socket bound to a free port of this machine, and the port.
    std::pair<int, int> bind_somewhere()
    {
        int const bound = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback();
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        REQUIRE(::bind(bound, generic, size) == 0);
        REQUIRE(::getsockname(bound, generic, &size) == 0);
        return {bound, ntohs(address.sin_port)};
    }

} // namespace

std::string Request::path() const
{
    std::size_t const begin = head_.find(' ') + 1;
    return head_.substr(begin, head_.find(' ', begin) - begin);
}

std::string Request::header(std::string_view name) const
{
    std::string const wanted = "\r\n" + std::string{name} + ": ";
    std::size_t const found = ascii_lower(head_).find(wanted);
    if (found == std::string::npos)
        return {};
    std::size_t const begin = found + wanted.size();
    return head_.substr(begin, head_.find("\r\n", begin) - begin);
}

void Exchange::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        ssize_t const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return; // the client has gone
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Exchange::send_slowly(std::string_view bytes) const
{
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (char const byte : bytes)
        send({&byte, 1});
}

void Exchange::wait_for_close() const
{
    std::array<char, 256> ignored{};
    while (::recv(socket_, ignored.data(), ignored.size(), 0) > 0) {}
}

TestServer::TestServer(std::function<void(Exchange const&)> serve) : serve_(std::move(serve))
{
    std::tie(listener_, port_) = bind_somewhere();
    REQUIRE(::listen(listener_, 32) == 0);
    acceptor_ = std::thread([this] { accept_all(); });
}

TestServer::~TestServer()
{
    {
        std::scoped_lock const lock(mutex_);
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (int const socket : sockets_)
            ::shutdown(socket, SHUT_RDWR);
    }
    acceptor_.join();
    for (std::thread& thread : threads_)
        thread.join();
    ::close(listener_);
}

std::string TestServer::url(std::string_view path) const
{
    return "http://127.0.0.1:" + std::to_string(port_) + std::string{path};
}

void TestServer::accept_all()
{
    while (true) {
        int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        std::scoped_lock const lock(mutex_);
        if (socket < 0 || stopping_) {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        sockets_.insert(socket);
        threads_.emplace_back([this, socket] { handle(socket); });
    }
}

std::vector<Request> TestServer::requests() const
{
    std::scoped_lock const lock(mutex_);
    return requests_;
}

void TestServer::handle(int socket)
{
    static constexpr std::string_view kHeadEnd = "\r\n\r\n";
    std::string head;
    std::array<char, 4096> buffer{};
    bool complete = false;
    while (!complete && (head.empty() || head.starts_with("GET "))) {
        ssize_t const size = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            break;
        head.append(buffer.data(), static_cast<std::size_t>(size));
        complete = head.ends_with(kHeadEnd);
    }
    if (complete) {
        std::unique_lock lock(mutex_);
        Exchange const exchange{requests_.emplace_back(static_cast<int>(requests_.size()), std::move(head)), socket};
        lock.unlock();
        serve_(exchange);
    }
    std::scoped_lock const lock(mutex_);
    sockets_.erase(socket);
    ::close(socket);
}

std::string http_answer(std::string_view status, std::string_view type, std::string_view body, std::string_view more)
{
    return "HTTP/1.1 " + std::string{status} + "\r\nContent-Type: " + std::string{type} + "\r\n" + std::string{more}
    + "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + std::string{body};
}

std::string http_redirect(std::string_view status, std::string_view location)
{
    return "HTTP/1.1 " + std::string{status} + "\r\nLocation: " + std::string{location}
    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

int closed_port()
{
    auto const [bound, port] = bind_somewhere();
    ::close(bound);
    return port;
}

} // namespace pev::native::test
