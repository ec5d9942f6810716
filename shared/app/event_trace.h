// Remembers when each applied event arrived and when it was first drawn, for measurements.
//
// Source: docs/PAGE.md#probe, drain(). Off unless the probe is asked for.
#pragma once

#include "shared/base/time.h"
#include "shared/run/event.h"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace pev {

struct TracedEvent {
    std::string type;
    std::string step_key;
    std::optional<Instant> at;
    std::string text; // of a log line
    Instant received_at{};
    std::optional<Instant> drawn_at;
};

class EventTrace {
public:
    static constexpr std::size_t kCapacity = 20'000; // the oldest go first

    void enable() { enabled_ = true; }
    void applied(RunEvent const& event, Instant received_at);
    void drawn(Instant now);
    // The events drawn so far, oldest first; they are not told again.
    std::vector<TracedEvent> drain();

private:
    bool enabled_ = false;
    std::size_t undrawn_ = 0; // at the end of the ring
    std::deque<TracedEvent> ring_;
};

} // namespace pev
