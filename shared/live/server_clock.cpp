#include "shared/live/server_clock.h"

#include <algorithm>
#include <initializer_list>

namespace pev {

namespace {

    // Computers that work together are not further apart; a stamp beyond that is a mistake.
    constexpr Duration kMostApart = std::chrono::minutes{10};

} // namespace

void ServerClock::observe_date(Instant date, Instant sent, Instant received)
{
    // The server wrote the whole second `date` at some moment between the two.
    Duration const low = date - received;
    Duration const high = date + std::chrono::seconds{1} - sent;
    Duration const new_low = low_ ? std::max(*low_, low) : low;
    Duration const new_high = high_ ? std::min(*high_, high) : high;
    // Bounds that exclude each other: one of the clocks was set. The newest answer counts.
    bool const consistent = new_low <= new_high;
    low_ = consistent ? new_low : low;
    high_ = consistent ? new_high : high;
    if (!consistent)
        stamp_low_.reset();
}

void ServerClock::observe_event(Instant stamped, Instant received)
{
    // It was stamped before it arrived; how long before is unknown (a replay may be hours old), so there is no upper bound.
    Duration const low = stamped - received;
    if (!high_ || low < *high_ + kMostApart)
        stamp_low_ = stamp_low_ ? std::max(*stamp_low_, low) : low;
    // A stamp that the Date headers contradict is wrong, or the server's clock was set: the next Date tells.
    if (high_ && low > *high_)
        return;
    low_ = low_ ? std::max(*low_, low) : low;
}

Instant ServerClock::happened_by(Instant stamped, Instant received) const
{
    Duration const cut = precision_of(stamped) - Duration{1};
    return std::min(received, happened_if_exact(stamped, received) + cut);
}

Instant ServerClock::happened_if_exact(Instant stamped, Instant received) const
{
    Duration low = stamped - received;
    for (auto const& bound : {low_, stamp_low_}) {
        if (bound)
            low = std::max(low, *bound);
    }
    return stamped - low;
}

Instant ServerClock::latest_stamp(Instant now) const
{
    constexpr Duration kClocks = std::chrono::seconds{1};
    // Where no Date bounds it, ours may be the clock that is wrong.
    Duration const ahead = high_ ? *high_ : offset() + kMostApart;
    return now + std::max(ahead, stamp_low_.value_or(ahead)) + kClocks;
}

Duration ServerClock::offset() const
{
    Duration const zero{0};
    bool const zero_allowed = (!low_ || *low_ <= zero) && (!high_ || *high_ >= zero);
    if (zero_allowed)
        return zero;
    if (low_ && high_)
        return (*low_ + *high_) / 2;
    return low_ ? *low_ : *high_;
}

} // namespace pev
