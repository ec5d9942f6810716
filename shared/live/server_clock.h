// Estimates how far the server's clock is ahead of ours, so that the duration of a running step is right on a computer
// whose clock is minutes off.
//
// Source: docs/WIRE.md#times. Every Date header (whole seconds) and every event timestamp bounds the offset from
// below and above; the bounds are intersected. As long as they allow zero, zero it is: clocks that agree must not wobble.
#pragma once

#include "shared/base/time.h"

#include <optional>

namespace pev {

class ServerClock {
public:
    // A Date header seen in an answer to a request that was out from `sent` to `received`.
    void observe_date(Instant date, Instant sent, Instant received);
    // Something stamped by the server has reached us.
    void observe_event(Instant stamped, Instant received);

    // Our clock: something stamped by the server that has reached us happened at this moment at the latest. The machine that
    // stamps events may have another clock than the one that writes Date headers: what counts is how much later than the
    // quickest event it came. To be called after observe_event().
    Instant happened_by(Instant stamped, Instant received) const;
    // The same, were the stamp exact: stamps that are cut to whole seconds are up to one too early.
    Instant happened_if_exact(Instant stamped, Instant received) const;

    // The server's clock, or that of the machine that stamps events: a stamp beyond this is a plan, or a mistake.
    Instant latest_stamp(Instant now) const;

    Duration offset() const;
    Instant server_time(Instant now) const { return now + offset(); }

private:
    std::optional<Duration> low_;
    std::optional<Duration> high_;
    std::optional<Duration> stamp_low_; // of the clock that stamps events
};

} // namespace pev
