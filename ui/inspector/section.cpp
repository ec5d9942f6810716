#include "ui/inspector/section.h"

#include "ui/draw.h"
#include "ui/widgets/section_header.h"

#include <cmath>

namespace pev::ui {

Rect section_bar(Frame const& frame, SectionPlace const& place)
{
    return {place.x, place.y, place.width, section_header_height(frame)};
}

Rect section_body(Frame const& frame, SectionPlace const& place)
{
    float const left = frame.narrow ? 14.0f : 42.0f;
    float const end = frame.narrow ? 14.0f : 24.0f;
    return {place.x + left, place.y + section_header_height(frame), place.width - left - end, 0};
}

float end_closed(Frame const& frame, SectionPlace const& place)
{
    float const y = place.y + section_header_height(frame);
    horizontal_line(frame, place.x, y, place.width, frame.theme.soft_line);
    return y + 1;
}

float draw_empty_section(
    Frame& frame, SectionPlace const& place, Section section, std::string_view title, std::string_view summary)
{
    section_header(frame, section_bar(frame, place),
        {.section = section, .title = title, .summary = summary, .expandable = false});
    return end_closed(frame, place);
}

float end_open(Frame const& frame, SectionPlace const& place, float y)
{
    constexpr float kBottom = 14;
    float const end = std::round(y + kBottom);
    horizontal_line(frame, place.x, end, place.width, frame.theme.soft_line);
    return end + 1;
}

} // namespace pev::ui
