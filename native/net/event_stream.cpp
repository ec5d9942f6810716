#include "native/net/event_stream.h"

#include "shared/base/text.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace pev::native {

namespace {

    // Waits of tries in a row that brought nothing: the first as the server wants it, then at least 0.1, 0.2, 0.4 … s.
    constexpr std::chrono::milliseconds kFirstBackoff{100};
    constexpr std::chrono::milliseconds kLongestBackoff = std::chrono::seconds{30};
    constexpr int kMostDoublings = 9;

    void add_unless_named(HttpHeaders& headers, HttpHeader header)
    {
        bool const named = std::ranges::any_of(
            headers, [&](HttpHeader const& other) { return ascii_lower(other.name) == ascii_lower(header.name); });
        if (!named)
            headers.push_back(std::move(header));
    }

    std::string describe_refusal(HttpHead const& head)
    {
        std::string const type = head.content_type.empty() ? "no content type" : one_line(head.content_type, 60);
        if (head.status == 204)
            return "the server ended the stream for good (HTTP 204)";
        if (head.status == 200)
            return "the answer is no event stream (HTTP 200, " + type + ")";
        return "the server refused the stream (HTTP " + std::to_string(head.status) + ", " + type + ")";
    }

} // namespace

EventStream::EventStream(HttpLoop& loop, Settings settings, std::function<void(News)> listener)
    : loop_(loop),
      settings_(std::move(settings)),
      listener_(std::move(listener)),
      parser_(settings_.last_event_id, settings_.max_message_bytes),
      retry_(settings_.initial_delay)
{
    add_unless_named(settings_.request.headers, {.name = "Accept", .value = "text/event-stream"});
    add_unless_named(settings_.request.headers, {.name = "Cache-Control", .value = "no-cache"});
    connect();
}

EventStream::~EventStream()
{
    loop_.cancel(transfer_);
}

void EventStream::restart()
{
    if (state_ == State::Closed)
        return;
    loop_.cancel(transfer_);
    idle_tries_ = 0;
    connect();
}

void EventStream::tick(Clock::time_point now)
{
    if (reconnect_at_ && *reconnect_at_ <= now)
        connect();
    if (silent_until_ && *silent_until_ <= now) {
        loop_.cancel(transfer_);
        lose("nothing was heard for " + std::to_string(settings_.read_timeout->count()) + " ms");
    }
}

std::optional<EventStream::Clock::time_point> EventStream::next_timer() const
{
    return reconnect_at_ ? reconnect_at_ : silent_until_; // there is never both
}

void EventStream::connect()
{
    state_ = State::Connecting;
    reconnect_at_.reset();
    heard_something(); // the read timeout counts from here
    ++idle_tries_;
    std::string const& last_id = parser_.last_event_id();
    HttpRequest request = settings_.request;
    if (!last_id.empty())
        request.headers.push_back({.name = "Last-Event-ID", .value = last_id});
    parser_ = SseParser{std::string{last_id}, settings_.max_message_bytes};
    transfer_ = loop_.start(std::move(request),
        {.on_head = [this](HttpHead const& head) { return on_head(head); },
            .on_body = [this](std::string_view bytes) { return on_body(bytes); },
            .on_end = [this](std::string const& failure) { on_end(failure); }});
}

bool EventStream::on_head(HttpHead const& head)
{
    heard_something();
    if (head.status != 200 || !is_event_stream(head.content_type)) {
        close(describe_refusal(head));
        return false;
    }
    state_ = State::Open;
    listener_(Opened{});
    return true;
}

bool EventStream::on_body(std::string_view bytes)
{
    heard_something();
    std::vector<SseItem> items;
    bool const readable = parser_.feed(bytes, items);
    retry_ = parser_.retry().value_or(retry_);
    if (!items.empty())
        idle_tries_ = 0;
    for (SseItem& item : items)
        std::visit([this](auto& what) { listener_(std::move(what)); }, item);
    if (!readable)
        close("a message is larger than " + std::to_string(settings_.max_message_bytes) + " bytes");
    return readable;
}

void EventStream::on_end(std::string const& failure)
{
    if (!origin_of(settings_.request.url))
        close(failure); // no try would find what is not there
    else
        lose(failure.empty() ? "the server closed the stream" : failure);
}

void EventStream::lose(std::string reason)
{
    state_ = State::Waiting;
    silent_until_.reset();
    reconnect_at_ = Clock::now() + delay();
    listener_(Lost{.reopens = true, .reason = std::move(reason)});
}

void EventStream::close(std::string reason)
{
    state_ = State::Closed;
    silent_until_.reset();
    reconnect_at_.reset();
    listener_(Lost{.reopens = false, .reason = std::move(reason)});
}

EventStream::Milliseconds EventStream::delay() const
{
    if (idle_tries_ < 2)
        return retry_;
    Milliseconds const backoff = kFirstBackoff * (1 << std::min(idle_tries_ - 2, kMostDoublings));
    return std::max(retry_, std::min(backoff, kLongestBackoff));
}

void EventStream::heard_something()
{
    if (settings_.read_timeout)
        silent_until_ = Clock::now() + *settings_.read_timeout;
}

} // namespace pev::native
