// An event stream that stays open: what EventSource is in a browser.
//
// Source: WHATWG HTML, 9.2 "Server-sent events". Only 200 with text/event-stream opens it; any other answer (204 too)
// ends it for good, and so does a message beyond the parser's limit. When the network fails, or the server closes the
// stream, it is opened again: after the time that the server asked for (`retry`), with Last-Event-ID. Tries in a row that bring
// nothing wait longer and longer, as the standard allows.
// Threading: that of its loop.
#pragma once

#include "native/net/http_loop.h"
#include "shared/live/sse_parser.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <variant>

namespace pev::native {

class EventStream {
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    struct Settings {
        HttpRequest request; // headers of its own win over those of the standard
        std::string last_event_id; // as if a stream before had brought it
        Milliseconds initial_delay = std::chrono::seconds{3}; // until the server names another
        std::optional<Milliseconds> read_timeout; // without a byte for so long, the connection counts as lost
        std::size_t max_message_bytes = SseParser::kMaxMessageBytes;
    };

    struct Opened {};
    struct Lost {
        bool reopens = false; // false: for good
        std::string reason; // one line
        int status = 0; // of an answer that refused the stream
        std::string retry_after{}; // likewise: how long the server wants to be left alone
    };
    // In the order of the stream.
    using News = std::variant<Opened, SseMessage, SseComment, Lost>;

    // Opens it; `listener` is called from the loop's run() and from tick().
    EventStream(HttpLoop& loop, Settings settings, std::function<void(News)> listener);
    ~EventStream();
    EventStream(EventStream const&) = delete;
    EventStream& operator=(EventStream const&) = delete;

    // Drops the connection and opens it anew at once. Nothing for a stream that is lost for good.
    void restart();

    // Runs what is due, and says when tick() is due next.
    void tick(Clock::time_point now);
    std::optional<Clock::time_point> next_timer() const;

private:
    enum class State : std::uint8_t { Connecting, Open, Waiting, Closed };

    void connect();
    bool on_head(HttpHead const& head);
    bool on_body(std::string_view bytes);
    void on_end(std::string const& failure);
    void lose(std::string reason);
    void close(std::string reason, HttpHead const& refusal = {});
    Milliseconds delay() const;
    void heard_something();

    HttpLoop& loop_;
    Settings settings_;
    std::function<void(News)> listener_;

    State state_ = State::Connecting;
    HttpLoop::TransferId transfer_ = 0;
    SseParser parser_;
    Milliseconds retry_;
    int idle_tries_ = 0; // connections in a row that brought nothing
    std::optional<Clock::time_point> reconnect_at_;
    std::optional<Clock::time_point> silent_until_; // then the read timeout is over
};

} // namespace pev::native
