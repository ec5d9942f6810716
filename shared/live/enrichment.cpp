#include "shared/live/enrichment.h"

#include <algorithm>
#include <utility>

namespace pev {

bool Enrichment::is_due(StepRun const& step, Instant now)
{
    bool const again = again_at_ && *again_at_ <= now;
    if (again)
        again_at_.reset();
    if (request_ != 0 || step.documented || rank_of(step.state.kind) != 2)
        return false;
    if (step.ref != step_ || step.attempt_number() != attempt_)
        return true;
    return again;
}

void Enrichment::asked(StepRun const& step, RequestId request)
{
    bool const again = step.ref == step_ && step.attempt_number() == attempt_;
    times_ = again ? times_ + 1 : 1;
    step_ = step.ref;
    attempt_ = step.attempt_number();
    request_ = request;
    again_at_.reset();
}

void Enrichment::answered(Instant now, Duration wait)
{
    request_ = 0;
    if (times_ < kMostEnrichments)
        again_at_ = now + std::max(wait, kEnrichAgainAfter);
}

void Enrichment::refused(bool no_route, Instant now)
{
    request_ = 0;
    bool const is_second = !refused_.empty() && refused_ != step_;
    no_route_ |= no_route || is_second;
    refused_ = step_;
    times_ = 0;
    again_at_ = now;
}

bool Enrichment::can_be_asked_alone(StepRun const& step) const
{
    return !no_route_ && step.ref != refused_;
}

RequestId Enrichment::drop()
{
    again_at_.reset();
    step_.clear();
    return std::exchange(request_, 0);
}

} // namespace pev
