#include "ui/times.h"

#include "shared/view/format.h"

namespace pev::ui {

std::string time_words(Frame const& frame, Instant at)
{
    return format_moment(at, frame.now, frame.utc_offset());
}

std::string time_span_words(Frame const& frame, Instant from, std::optional<Instant> to)
{
    return format_span(from, to, frame.now, frame.utc_offset());
}

std::string time_in_full(Frame const& frame, Instant at)
{
    UtcOffsetAt const offset = frame.utc_offset();
    Duration const since = frame.state.clock.server_time(frame.now) - at;
    bool const is_ahead = since < -std::chrono::seconds{5};
    std::string words = format_date_time(at, offset) + " · " + (is_ahead ? "in the future" : format_ago(since));
    if (offset(at) != std::chrono::minutes{0})
        words += "\n" + format_date_time(at, utc_offset_none);
    return words;
}

} // namespace pev::ui
