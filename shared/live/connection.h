// How the viewer keeps up with a run: the state machine of stream and polling.
//
// Source: wire contract, "Life of the connection"; mission document, "Connection Lifecycle".
//
//   Loading ─► Connecting ─► Live ─► (run ends) ─► Final
//      │            │  ▲       │
//      ▼            ▼  │       ▼
//    Failed      Backoff ◄─────┘        five tries, then Polling for good
//
// Whenever no stream is open, and the run is neither paused nor over, it is fetched every two seconds: data never goes stale
// while the stream is being repaired. After each opening of the stream the run is fetched once, which closes the gap.
//
// A try fails when the stream is lost, refused, or has not opened in time. A stream that was lost may be reopened by the
// browser itself (it then sends Last-Event-ID): that is the first try, and costs no new stream. In the app profile an
// address serves one try only, so every try is ours and starts with a new address.
//
// Pure: time is an argument, I/O comes out as effects, and a whole reconnect story is a unit test.
#pragma once

#include "shared/app/effect.h"
#include "shared/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pev {

inline constexpr Duration kPollInterval = std::chrono::seconds{2};
inline constexpr Duration kFirstRetry = std::chrono::seconds{3}; // then 6, 12, 24, 48
inline constexpr int kMaxTries = 5;
inline constexpr Duration kOpenTimeout = std::chrono::seconds{10};
inline constexpr Duration kFetchTimeout = std::chrono::seconds{30};
// A stream that lived this long was a working one: losing it starts the tries afresh.
inline constexpr Duration kProvenStream = std::chrono::seconds{10};

// 3, 6, 12, 24, 48 s for tries 1 to 5.
Duration backoff(int attempt);

enum class Phase : std::uint8_t {
    Loading, // nothing to show yet, the first fetch is on its way
    Failed, // the first fetch failed; waits for a Retry
    Connecting, // a stream is being opened
    Live, // a stream is open
    Backoff, // waits for the next try
    Polling, // no stream wanted, or given up
    Paused,
    Final, // the run is over
};

enum class Profile : std::uint8_t { Api, App };

struct Connection {
    // Settings.
    bool streaming_allowed = true;
    Profile profile = Profile::Api;
    std::string run_url;
    std::string stream_url; // api profile: of the stream; app profile: of the call that answers with one

    Phase phase = Phase::Loading;
    bool gave_up = false; // five tries failed: Polling is permanent until a manual retry
    int tries = 0; // failed or under way since the last proven stream
    bool browser_reopens = false; // the stream was lost and the browser is at try 1
    StreamId stream = 0; // 0: none
    std::optional<Instant> opened_at;
    RequestId run_fetch = 0; // 0: none under way
    RequestId url_fetch = 0;
    bool fetch_again = false; // the fetch under way started too early to tell what is wanted
    bool has_run = false; // a fetch has succeeded
    bool polled = false; // since there was a stream
    bool run_over = false;
    int final_fetches = 0;

    // Timers.
    std::optional<Instant> poll_at;
    std::optional<Instant> retry_at; // of Backoff; a screen counts down to it
    std::optional<Instant> open_by;
    std::optional<Instant> fetch_by;

    std::uint64_t last_id = 0; // of streams and requests
};

// What can happen to a connection. I/O answers carry the id of what they answer; ids of things given up are ignored.
struct Started {};
struct RunFetched {
    RequestId id;
    bool run_over;
};
struct RunFetchFailed {
    RequestId id;
};
struct StreamUrlFetched {
    RequestId id;
    std::string url;
};
struct StreamUrlRefused {
    RequestId id;
};
struct StreamDidOpen {
    StreamId id;
};
struct StreamWasLost {
    StreamId id;
    bool browser_reopens;
};
struct RunEnded {}; // an event said so
struct StepWentMissing {}; // an event named a step that the model lacks
struct RefreshAsked {};
struct PauseAsked {};
struct ResumeAsked {};
struct RetryAsked {};
struct TimerRang {};

using ConnectionInput
    = std::variant<Started, RunFetched, RunFetchFailed, StreamUrlFetched, StreamUrlRefused, StreamDidOpen,
        StreamWasLost, RunEnded, StepWentMissing, RefreshAsked, PauseAsked, ResumeAsked, RetryAsked, TimerRang>;

Effects advance(Connection& connection, ConnectionInput const& input, Instant now);

// The earliest of its timers: when TimerRang is due.
std::optional<Instant> next_timer(Connection const& connection);

// What the badge says.
enum class Mode : std::uint8_t { Loading, Live, Polling, Paused, Final, Error };
Mode mode_of(Connection const& connection);
std::string_view mode_word(Mode mode); // "loading", as the probe says it

} // namespace pev
