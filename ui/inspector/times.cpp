#include "ui/inspector/times.h"

#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/times.h"

namespace pev::ui {

float draw_time(Frame& frame, ImGuiID id, Instant at, Rect const& line)
{
    constexpr float kRoom = 120;
    Rect const box{right(line) - kRoom, line.y, kRoom, line.h};
    float const width = draw_right(frame, tabular(small(frame.theme.subtle)), box, time_words(frame, at)).width;
    Rect const place{right(line) - width, line.y, width, line.h};
    explain(frame, id, place, hovers(place), time_in_full(frame, at));
    return width;
}

} // namespace pev::ui
