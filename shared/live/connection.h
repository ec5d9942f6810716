// How the viewer keeps up with a run: the state machine of stream and polling.
//
// Source: docs/WIRE.md#life-of-a-connection.
//
//   Loading ─► Connecting ─► Live ─► (run ends) ─► Final
//      │          ▲  │  ▲      │
//      ▼          │  ▼  └─ Probation (open again after it was found mute)
//    Failed       └─ Backoff, after five tries Polling: then it is tried now and then
//
// Whenever no stream is open, and the run is neither paused nor over, it is fetched every two seconds: data never goes stale
// while the stream is being repaired. After each opening of the stream the run is fetched once, which closes the gap.
//
// A try fails when the stream is lost, refused, or has not opened in time. A stream that was lost may be reopened by the
// browser itself (it then sends Last-Event-ID): that is the first try, and costs no new stream. In the app profile an
// address serves one try only, so every try is ours and starts with a new address.
//
// An open stream is trusted, and checked: what a document every 30 s tells, the stream must have told as well
// (live/stream_health.h). One that failed this counts as lost, and when it opens again the run is polled on until it has told
// something that no document had told before.
//
// A run that has failed or was canceled is followed for a minute more, stream and all: servers try its last step again, and some
// tell nothing of it. Then, and at once where that was long ago, it rests (Final).
//
// A server may ask to be left alone for a while (429, Retry-After). Nothing is sent before that is over, whatever happens and
// whoever asks.
//
// A tab that is hidden for a while gives its stream back, and looks after its run every 30 s, for the title.
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
// A server that has failed for a while is asked less often.
inline constexpr int kPatientFailures = 10;
inline constexpr Duration kFailingPollInterval = std::chrono::seconds{10};

inline constexpr Duration kFirstRetry = std::chrono::seconds{3}; // then 6, 12, 24, 48
inline constexpr int kMaxTries = 5;
// After the five: a server that was restarted, or a proxy that was repaired, is found out within a minute, and one that can't
// stream is bothered once in five minutes.
inline constexpr Duration kFirstLateRetry = std::chrono::seconds{60}; // then 120, 240
inline constexpr Duration kLastRetry = std::chrono::minutes{5};
inline constexpr Duration kOpenTimeout = std::chrono::seconds{10};
// A stream that lived this long was a working one: losing it starts the tries afresh.
inline constexpr Duration kProvenStream = std::chrono::seconds{10};

inline constexpr Duration kFetchTimeout = std::chrono::seconds{30};
// A stream that is silent for so long while a request has no answer, or a bad one, may not be there any more.
inline constexpr Duration kDoubtAfter = std::chrono::seconds{5};

// While live: a fetch proves that the stream delivers. Events that come in time prove as much, for a while.
inline constexpr Duration kCheckInterval = std::chrono::seconds{30};
inline constexpr Duration kLongestUnchecked = std::chrono::minutes{4};
// Where no event can be relied on to tell what comes next (nothing runs, or no event has come at all) it is asked for sooner, and
// then less and less often: after 2, 4, 8, 16 s of silence, then as ever.
inline constexpr Duration kFirstLook = std::chrono::seconds{2};
inline constexpr Duration kCheckAfterProbation = std::chrono::seconds{10};
// A document that is behind what the stream has told is followed by another, so often.
inline constexpr int kMostLaggingFetches = 3;

// A run that failed or was canceled may be taken up again: it is looked after for so long. Without a stream at most so often:
inline constexpr Duration kAfterFailure = std::chrono::minutes{1};
inline constexpr Duration kAfterFailurePollInterval = std::chrono::seconds{8};
// And for no longer than this, whatever times the documents tell.
inline constexpr Duration kLongestAfterFailure = std::chrono::minutes{5};

// A server that asks for a longer wait is asked again after this.
inline constexpr Duration kLongestWait = std::chrono::hours{1};

// Browsers allow six connections to a host: a tab that nobody looks at gives its stream back.
inline constexpr Duration kSleepAfter = std::chrono::seconds{45};
inline constexpr Duration kSleepingPollInterval = std::chrono::seconds{30};

// 3, 6, 12, 24, 48 s for tries 1 to 5, then 60, 120, 240, and 300 s for all that follow.
Duration backoff(int attempt);

enum class Phase : std::uint8_t {
    Loading, // a fetch is on its way that everything else waits for: the first one, or after Resume, or after sleep
    Failed, // the first fetch failed; waits for a Retry
    Connecting, // a stream is being opened
    Live, // a stream is open
    Probation, // a stream is open that was mute before, and has still to prove itself
    Backoff, // waits for the next try
    Polling, // no stream wanted, none to be had, or given up
    Asleep, // hidden: no stream, a look now and then
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

    // The world around.
    bool visible = true;
    bool online = true; // as far as the platform knows; an answer proves it

    Phase phase = Phase::Loading;
    bool has_run = false; // a fetch has succeeded
    bool run_over = false;
    Instant over_since{}; // while it is over
    bool may_resume = false; // likewise: it failed or was canceled
    bool anything_runs = true; // as far as is known, a step does

