// A world in simulated time: a session, the server of its run, and the network, browser and proxies between them, each of
// which can go wrong.
//
// The browser's EventSource is played as it is, down to the bytes: what is cut off in the middle of a message is dropped, it
// opens a stream that broke again by itself after three seconds with the last id that it has seen, and gives up one that is
// refused.
#pragma once

#include "shared/app/session.h"
#include "shared/live/sse_parser.h"
#include "tests/unit/support/sim_server.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

namespace pev::test {

// What goes wrong with requests for the run and its steps.
enum class RestFault {
    None,
    Unreachable, // no network, or nobody there
    Hangs,
    Slow, // the answer takes twelve seconds
    Status, // see Weather::status
    HalfJson,
    WrongContent, // a web page
    OtherType, // the run, called a web page
    Odd, // no JSON, but the same to whoever understands it
};

// What goes wrong when a stream is to be opened.
enum class OpenFault {
    None,
    Unreachable, // the browser tries again by itself
    Refused, // a status, another content type: the browser gives up
    Redirected, // to the JSON of the run, as well where the stream's address is asked for
    Hangs,
};

// What a stream that is open does with its messages. Chances are one in so many; 0: never.
struct StreamFaults {
    bool mute = false;
    std::size_t holds_back = 0; // a proxy that passes messages on when it has so many
    Duration delay{0};
    std::uint32_t loses = 0;
    std::uint32_t doubles = 0;
    std::uint32_t swaps = 0; // with the message before
    std::uint32_t garbles = 0; // puts garbage between them
    bool odd = false; // see RestFault
    std::optional<std::size_t> breaks_after{}; // so many messages
    bool breaks_inside = false; // the next one
    std::uint32_t bytes_a_second = 0; // 0: as many as there are
};

struct Weather {
    RestFault rest = RestFault::None;
    int status = 500;
    OpenFault open = OpenFault::None;
    StreamFaults stream{};
    Duration latency = std::chrono::milliseconds{40};
};

class World final : public Platform {
public:
    World(ServerHabits habits, std::uint32_t seed, Options options);
    World(ServerHabits habits, std::uint32_t seed);

    static Options plain_options();

    void start() { session.start(now); }
    // Lets the run go on at this pace while time passes. Zero: it stands still.
    void set_pace(Duration between_events);
    void pass(Duration time);
    // Passes time until `reached`, no longer than `most`. Returns whether it was reached.
    bool pass_until(std::function<bool()> const& reached, Duration most);
    void act(Action const& action) { session.act(action, now); }
    void tell(Arrival const& arrival) { session.arrive(arrival, now); }

    // The network breaks every open stream, in the middle of a message.
    void cut_streams();
    // The server ends every open stream in order.
    void end_streams() { cut_streams(); }
    // The server is gone for a while, and has forgotten its events when it is back.
    void restart(Duration away);

    // Lets the run come to its end and the viewer to rest, in good weather, and compares.
    void finish_and_compare();

    Mode mode() const { return session.state().mode(); }
    std::size_t run_requests() const { return run_requests_; }
    std::size_t streams_open() const;

    void perform(Effect const& effect) override;

    Instant now;
    Weather weather;
    std::size_t struck = 0; // how often something has gone wrong
    SimServer server;
    Session session;

private:
    using Happening = std::function<void()>;
    struct Due {
        Instant at;
        std::uint64_t order;
        std::shared_ptr<Happening> what;
        bool operator>(Due const& other) const { return at != other.at ? at > other.at : order > other.order; }
    };
    // An EventSource.
    struct Stream {
        bool open = false;
        std::uint64_t connection = 0; // what belongs to an earlier one is lost
        std::size_t next = 0; // event to deliver
        std::size_t told = 0; // messages
        SseParser parser{std::string{}};
        std::vector<SimServer::Message> held;
        Instant quiet_until{}; // messages keep their order
    };

    void later(Duration delay, Happening what);
    void step_time(Instant end);
    void go_on();
    void answer(RequestId id, std::string const& url);
    void answer_with(RequestId id, Duration delay, int status, std::string type, std::string body);
    void open(StreamId id);
    void deliver_new(StreamId id, Stream& stream);
    void send(StreamId id, Stream& stream, std::vector<SimServer::Message> const& messages);
    void pass_on(StreamId id, Stream& stream, std::string bytes);
    void take_in(StreamId id, Stream& stream, std::string_view bytes);
    void cut(StreamId id, Stream& stream);
    void pass_on_all();

    Dice dice_;
    Duration pace_{0};
    std::uint64_t order_ = 0;
    std::uint64_t pace_number_ = 0;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
    std::map<RequestId, bool> wanted_; // requests under way
    std::map<StreamId, Stream> streams_;
    std::uint64_t connections_ = 0;
    Instant away_until_{};
    std::size_t run_requests_ = 0;
};

} // namespace pev::test
