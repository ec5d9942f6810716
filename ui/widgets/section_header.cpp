#include "ui/widgets/section_header.h"

#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/button.h"

#include <string>

namespace pev::ui {

namespace {

    constexpr float kActionGap = 12;
    constexpr float kCopyGap = 18; // room for "Copied"

    float gap_before(SectionAction const& action)
    {
        return action.copies ? kCopyGap : kActionGap;
    }

    float action_width(Frame const& frame, SectionAction const& action)
    {
        return action.copies ? copy_button_width(frame)
                             : text_button_width(frame, action.label, {.on = action.on, .icon = action.icon});
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

std::optional<std::size_t> section_header(Frame& frame, Rect const& row, SectionHeader const& header)
{
    Theme const& theme = frame.theme;
    ImGuiID const id = make_id("section", static_cast<std::size_t>(header.section));
    bool const open = header.expandable && is_open(frame, header.section);

    float actions_width = 0;
    for (SectionAction const& action : header.actions)
        actions_width += gap_before(action) + action_width(frame, action);
    float const padding = frame.narrow ? 14.0f : 24.0f;
    float const actions_x = right(row) - padding - actions_width;

    Rect const target{row.x, row.y, actions_x - row.x, row.h};
    Press pressed;
    if (header.expandable)
        pressed = press(frame, make_id("toggle", id), target);
    if (pressed.clicked)
        frame.act(ToggleSection{header.section});

    float x = row.x + padding;
    if (header.expandable)
        draw_icon(frame, open ? Icon::ChevronDown : Icon::ChevronRight, {x - 1, middle_y(row) - 5, 10, 10},
            pressed.hovered ? theme.link : theme.text);
    x += 11;
    TextStyle const title{
        .size = kSmall, .weight = Weight::Semibold, .color = header.expandable ? theme.text : theme.muted};
    draw_text(frame, title, {x, row.y}, row.h, header.title);
    x += measure(frame, title, header.title) + 8;
    draw_cut(frame, tabular(small(theme.subtle)), {x, row.y, actions_x - x, row.h}, header.summary);
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

    std::optional<std::size_t> clicked;
    x = actions_x;
    for (std::size_t i = 0; i < header.actions.size(); ++i) {
        SectionAction const& action = header.actions[i];
        x += gap_before(action);
        ImGuiID const action_id = make_id(action.label, id);
        bool const hit = action.copies
            ? copy_button(frame, action_id, x, row.y, row.h, "Copy " + std::string{header.title})
            : text_button(frame, action_id, x, row.y, row.h, action.label,
                  {.on = action.on, .icon = action.icon, .name = action.name});
        if (hit)
            clicked = i;
        x += action_width(frame, action);
    }
    return clicked;
}

} // namespace pev::ui
