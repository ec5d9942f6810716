// A point in time as servers write them into JSON.
#pragma once

#include "shared/base/time.h"
#include "shared/json/json_tree.h"

#include <optional>

namespace pev {

// Of a text as parse_timestamp() takes it, or of a number, in quotes or not, as from_epoch() takes it.
std::optional<Instant> time_of(JsonView value);

} // namespace pev
