// Points in time as the reader wants them: in the chosen zone, with the date where it is another day.
#pragma once

#include "ui/frame.h"

#include <optional>
#include <string>

namespace pev::ui {

// "14:03:11", "19 Nov 14:03:11"
std::string time_words(Frame const& frame, Instant at);
// "14:03:11 – 14:03:29"
std::string time_span_words(Frame const& frame, Instant from, std::optional<Instant> to);

// For a tooltip: "2026-11-20 14:03:11 +01:00 · 2 m 14 s ago", and a second line with the same in UTC where that is another time.
std::string time_in_full(Frame const& frame, Instant at);

} // namespace pev::ui
