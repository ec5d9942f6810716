#include "shared/live/freshness.h"

#include <algorithm>

namespace pev {

namespace {

    // The fetch that follows the loss of a stream is on its way, and nothing speaks against its answer.
    bool is_catching_up(Connection const& connection)
    {
        bool const without_stream = connection.phase == Phase::Backoff || connection.phase == Phase::Connecting
            || connection.phase == Phase::Polling;
        return without_stream && connection.run_fetch != 0 && !connection.polled && connection.failures == 0;
    }

} // namespace

Freshness freshness_of(Connection const& connection, std::optional<Instant> last_heard, Instant now)
{
    if (!connection.has_run || !last_heard)
        return {};
    Instant const heard = *last_heard;
    switch (connection.phase) {
    case Phase::Failed:
        return {};
    case Phase::Paused:
    case Phase::Final:
    case Phase::Asleep: // nobody looks
        return {.stale = false, .known_until = heard, .changes_at = {}};
    case Phase::Live:
        if (!connection.doubtful && !connection.catching_up)
            return {};
        break;
    case Phase::Loading: {
        Instant const stale_at = std::max(heard + kStaleAfter, connection.fetch_sent + kCatchUp);
        bool const stale = now >= stale_at;
        return {.stale = stale, .known_until = heard, .changes_at = stale ? std::nullopt : std::optional{stale_at}};
    }
    case Phase::Connecting:
    case Phase::Probation:
    case Phase::Backoff:
    case Phase::Polling:
        break;
    }
    if (now < heard + kStaleAfter)
        return {.stale = false, .known_until = {}, .changes_at = heard + kStaleAfter};
    // Timers stand still where they are: those that went back to the last word would jump at each loss of a silent stream.
    Instant const caught_up_by = connection.fetch_sent + kCatchUp;
    if (is_catching_up(connection) && now < caught_up_by)
        return {.stale = false, .known_until = connection.fetch_sent, .changes_at = caught_up_by};
    return {.stale = true, .known_until = heard, .changes_at = {}};
}

} // namespace pev
