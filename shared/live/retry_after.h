// How long a server wants to be left alone.
//
// Source: RFC 9110, 10.2.3 "Retry-After"; docs/WIRE.md#limits.
#pragma once

#include "shared/base/time.h"

#include <optional>
#include <string_view>

namespace pev {

// A limit on requests that names no time is taken to ask for this.
inline constexpr Duration kUnnamedWait = std::chrono::seconds{10};

// What a Retry-After header says: seconds (fractions are rounded up), or a date, which counts from `server_now`, the server's own
// time. A moment that has passed is no wait. Nothing where it can't be read. A header that proxies have joined with another one
// says what its first part does.
std::optional<Duration> parse_retry_after(std::string_view header, Instant server_now);

} // namespace pev
