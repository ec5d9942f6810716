// The whole way of a live run: server, network, session.
#include "native/net/network.h"
#include "shared/app/session.h"
#include "tests/unit/native/net/test_server.h"
#include "tests/unit/support/recordings.h"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace pev;
using namespace pev::native;
using namespace pev::native::test;

namespace {

Instant now()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

// A session whose effects go over the network, run by the test.
class LiveViewer final : public Platform {
public:
    explicit LiveViewer(Options const& options)
        : network_({.api_url = options.api, .credentials = {}, .http = {}}, [this] { ring(); }),
          session_(options, *this)
    {
        session_.start(now());
    }

    void perform(Effect const& effect) override { network_.perform(effect); }

    template <typename Condition>
    void run_until(Condition&& holds)
    {
        constexpr auto kPatience = std::chrono::seconds{60}; // only a failing test waits for so long
        auto const give_up = now() + kPatience;
        while (!holds(session_.state())) {
            REQUIRE(now() < give_up);
            {
                std::unique_lock lock(mutex_);
                bell_.wait_for(lock, std::chrono::milliseconds{50}, [this] { return rung_; });
                rung_ = false;
            }
            for (Arrival const& arrival : network_.take_arrivals())
                session_.arrive(arrival, now());
            session_.tick(now());
        }
    }

    AppState const& state() const { return session_.state(); }

private:
    void ring()
    {
        std::scoped_lock const lock(mutex_);
        rung_ = true;
        bell_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable bell_;
    bool rung_ = false;
    Network network_;
    Session session_;
};

std::string recorded_stream()
{
    std::string stream;
    for (auto const& [at, message] : pev::test::read_stream("live-run.stream.ndjson"))
        stream += "event: " + message.type + "\ndata: " + message.data + "\n\n";
    return stream;
}

} // namespace

TEST_CASE("a run is followed over the network to its end", "[net]")
{
    std::string const first = pev::test::read_file("live-run.initial.json");
    std::string const last = pev::test::read_file("live-run.final.json");
    std::string const stream = recorded_stream();
    std::atomic<bool> over = false;
    TestServer const server([&](Exchange const& exchange) {
        if (exchange.path().ends_with("/stream")) {
            exchange.send(kStreamHead);
            over = true;
            exchange.send(stream);
            exchange.wait_for_close();
        } else {
            exchange.send(http_answer("200 OK", "application/json", over ? last : first));
        }
    });
    Options options;
    options.api = server.url("/api/v1");
    options.run = "6b0d549b-6f03-475a-9600-a35a099950d8";
    LiveViewer viewer{options};
    viewer.run_until([](AppState const& state) {
        return mode_of(state.connection) == Mode::Final && state.connection.run_fetch == 0;
    });
    AppState const& state = viewer.state();
    REQUIRE(state.run);
    CHECK(state.run->state.kind == ExecutionState::Success);
    CHECK(state.run->progress.percent() == 100);
    CHECK(state.run->output == pev::test::read_run("live-run.final.json").output);
    CHECK(state.diagnostics.broken == 0);
    CHECK_FALSE(state.problem);
}
