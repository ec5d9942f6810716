// Which round of a loop a step is: steps of one key that ran one after the other.
#pragma once

#include "shared/run/model.h"

#include <cstdint>
#include <vector>

namespace pev {

// By index of step: 1 for the first round; 0 for what is none, such as the only step of its key, or one of two of which only one
// is taken. Empty where all keys differ.
std::vector<std::uint32_t> rounds_of(RunModel const& run);

} // namespace pev
