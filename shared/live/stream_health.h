// Finds out streams that are open but don't deliver: a proxy that holds everything back, a connection that died unnoticed.
//
// Source: architecture, "Trust, then verify". While a stream is open, each further document is held against what is known:
// what it tells in addition, an event must have told as well, or tell within a grace. Only what events always tell counts: that
// a step starts, ends or is tried again, and log lines of a running step. Traces, workers, personalities, logs that are stored
// when a step ends come by documents alone.
#pragma once

#include "shared/run/event.h"
#include "shared/run/model.h"

#include <optional>
#include <string>
#include <vector>

namespace pev {

inline constexpr Duration kDeliveryGrace = std::chrono::seconds{4};

class StreamHealth {
public:
    // The first document that is asked for behind that closes the gap before it and proves nothing.
    void opened(Instant now);
    void closed();

    // To be called before `fetched`, which was asked for at `sent`, is merged into `known`.
    void compare(RunModel const& known, RunModel const& fetched, Instant sent, Instant now);
    // Whatever became of the event in the model.
    void heard(RunEvent const& event);

    // When judge() is due.
    std::optional<Instant> next_timer() const;
    // What the stream should have told by now, for the diagnostics; nothing where all is well.
    std::optional<std::string> judge(Instant now) const;

private:
    struct Missing {
        Instant by;
        std::string step_key;
        int attempt = 0;
        int rank = 0; // -1: a log line
        std::string line;
    };
    void expect(Missing missing);

    std::optional<Instant> opened_at_;
    bool gap_is_closed_ = false;
    std::vector<Missing> missing_;
};

} // namespace pev
