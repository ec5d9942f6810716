#include "ui/inspector/times.h"

#include "shared/view/format.h"
#include "ui/interaction.h"
#include "ui/text.h"

namespace pev::ui {

std::string time_in_full(Frame const& frame, Instant at)
{
    return format_date_time(at, frame.utc_offset()) + " · " + format_ago(frame.server_now - at);
}

float draw_time(Frame& frame, ImGuiID id, Instant at, Rect const& line)
{
    constexpr float kRoom = 80;
    std::string const words = format_clock(at, frame.utc_offset());
    Rect const box{right(line) - kRoom, line.y, kRoom, line.h};
    float const width = draw_right(frame, tabular(small(frame.theme.subtle)), box, words).width;
    Rect const place{right(line) - width, line.y, width, line.h};
    explain(frame, id, place, hovers(place), time_in_full(frame, at));
    return width;
}

} // namespace pev::ui
