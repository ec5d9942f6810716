#include "tests/unit/support/world.h"

#include "shared/base/text.h"
#include "shared/json/json_tree.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <utility>

namespace pev::test {

namespace {

    using std::chrono::milliseconds;
    using std::chrono::seconds;

    constexpr Duration kSlow = seconds{12};
    constexpr Duration kBrowserReopens = seconds{3};
    constexpr char const* kJson = "application/json";

    std::string bytes_of(SimServer::Message const& message)
    {
        std::string const id = message.id.empty() ? "" : "id: " + message.id + "\n";
        return id + "event: " + message.type + "\ndata: " + message.data + "\n\n";
    }

    std::string const kByteOrderMark = "\xEF\xBB\xBF";

    // What some servers make of the same document: `status` alone tells, numbers are quoted, NaN stands somewhere, a comma too many.
    std::string made_odd(std::string body)
    {
        for (auto const& [from, to] : {std::pair{R"("state":"running")", R"("state":"queued","score":NaN)"},
                 {R"("state":"success")", R"("state":"queued","workerInfo":{})"},
                 {R"("maxAttempts":3)", R"("maxAttempts":"3")"}}) {
            std::string_view const odd{to};
            for (auto at = body.find(from); at != std::string::npos; at = body.find(from, at + odd.size()))
                body.replace(at, std::string_view{from}.size(), odd);
        }
        body.insert(body.rfind('}'), ",");
        return kByteOrderMark + body;
    }

