// Whether two JSON texts say the same.
//
// Source: docs/WIRE.md#what-real-servers-do (JSON columns come back with their keys in another order). Databases that keep
// JSON as data write it anew: with other spaces and escapes, and members in an order of their own.
#pragma once

#include "shared/base/rest.h"
#include "shared/json/json_tree.h"

namespace pev {

// Numbers are the same where they are written the same. A text that is no JSON is the same as its copy only.
PEV_REST bool is_same_json(JsonText const& a, JsonText const& b);

} // namespace pev
