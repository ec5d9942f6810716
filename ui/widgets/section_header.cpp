#include "ui/widgets/section_header.h"

#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/menu.h"

#include <algorithm>
#include <string>

namespace pev::ui {

namespace {

    constexpr float kActionGap = 12;
    constexpr float kCopyGap = 18; // room for "Copied"
    constexpr float kTouchGap = 12;
    constexpr float kLeastSummary = 70;
    constexpr std::string_view kMore = "More";

    TextButtonLook look_of(SectionAction const& action)
    {
        return {.on = action.on, .icon = action.icon, .opens_menu = action.opens_menu, .name = action.name};
    }

    float gap_before(Frame const& frame, SectionAction const& action)
    {
        if (frame.environment.touch)
            return kTouchGap;
        return action.verb == SectionVerb::Copy ? kCopyGap : kActionGap;
    }

    // Words stand apart far enough for a finger to hit one of them.
    float slot_width(Frame const& frame, float width)
    {
        return frame.environment.touch ? std::max(width, kTouchTarget - kTouchGap) : width;
    }

    float action_width(Frame const& frame, SectionAction const& action)
    {
        return slot_width(frame,
            action.verb == SectionVerb::Copy ? copy_button_width(frame)
                                             : text_button_width(frame, action.label, look_of(action)));
    }

    // How many actions stand in the bar, from left to right; a menu holds the others.
    struct Fitting {
        std::size_t shown = 0;
        float width = 0; // with the menu's button
    };
    Fitting fit_actions(Frame const& frame, std::vector<SectionAction> const& actions, float room)
    {
        auto const width_of
            = [&](std::size_t i) { return gap_before(frame, actions[i]) + action_width(frame, actions[i]); };
        Fitting fitting{.shown = actions.size()};
        for (std::size_t i = 0; i < actions.size(); ++i)
            fitting.width += width_of(i);
        if (fitting.width <= room)
            return fitting;
        fitting.width += kActionGap + slot_width(frame, text_button_width(frame, kMore, {.opens_menu = true}));
        while (fitting.shown > 0 && fitting.width > room)
            fitting.width -= width_of(--fitting.shown);
        return fitting;
    }

    // The actions that found no room.
    std::optional<SectionClick> more_actions(
        Frame& frame, ImGuiID id, std::vector<SectionAction> const& actions, std::size_t first, ImVec2 at, float height)
    {
        Rect const place{at.x, at.y, text_button_width(frame, kMore, {.opens_menu = true}), height};
        if (text_button(frame, id, at.x, at.y, height, kMore, {.opens_menu = true, .name = "More actions"})) {
            std::vector<MenuItem> items;
            for (std::size_t i = first; i < actions.size(); ++i)
                items.push_back({.label = std::string{actions[i].label}, .hint = {}, .checked = actions[i].on});
            open_menu(frame, id, place, std::move(items));
        }
        auto const choice = menu_choice(frame, id);
        if (!choice)
            return std::nullopt;
        return SectionClick{actions[std::min(first + *choice, actions.size() - 1)].verb, place};
    }

} // namespace

float section_header_height(Frame const& frame)
{
    return frame.control_height(37);
}

bool is_open(Frame const& frame, Section section)
{
    return frame.state.view.open[static_cast<std::size_t>(section)];
}

std::optional<SectionClick> section_header(Frame& frame, Rect const& row, SectionHeader const& header)
{
    Theme const& theme = frame.theme;
    ImGuiID const id = make_id("section", static_cast<std::size_t>(header.section));
    bool const open = header.expandable && is_open(frame, header.section);
    TextStyle const title{
        .size = kSmall, .weight = Weight::Semibold, .color = header.expandable ? theme.text : theme.muted};
    float const padding = frame.narrow ? 14.0f : 24.0f;
    float const title_x = row.x + padding + 11;
    float const summary_x = title_x + measure(frame, title, header.title) + 8;
    float const end = right(row) - padding;
    float const summary_room = std::min(kLeastSummary, measure(frame, small(0), header.summary, kLeastSummary));
    Fitting const fitting = fit_actions(frame, header.actions, end - summary_x - summary_room);
    float const actions_x = end - fitting.width;

    Rect const target{row.x, row.y, actions_x - row.x, row.h};
    Press pressed;
    if (header.expandable)
        pressed = press(frame, make_id("toggle", id), target);
    if (pressed.clicked)
        frame.act(ToggleSection{header.section});
    if (header.expandable)
        draw_icon(frame, open ? Icon::ChevronDown : Icon::ChevronRight,
            {row.x + padding - 1, middle_y(row) - 5, 10, 10}, pressed.hovered ? theme.link : theme.text);
    draw_text(frame, title, {title_x, row.y}, row.h, header.title);
    draw_cut(frame, tabular(small(theme.subtle)), {summary_x, row.y, actions_x - summary_x, row.h}, header.summary);
    if (pressed.focused)
        focus_ring(frame, inset(target, 4 - 2, 4), 6);
    record_open(frame,
        {.id = id,
            .role = Role::Heading,
            .name = std::string{header.title},
            .value = std::string{header.summary},
            .states = {},
            .rect = target});
    if (header.expandable)
        record(frame,
            {.id = make_id("toggle", id),
                .role = Role::Button,
                .name = std::string{header.title},
                .value = {},
                .states = {.expanded = open, .collapsed = !open, .focused = pressed.focused},
                .rect = target});
    frame.semantics.close();

    std::optional<SectionClick> clicked;
    float x = actions_x;
    for (std::size_t i = 0; i < fitting.shown; ++i) {
        SectionAction const& action = header.actions[i];
        x += gap_before(frame, action);
        ImGuiID const action_id = make_id(action.label, id);
        bool const hit = action.verb == SectionVerb::Copy
            ? copy_button(frame, action_id, x, row.y, row.h, "Copy " + std::string{header.title})
            : text_button(frame, action_id, x, row.y, row.h, action.label, look_of(action));
        float const width = action_width(frame, action);
        if (hit)
            clicked = SectionClick{action.verb, {x, row.y, width, row.h}};
        x += width;
    }
    if (fitting.shown < header.actions.size()) {
        ImVec2 const at{x + kActionGap, row.y};
        if (auto const more = more_actions(frame, make_id("more", id), header.actions, fitting.shown, at, row.h))
            clicked = more;
    }
    return clicked;
}

} // namespace pev::ui
