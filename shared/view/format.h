// Numbers and times as a reader wants them.
#pragma once

#include "shared/base/time.h"

#include <optional>
#include <string>

namespace pev {

// "0.4s", "18.4s", "2m 14s", "1h 02m", "3d 04h". Negative durations (clocks that disagree) show as "0.0s".
std::string format_duration(Duration duration);
// The same without tenths, for timers that tick: "18s". A ticking tenth would only dance.
std::string format_ticking(Duration duration);
// "31 s ago", "2 m 14 s ago"
std::string format_ago(Duration duration);
// "14:03:11", in the zone of `offset`.
std::string format_clock(Instant at, UtcOffsetAt offset);
// "14:03:11"; with its date where that is another day than `now`: "19 Nov 14:03:11", "19 Nov 2025 14:03:11".
std::string format_moment(Instant at, Instant now, UtcOffsetAt offset);
// "14:03:11 – 14:03:29", "14:03:11 –", "19 Nov 23:59:58 – 20 Nov 00:00:07", "19 Nov 14:03:11 – 14:03:29"
std::string format_span(Instant from, std::optional<Instant> to, Instant now, UtcOffsetAt offset);
// The date of an instant, in the zone of `offset`.
std::chrono::sys_days date_of(Instant at, UtcOffsetAt offset);
// "Sat 21 Nov 2026", in the zone of `offset`.
std::string format_day(Instant at, UtcOffsetAt offset);
// "14:05:18.204"
std::string format_clock_ms(Instant at, UtcOffsetAt offset);
// "2026-11-20 14:03:11 +01:00", "2026-11-20 13:03:11 UTC", for tooltips.
std::string format_date_time(Instant at, UtcOffsetAt offset);
// "2026-11-20T14:03:11.204Z", for files.
std::string format_iso(Instant at);
// "1.1 KB"; 1 KB is 1,024 bytes.
std::string format_bytes(std::size_t bytes);
// "1,204"
std::string format_count(std::size_t count);

} // namespace pev
