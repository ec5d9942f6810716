#include "ui/widgets/button.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    using namespace std::chrono_literals;

    constexpr float kIconSize = 14;
    constexpr float kIconGap = 5;
    constexpr float kArrowWidth = 11;
    constexpr Duration kCopiedFor = 1500ms;

    TextStyle label_style(Color color)
    {
        return small(color);
    }

} // namespace

float button_width(Frame const& frame, std::string_view label, ButtonLook const& look)
{
    float width = 2 * look.padding + 2;
    if (!label.empty())
        width += measure(frame, label_style(0), label);
    if (look.icon)
        width += kIconSize + (label.empty() ? 0 : kIconGap);
    return std::ceil(frame.environment.touch ? std::max(width, kTouchTarget) : width);
}

bool button(
    Frame& frame, ImGuiID id, Rect const& rect, std::string_view label, ButtonLook const& look, std::string_view name)
{
    Theme const& theme = frame.theme;
    Press const pressed = press(frame, id, rect);
    if (look.floating)
        shadow(frame, rect, kControlRadius, kRaised);
    Color ground = theme.raised;
    Color ink = theme.text;
    if (look.primary) {
        constexpr Color kBlack = rgb(0x000000);
        ground = mixed(kBlack, theme.primary, pressed.held ? 0.22f : pressed.hovered ? 0.12f : 0);
        ink = theme.on_primary;
    } else if (pressed.held) {
        ground = theme.pressed;
    } else if (pressed.hovered) {
        ground = theme.hover;
    }
    fill(frame, rect, ground, kControlRadius);
    if (!look.primary)
        border(frame, rect, theme.line, kControlRadius);
    if (pressed.focused)
        focus_ring(frame, rect, kControlRadius);

    float const text_width = label.empty() ? 0 : measure(frame, label_style(ink), label);
    float const icon_width = look.icon ? kIconSize + (label.empty() ? 0 : kIconGap) : 0;
    float x = rect.x + (rect.w - text_width - icon_width) / 2;
    if (look.icon)
        draw_icon(frame, *look.icon, {x, middle_y(rect) - kIconSize / 2, kIconSize, kIconSize}, ink);
    x += icon_width;
    draw_text(frame, label_style(ink), {x, rect.y}, rect.h, label);

    if (!name.empty())
        explain(frame, id, rect, pressed.hovered, name);
    record(frame,
        {.id = id,
            .role = Role::Button,
            .name = std::string{name.empty() ? label : name},
            .value = {},
            .states = {.focused = pressed.focused},
            .rect = rect});
    return pressed.clicked;
}

float text_button_width(Frame const& frame, std::string_view label, TextButtonLook const& look)
{
    return measure(frame, label_style(0), label) + (look.icon ? kIconSize : 0) + (look.opens_menu ? kArrowWidth : 0);
}

bool text_button(
    Frame& frame, ImGuiID id, float x, float y, float line_height, std::string_view label, TextButtonLook const& look)
{
    Theme const& theme = frame.theme;
    float const width = text_button_width(frame, label, look);
    float const height = frame.control_height(line_height);
    // A little more than the word can be hit.
    float const target_width = frame.environment.touch ? std::max(width + 10, kTouchTarget) : width + 10;
    Rect const target{x - (target_width - width) / 2, y + (line_height - height) / 2, target_width, height};
    Press const pressed = press(frame, id, target);
    bool const is_on = look.on.value_or(false);
    Color color = look.strong || is_on ? theme.link : theme.muted;
    if (pressed.hovered && !look.strong && !is_on)
        color = theme.text;
    float text_x = x;
    if (look.icon) {
        draw_icon(frame, *look.icon, {x - 1, y + (line_height - 12) / 2, 12, 12}, color, 1.2f);
        text_x += kIconSize;
    }
    draw_text(frame, label_style(color), {text_x, y}, line_height, label);
    if (look.opens_menu)
        draw_icon(frame, Icon::ChevronDown, {x + width - 8, y + (line_height - 8) / 2 + 0.5f, 8, 8}, color);
    if (pressed.hovered && look.strong)
        horizontal_line(frame, text_x, y + line_height / 2 + 7, width - (text_x - x), color);
    if (pressed.focused)
        focus_ring(frame, {x - 3, y + (line_height - 18) / 2, width + 6, 18}, 4);
    record(frame,
        {.id = id,
            .role = look.on ? Role::Toggle : Role::Button,
            .name = std::string{look.name.empty() ? label : look.name},
            .value = {},
            .states = {.pressed = is_on,
                .expanded = look.expanded.value_or(false),
                .collapsed = !look.expanded.value_or(true),
                .focused = pressed.focused},
            .rect = target});
    return pressed.clicked;
}

float copy_button_width(Frame const& frame)
{
    return text_button_width(frame, "Copy");
}

bool copy_button(Frame& frame, ImGuiID id, float x, float y, float line_height, std::string_view name)
{
    UiMemory& memory = frame.memory;
    bool const copied = memory.copied == id && frame.now < memory.copied_until;
    std::string_view const label = copied ? "Copied" : "Copy";
    float const left = x + copy_button_width(frame) - text_button_width(frame, label);
    bool const clicked
        = text_button(frame, id, left, y, line_height, label, {.strong = copied, .name = copied ? label : name});
    if (clicked) {
        memory.copied = id;
        memory.copied_until = frame.now + kCopiedFor;
    }
    if (clicked || copied)
        frame.wake_at(memory.copied_until);
    return clicked;
}

} // namespace pev::ui
