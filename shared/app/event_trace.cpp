#include "shared/app/event_trace.h"

#include <algorithm>
#include <iterator>

namespace pev {

void EventTrace::applied(RunEvent const& event, Instant received_at)
{
    if (!enabled_)
        return;
    if (ring_.size() == kCapacity)
        ring_.pop_front();
    TracedEvent traced;
    traced.type = event_type(event.event);
    traced.step_key = event_step_key(event.event);
    traced.at = event.at;
    if (auto const* const log = std::get_if<StepLogAppended>(&event.event))
        traced.text = log->text;
    traced.received_at = received_at;
    ring_.push_back(std::move(traced));
    undrawn_ = std::min(undrawn_ + 1, ring_.size());
}

void EventTrace::drawn(Instant now)
{
    for (; undrawn_ > 0; --undrawn_)
        ring_[ring_.size() - undrawn_].drawn_at = now;
}

std::vector<TracedEvent> EventTrace::drain()
{
    auto const end = ring_.end() - static_cast<std::ptrdiff_t>(undrawn_);
    std::vector<TracedEvent> drained(std::make_move_iterator(ring_.begin()), std::make_move_iterator(end));
    ring_.erase(ring_.begin(), end);
    return drained;
}

} // namespace pev
