#include "ui/panels/toolbar.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/panels/filter_chips.h"
#include "ui/shortcuts.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/search_box.h"

#include <algorithm>
#include <string>

namespace pev::ui {

namespace {

    constexpr float kGap = 12;
    constexpr float kSmallGap = 8;
    constexpr float kRowGap = 7;
    constexpr float kSearchWidth = 300;
    constexpr float kLeastSearchWidth = 100;
    constexpr float kLeastWordyWidth = 480; // below, icons say it all

    // What stands where; all of one row but the chips of a narrow screen.
    struct Layout {
        std::vector<FilterChip> chips; // all of them where they fit into the row, else those that are switched on
        bool folded = false; // the others are behind a button
        bool second_row = false; // for the chips
        std::string filters_label;
        std::string filters_name; // in full
        std::string_view zone_label;
        float padding = 0;
        float row_height = 0;
        float control = 0; // height of buttons
        float search_width = 0;
        float filters_width = 0;
        float zone_width = 0;
        float notify_width = 0; // 0: it can't be had, or the run is over
        float theme_width = 0;
        float shortcuts_width = 0; // 0: no room for them
        float switches_x = 0;
    };

    Layout lay_out(Frame const& frame, float width)
    {
        Layout at;
        at.padding = frame.narrow ? 14.0f : 20.0f;
        at.row_height = frame.control_height(29);
        at.control = frame.control_height(27);
        at.zone_label = frame.state.view.time_zone == TimeZoneChoice::Utc ? "UTC" : "Local";
        at.zone_width = button_width(frame, at.zone_label);
        at.theme_width = button_width(frame, {}, {.icon = Icon::Moon});
        at.shortcuts_width = width < kLeastWordyWidth ? 0 : at.theme_width;
        at.notify_width = frame.environment.can_notify && !frame.state.run->over() ? at.theme_width : 0;
        at.switches_x = width - at.padding - at.theme_width - kSmallGap - at.zone_width;
        for (float const optional : {at.shortcuts_width, at.notify_width})
            at.switches_x -= optional > 0 ? optional + kSmallGap : 0;

        at.chips = collect_filter_chips(frame);
        at.search_width = kSearchWidth;
        float const room = at.switches_x - kGap - (at.padding + at.search_width + kGap);
        at.folded = frame.narrow || filter_chips_width(frame, at.chips) > room;
        if (!at.folded)
            return at;
        std::erase_if(at.chips, [](FilterChip const& chip) { return !chip.on; });
        std::string const count = std::to_string(at.chips.size());
        at.filters_name = at.chips.empty() ? "Filters" : "Filters · " + count;
        if (width >= kLeastWordyWidth)
            at.filters_label = at.filters_name;
        else if (!at.chips.empty())
            at.filters_label = count;
        at.filters_width = button_width(frame, at.filters_label, {.icon = Icon::Filter});
        float const beside = at.switches_x - kSmallGap - at.filters_width - kGap - at.padding;
        at.search_width = std::max(kLeastSearchWidth, std::min(frame.narrow ? width : kSearchWidth, beside));
        float const chips_room = beside - at.search_width - kGap - kSmallGap;
        at.second_row = !at.chips.empty() && filter_chips_width(frame, at.chips) > chips_room;
        return at;
    }

    void draw_filters_button(Frame& frame, Rect const& rect, std::string_view label, std::string_view name)
    {
        UiMemory& memory = frame.memory;
        memory.filters_anchor = rect;
        if (button(frame, make_id("filters"), rect, label, {.icon = Icon::Filter}, name)) {
            memory.filters_open = !memory.filters_open;
            frame.wake_at(frame.now);
        }
    }

    void draw_notify_switch(Frame& frame, Rect const& rect)
    {
        bool const on = frame.state.view.notify;
        if (button(frame, make_id("notify"), rect, {}, {.icon = on ? Icon::BellOn : Icon::Bell},
                on ? "Notifies when the run ends: switch off" : "Notify when the run ends"))
            frame.act(SetNotify{!on});
    }

    void draw_zone_switch(Frame& frame, Rect const& rect, std::string_view label)
    {
        bool const utc = frame.state.view.time_zone == TimeZoneChoice::Utc;
        if (button(frame, make_id("time-zone"), rect, label, {},
                utc ? "Times in UTC: show local times" : "Local times: show UTC"))
            frame.act(SetTimeZone{utc ? TimeZoneChoice::Local : TimeZoneChoice::Utc});
    }

} // namespace

void draw_theme_switch(Frame& frame, Rect const& rect)
{
    bool const dark = frame.theme.dark;
    ButtonLook const look{.icon = dark ? Icon::Sun : Icon::Moon};
    if (button(frame, make_id("theme"), rect, {}, look, dark ? "Light theme" : "Dark theme"))
        frame.act(SetTheme{other_theme(frame)});
}

ThemeChoice other_theme(Frame const& frame)
{
    bool const dark = !frame.theme.dark;
    if (dark == frame.environment.system_prefers_dark)
        return ThemeChoice::System;
    return dark ? ThemeChoice::Dark : ThemeChoice::Light;
}

float draw_toolbar(Frame& frame, float y, float width)
{
    Theme const& theme = frame.theme;
    Layout const at = lay_out(frame, width);
    float const top = y + kRowGap;
    float const chip_height = frame.control_height(kChipHeight);
    float const chips_end = width - at.padding;
    float height = kRowGap + at.row_height + kRowGap + 1;
    if (at.second_row)
        height += flow_filter_chips(frame, at.chips, at.padding, 0, chips_end, false) + kRowGap;

    Rect const ground{0, y, width, height};
    fill(frame, ground, theme.panel);
    horizontal_line(frame, 0, y + height - 1, width, theme.line);
    record_open(frame,
        {.id = make_id("toolbar"),
            .role = Role::Region,
            .name = "Search and filters",
            .value = {},
            .states = {},
            .rect = ground});
    Rect const search{at.padding, top, at.search_width, at.row_height};
    if (frame.state.complete)
        search_box(frame, search);
    else
        draw_empty_search_box(frame, search);
    float x = at.padding + at.search_width + kGap;
    float const control_y = top + (at.row_height - at.control) / 2;
    if (at.folded) {
        draw_filters_button(frame, {x, control_y, at.filters_width, at.control}, at.filters_label, at.filters_name);
        x += at.filters_width + kSmallGap;
    } else {
        frame.memory.filters_open = false;
    }
    if (at.second_row)
        flow_filter_chips(frame, at.chips, at.padding, top + at.row_height + kRowGap, chips_end, true);
    else
        flow_filter_chips(frame, at.chips, x, top + (at.row_height - chip_height) / 2, at.switches_x, true);
    x = at.switches_x;
    if (at.notify_width > 0) {
        draw_notify_switch(frame, {x, control_y, at.notify_width, at.control});
        x += at.notify_width + kSmallGap;
    }
    draw_zone_switch(frame, {x, control_y, at.zone_width, at.control}, at.zone_label);
    x += at.zone_width + kSmallGap;
    draw_theme_switch(frame, {x, control_y, at.theme_width, at.control});
    if (at.shortcuts_width > 0)
        draw_shortcuts_button(frame, {x + at.theme_width + kSmallGap, control_y, at.shortcuts_width, at.control});
    frame.semantics.close();
    return height;
}

} // namespace pev::ui
