// How true the screen is: whether what it shows can be relied on, and since when not.
//
// Used by: the timers that stand still, the notice under the header, the badge.
#pragma once

#include "shared/live/connection.h"

#include <optional>

namespace pev {

// Without a working connection, what is older than this is called old.
inline constexpr Duration kStaleAfter = std::chrono::seconds{5};
// For so long after Resume, after the tab was away, or after a stream was lost, it is only being caught up with.
inline constexpr Duration kCatchUp = std::chrono::seconds{3};

struct Freshness {
    // The run may have gone on without us. Paused and finished runs are never stale: nothing is claimed, or nothing goes on.
    bool stale = false;
    // Since when nobody knows how the run stands: the last word from the server. Only where timers are to stand still. That a stream
    // was open proves nothing: what was silent may have been dead.
    std::optional<Instant> known_until;
    // When this will be another, if nothing is heard until then.
    std::optional<Instant> changes_at;
};

// `last_heard`: when the newest word from the server came; our clock.
Freshness freshness_of(Connection const& connection, std::optional<Instant> last_heard, Instant now);

} // namespace pev
