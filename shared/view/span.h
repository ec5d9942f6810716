// When a step ran, and which steps ran side by side.
//
// Used by: the timeline's branches, rounds.
#pragma once

#include "shared/run/model.h"

#include <algorithm>

namespace pev {

// A step's time on the clock. What goes on has no end; what has not begun has no time.
struct Span {
    Instant from = Instant::max();
    Instant to = Instant::min();
    bool overlaps(Span const& other) const { return from < other.to && other.from < to; }
    Span common(Span const& other) const { return {std::max(from, other.from), std::min(to, other.to)}; }
    Duration length() const { return from < to ? to - from : Duration{0}; }
};
Span span_of(RunModel const& run, StepRun const& step);

// Whether two steps, the shorter of which took `shorter`, ran side by side: they overlap by more than two clocks can explain that
// are not quite right. Where `a` is what several steps have in common, it is about the shortest of these.
bool are_side_by_side(Span const& a, Span const& b, Duration shorter);

} // namespace pev