    std::string step_in(std::string const& url)
    {
        std::size_t const at = url.find("/steps/");
        return at == std::string::npos ? std::string{} : percent_decode(url.substr(at + 7));
    }

} // namespace

Options World::plain_options()
{
    Options options;
    options.run = SimServer::kRunId;
    return options;
}

World::World(ServerHabits habits, std::uint32_t seed) : World(habits, seed, plain_options()) {}

World::World(ServerHabits habits, std::uint32_t seed, Options options)
    : now(at(0)), server(habits, seed), session(std::move(options), *this), dice_(seed + 1)
{
}

void World::later(Duration delay, Happening what)
{
    due_.push({now + delay, ++order_, std::make_shared<Happening>(std::move(what))});
}

void World::set_pace(Duration between_events)
{
    pace_ = between_events;
    ++pace_number_;
    go_on();
}

void World::go_on()
{
    if (pace_ == Duration{0} || server.over())
        return;
    later(pace_, [this, number = pace_number_] {
        if (number != pace_number_)
            return;
        server.go_on(now);
        pass_on_all();
        go_on();
    });
}

void World::step_time(Instant end)
{
    auto const timer = session.next_timer();
    bool const happening_first = !due_.empty() && (!timer || due_.top().at <= *timer);
    Instant const next = happening_first ? due_.top().at : timer.value_or(end);
    if (next > end) {
        now = end;
        return;
    }
    now = std::max(now, next);
    if (happening_first) {
        auto const what = due_.top().what;
        due_.pop();
        (*what)();
    } else if (timer) {
        session.tick(now);
    }
}

void World::pass(Duration time)
{
    Instant const end = now + time;
    while (now < end)
        step_time(end);
}

bool World::pass_until(std::function<bool()> const& reached, Duration most)
{
    Instant const end = now + most;
    while (!reached() && now < end)
        step_time(end);
    return reached();
}

void World::perform(Effect const& effect)
{
    if (auto const* const fetch = std::get_if<Fetch>(&effect)) {
        wanted_[fetch->id] = true;
        answer(fetch->id, fetch->url);
    } else if (auto const* const abort = std::get_if<AbortFetch>(&effect)) {
        wanted_.erase(abort->id);
    } else if (auto const* const opening = std::get_if<OpenStream>(&effect)) {
        streams_[opening->id] = {};
        open(opening->id);
    } else if (auto const* const closing = std::get_if<CloseStream>(&effect)) {
        streams_.erase(closing->id);
    }
}

// --- Requests ---

void World::answer_with(RequestId id, Duration delay, int status, std::string type, std::string body)
{
    HttpAnswer answer{.id = id,
        .status = status,
        .content_type = std::move(type),
        .date = {},
        .body = std::move(body),
        .failure = status == 0 ? "Failed to fetch" : ""};
    if (status != 0 && server.habits().date_header)
        answer.date = std::chrono::floor<seconds>(server.time(now));
    later(delay, [this, answer = std::move(answer)] {
        if (wanted_.erase(answer.id) != 0) {
            session.arrive(answer, now);
        }
    });
}

void World::answer(RequestId id, std::string const& url)
{
    bool const is_stream_url = url.ends_with("/stream");
    std::string const step = step_in(url);
    if (!is_stream_url && step.empty())
        ++run_requests_;
    RestFault const fault = now < away_until_ ? RestFault::Unreachable : weather.rest;
    struck += fault != RestFault::None ? 1 : 0;
    if (fault == RestFault::Hangs)
        return;
    if (fault == RestFault::Unreachable)
        return answer_with(id, weather.latency, 0, "", "");
    // The document is made when the request arrives, and is then on its way.
    later(weather.latency / 2, [this, id, wanted = std::string{step}, is_stream_url, fault] {
        Duration const way = fault == RestFault::Slow ? kSlow : weather.latency / 2;
        if (fault == RestFault::Status)
            return answer_with(id, way, weather.status, kJson,
                R"({"success":false,"error":{"code":"INTERNAL_ERROR","message":"out of order"}})");
        if (fault == RestFault::WrongContent)
            return answer_with(id, way, 200, "text/html", "<html>Sign in</html>");
        std::string body;
        if (is_stream_url && weather.open != OpenFault::Redirected)
            body = R"({"success":true,"data":{"streamUrl":"https://api.example/stream?token=)" + std::to_string(id)
                + "\"}}";
        else
            body = wanted.empty() ? server.run_document(now) : server.step_document(wanted, now);
        if (body.empty())
            return answer_with(
                id, way, 404, kJson, R"({"success":false,"error":{"code":"NOT_FOUND","message":"no such step"}})");
        if (fault == RestFault::HalfJson)
            body.resize(body.size() / 2);
        if (fault == RestFault::Odd)
            body = made_odd(std::move(body));
        answer_with(id, way, 200, fault == RestFault::OtherType ? "text/html" : kJson, std::move(body));
    });
}

// --- Streams ---

std::size_t World::streams_open() const
{
    std::size_t count = 0;
    for (auto const& [id, stream] : streams_)
        count += stream.open ? 1 : 0;
    return count;
}

void World::open(StreamId id)
{
    auto const found = streams_.find(id);
    if (found == streams_.end() || weather.open == OpenFault::Hangs)
        return;
    OpenFault const fault = now < away_until_ ? OpenFault::Unreachable : weather.open;
    struck += fault != OpenFault::None ? 1 : 0;
    std::uint64_t const connection = found->second.connection = ++connections_;
    later(weather.latency, [this, id, fault, connection] {
        auto const stream = streams_.find(id);
        if (stream == streams_.end() || stream->second.connection != connection)
            return;
        if (fault == OpenFault::Refused || fault == OpenFault::Redirected) {
            streams_.erase(stream);
            session.arrive(StreamLost{id, false}, now);
            return;
        }
        if (fault == OpenFault::Unreachable) {
            later(kBrowserReopens, [this, id] { open(id); });
            session.arrive(StreamLost{id, true}, now);
            return;
        }
        Stream& opened = stream->second;
        opened.open = true;
        opened.held.clear();
        opened.told = 0;
        opened.quiet_until = now;
        opened.parser = SseParser{opened.parser.last_event_id()};
        opened.next = server.behind(opened.parser.last_event_id());
        session.arrive(StreamOpened{id}, now);
        auto const still = streams_.find(id);
        if (still == streams_.end())
            return;
        send(id, still->second, {{"connected", R"({"message":"connected"})", ""}});
        deliver_new(id, still->second);
    });
}

void World::pass_on_all()
{
    for (auto& [id, stream] : streams_) {
        if (stream.open)
            deliver_new(id, stream);
    }
}

void World::deliver_new(StreamId id, Stream& stream)
{
    auto const& events = server.events();
    std::vector<SimServer::Message> messages;
    for (; stream.next < events.size(); ++stream.next)
        messages.push_back(events[stream.next]);
    send(id, stream, messages);
}

void World::send(StreamId id, Stream& stream, std::vector<SimServer::Message> const& messages)
{
    StreamFaults const& faults = weather.stream;
    auto const happens = [&](std::uint32_t chance) {
        bool const strikes = chance != 0 && dice_.one_in(chance);
        struck += strikes ? 1 : 0;
        return strikes;
    };
    for (SimServer::Message const& message : messages) {
        if (happens(faults.loses))
            continue;
        if (happens(faults.garbles))
            stream.held.push_back({"step.updated", dice_.one_in(2) ? "{\"type\":\"step.upd" : "\xFF\xFE[1,2", ""});
        stream.held.push_back(message);
        if (faults.odd) {
            stream.held.back().data = json_quote(kByteOrderMark + message.data);
            ++struck;
        }
        if (happens(faults.doubles))
            stream.held.push_back(message);
        std::size_t const size = stream.held.size();
        if (size > 1 && happens(faults.swaps))
            std::swap(stream.held[size - 1], stream.held[size - 2]);
    }
    bool const waits_for_more = faults.swaps != 0 && stream.held.size() < 3;
    if (faults.mute || stream.held.size() < faults.holds_back || waits_for_more) {
        ++struck;
        return;
    }
    for (SimServer::Message const& message : std::exchange(stream.held, {})) {
        std::string bytes = bytes_of(message);
        if (faults.breaks_after && stream.told++ >= *faults.breaks_after) {
            ++struck;
            bytes.resize(faults.breaks_inside ? bytes.size() / 2 : 0);
        }
        pass_on(id, stream, std::move(bytes));
    }
}

// No bytes: the stream breaks off. Part of a message: it does so behind that.
void World::pass_on(StreamId id, Stream& stream, std::string bytes)
{
    std::uint32_t const rate = weather.stream.bytes_a_second;
    Duration const takes = rate == 0 ? Duration{0} : Duration{seconds{bytes.size()}} / rate;
    struck += takes + weather.stream.delay > Duration{0} ? 1 : 0;
    Instant const arrives = std::max(stream.quiet_until, now + weather.latency + weather.stream.delay) + takes;
    stream.quiet_until = arrives;
    later(arrives - now, [this, id, bytes = std::move(bytes), connection = stream.connection] {
        auto const found = streams_.find(id);
        if (found == streams_.end() || !found->second.open || found->second.connection != connection)
            return;
        take_in(id, found->second, bytes);
        if (!bytes.ends_with("\n\n"))
            cut(id, found->second);
    });
}

void World::take_in(StreamId id, Stream& stream, std::string_view bytes)
{
    std::vector<SseItem> items;
    CHECK(stream.parser.feed(bytes, items));
    for (SseItem const& item : items)
        session.arrive(StreamMessage{id, std::get<SseMessage>(item)}, now);
}

void World::cut_streams()
{
    std::vector<StreamId> open_ones;
    for (auto const& [id, stream] : streams_) {
        if (stream.open)
            open_ones.push_back(id);
    }
    for (StreamId const id : open_ones)
        cut(id, streams_[id]);
}

void World::cut(StreamId id, Stream& stream)
{
    stream.open = false;
    stream.connection = ++connections_;
    later(kBrowserReopens, [this, id, connection = stream.connection] {
        auto const found = streams_.find(id);
        if (found != streams_.end() && found->second.connection == connection)
            open(id);
    });
    session.arrive(StreamLost{id, true}, now);
}

void World::restart(Duration away)
{
    away_until_ = now + away;
    server.restart();
    cut_streams();
}

void World::finish_and_compare()
{
    weather = {};
    CHECK(pass_until([&] { return now >= away_until_; }, seconds{60}));
    server.finish(now);
    pass_on_all();
    CHECK(pass_until([&] { return mode() == Mode::Final && session.state().connection.final_seen; }, seconds{400}));
    REQUIRE(session.state().run);
    server.check_same(*session.state().run);
    CHECK_FALSE(session.state().problem);
    // A run that is over causes no traffic any more.
    CHECK(streams_open() == 0);
    std::size_t const requests = run_requests_;
    pass(seconds{600});
    CHECK(run_requests_ == requests);
}

} // namespace pev::test
