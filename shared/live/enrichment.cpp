#include "shared/live/enrichment.h"

#include <utility>

namespace pev {

bool Enrichment::is_due(StepRun const& step, Instant now)
{
    bool const again = again_at_ && *again_at_ <= now;
    if (again)
        again_at_.reset();
    if (request_ != 0 || step.documented || rank_of(step.state.kind) != 2)
        return false;
    if (step.key != step_key_ || step.attempt_number() != attempt_)
        return true;
    return again;
}

void Enrichment::asked(StepRun const& step, RequestId request)
{
    bool const again = step.key == step_key_ && step.attempt_number() == attempt_;
    times_ = again ? times_ + 1 : 1;
    step_key_ = step.key;
    attempt_ = step.attempt_number();
    request_ = request;
    again_at_.reset();
}

void Enrichment::answered(Instant now)
{
    request_ = 0;
    if (times_ < kMostEnrichments)
        again_at_ = now + kEnrichAgainAfter;
}

RequestId Enrichment::drop()
{
    again_at_.reset();
    step_key_.clear();
    return std::exchange(request_, 0);
}

} // namespace pev
