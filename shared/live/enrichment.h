// When the selected step is fetched alone: what it remembered, whom it talked to and which worker it had don't come by events.
//
// Where the server has no route for steps, or another one at the step's address, the run is fetched for them.
//
// Used by: Session, while a stream is trusted; polls bring everything anyway.
#pragma once

#include "shared/app/effect.h"
#include "shared/run/model.h"

#include <optional>
#include <string>

namespace pev {

// An answer may be older than the event that told the end, or bad: it is asked for again, so often.
inline constexpr int kMostEnrichments = 3;
inline constexpr Duration kEnrichAgainAfter = std::chrono::seconds{2};

class Enrichment {
public:
    // Whether `step` has ended, no document has told how, and it is time to ask for one.
    bool is_due(StepRun const& step, Instant now);
    void asked(StepRun const& step, RequestId request);
    // `wait`: that the server asks for.
    void answered(Instant now, Duration wait = {});
    // It can't be had alone, now or later: another route of this server's has the same address; or (`no_route`, or it is the second
    // such step) there is no route for steps at all. It is due at once, from the run.
    void refused(bool no_route, Instant now);
    bool can_be_asked_alone(StepRun const& step) const;
    // Returns the request that is under way, whose answer is wanted no longer; 0: none.
    RequestId drop();

    RequestId request() const { return request_; } // 0: none under way
    std::string const& step() const { return step_; } // ref of the one that was asked for last
    // When is_due() may be true again.
    std::optional<Instant> next_timer() const { return again_at_; }

private:
    RequestId request_ = 0;
    std::string step_; // ref of the one that was asked for last
    int attempt_ = 0;
    int times_ = 0;
    bool no_route_ = false;
    std::string refused_;
    std::optional<Instant> again_at_;
};

} // namespace pev
