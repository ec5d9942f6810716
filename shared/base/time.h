// Points in time and their text.
//
// Source: docs/WIRE.md#times (ISO 8601 with Z, an offset, or microseconds); what Go, Java, PostgreSQL and mail write for them.
// There is no clock here: whoever calls says what time it is. The platform passes a clock that never runs
// backwards and is near to the wall clock, so that one kind of instant serves timers and timestamps.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pev {

using Duration = std::chrono::microseconds;
// UTC.
using Instant = std::chrono::time_point<std::chrono::system_clock, Duration>;

// Minutes east of UTC at an instant. The platform knows the reader's zone and its summer time.
using UtcOffsetAt = std::chrono::minutes (*)(Instant);
std::chrono::minutes utc_offset_none(Instant);

// Reads "2025-11-17T12:00:00.123456+00:00" and its shorter forms, also as others write it: "2026-11-20 14:03:12.5 +0000 UTC m=+0.1"
// (Go), "2026-11-20T14:03:12+01:00[Europe/Berlin]" (Java), "20261120T140312Z", "2026-11-20T24:00Z", and what HTTP's Date says. A
// missing zone means UTC. Digits beyond microseconds are dropped. Nothing for text that is no timestamp (a date alone is none),
// names a day that does not exist, or stands for "not set" (1970-01-01 and before; from the
// year 3000 on).
std::optional<Instant> parse_timestamp(std::string_view text);

// The unit that a stamp was cut to, as far as it shows: a whole second may stand for all of it.
Duration precision_of(Instant stamp);

// The instant of so many seconds, milliseconds, microseconds or nanoseconds since 1970: which of them, its size tells.
std::optional<Instant> from_epoch(double number);

// Reads the dates of HTTP answers ("Mon, 23 Nov 2026 11:17:52 GMT", and the older "Monday, 23-Nov-26 11:17:52 GMT").
std::optional<Instant> parse_http_date(std::string_view text);

// "2026-11-20T14:03:11.320Z"; with six digits where there are microseconds.
std::string format_timestamp(Instant at);

std::int64_t to_epoch_ms(Instant at);
Instant from_epoch_ms(double ms);

} // namespace pev
