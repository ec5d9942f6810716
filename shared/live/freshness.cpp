#include "shared/live/freshness.h"

#include <algorithm>

namespace pev {

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
    return {.stale = true, .known_until = heard, .changes_at = {}};
}

} // namespace pev