    // The stream.
    StreamId stream = 0; // 0: none
    int tries = 0; // failed or under way since the last proven stream
    bool browser_reopens = false; // the stream was lost and the browser is at try 1
    bool found_mute = false; // until it delivers
    bool waits_for_room = false; // other tabs of this browser hold the streams that it allows
    std::optional<Instant> live_since; // while it is open and trusted
    bool catching_up = false; // what happened before it opened is not known yet
    Instant heard_at{}; // when it opened or last spoke
    std::optional<Instant> timely_at; // when an event last came without delay

    // Requests.
    RequestId run_fetch = 0; // 0: none under way
    RequestId url_fetch = 0;
    Instant fetch_sent{}; // the newest
    bool fetch_again = false; // the fetch under way started too early to tell what is wanted
    bool polled = false; // since there was a stream
    bool doubtful = false; // live, but the server does not answer, and the stream is silent
    int failures = 0; // fetches in a row
    int looks = 0; // fetches since something was heard or done; see kFirstLook
    int lagging_fetches = 0;
    int early_final_fetches = 0; // of a run that is over, says an event, and the documents still don't
    bool final_seen = false; // a document has shown the run over

    // Timers.
    std::optional<Instant> poll_at;
    std::optional<Instant> check_at;
    std::optional<Instant> retry_at; // a screen counts down to it
    std::optional<Instant> open_by;
    std::optional<Instant> fetch_by;
    std::optional<Instant> doubt_at;
    std::optional<Instant> sleep_at;
    std::optional<Instant> rest_at; // the run is over; until then it is looked after
    std::optional<Instant> wait_until; // the server wants nothing to be asked before; a screen counts down to it

    std::uint64_t last_id = 0; // of streams and requests, also of those that others make (see next_request)
};

// What can happen to a connection. I/O answers carry the id of what they answer; ids of things given up are ignored.
struct Started {};
struct RunFetched {
    RequestId id = 0;
    bool run_over = false; // says the document
    bool lags = false; // it lacks what the stream had told before it was asked for
    bool goes_on = false; // the end that was told before is taken back
    std::optional<Instant>
        look_until{}; // of a run that is over and may be taken up again; in the past, where it is old
};
struct RunFetchFailed {
    RequestId id;
};
struct StreamUrlFetched {
    RequestId id;
    std::string url;
};
struct StreamUrlRefused {
    RequestId id = 0;
    Duration wait{0}; // that the server asks for
};
struct StreamDidOpen {
    StreamId id;
};
struct StreamMustWait { // for another tab to give one back
    StreamId id;
};
struct StreamWasLost {
    StreamId id = 0;
    bool browser_reopens = false;
    Duration wait{0}; // that the server asks for
};
struct StreamSpoke { // a message came
    bool timely; // as far as can be told, without delay
};
struct StreamBroughtNews {}; // an event told what no document had
struct StreamWentMute { // a document told what no event did
    std::string missing; // "the end of research"
};
struct RunEnded { // an event said so
    std::optional<Instant> look_until{}; // as in RunFetched
};
struct RunGoesOn {}; // an event said so of a run that was over
struct WorkChanged { // whether a step runs
    bool anything_runs;
};
struct AskedToWait { // by the server: nothing is to be asked of it for so long
    Duration wait;
};
struct StepWentMissing {}; // an event named a step that the model lacks, or could not be read
struct DetailsWanted {}; // of a step that can't be asked for alone
struct RefreshAsked {};
struct PauseAsked {};
struct ResumeAsked {};
struct RetryAsked {};
struct VisibilityChanged {
    bool visible;
};
struct NetworkChanged {
    bool online;
};
struct StreamingChanged {
    bool allowed;
};
struct RunLeft {}; // another one is about to be started
struct TimerRang {};

using ConnectionInput = std::variant<Started, RunFetched, RunFetchFailed, StreamUrlFetched, StreamUrlRefused,
    StreamDidOpen, StreamMustWait, StreamWasLost, StreamSpoke, StreamBroughtNews, StreamWentMute, RunEnded, RunGoesOn,
    WorkChanged, AskedToWait, StepWentMissing, DetailsWanted, RefreshAsked, PauseAsked, ResumeAsked, RetryAsked,
    VisibilityChanged, NetworkChanged, StreamingChanged, RunLeft, TimerRang>;

Effects advance(Connection& connection, ConnectionInput const& input, Instant now);

// The earliest of its timers: when TimerRang is due.
std::optional<Instant> next_timer(Connection const& connection);

// A new id for a request that is not the connection's own.
inline RequestId next_request(Connection& connection)
{
    return ++connection.last_id;
}

// The five tries have failed; from now on the stream is tried now and then.
inline bool gave_up(Connection const& connection)
{
    return connection.tries > kMaxTries;
}
// The answers of the server are to be held against what the stream has told.
inline bool stream_is_checked(Connection const& connection)
{
    return connection.phase == Phase::Live || connection.phase == Phase::Probation;
}

// The server has asked to be left alone, which is not over yet.
inline bool waits_as_told(Connection const& connection)
{
    return connection.wait_until.has_value();
}

// What the badge says.
enum class Mode : std::uint8_t { Loading, Live, Polling, Paused, Final, Error };
Mode mode_of(Connection const& connection);
std::string_view mode_word(Mode mode); // "loading", as the probe says it

} // namespace pev
