#include "ui/widgets/badge.h"

#include "ui/draw.h"
#include "ui/widgets/selectable_text.h"
#include "ui/widgets/step_marks.h"

namespace pev::ui {

namespace {

    // Server words can be long; a badge shows the beginning.
    constexpr float kMaxWordWidth = 180;

    TextStyle badge_style(Color color)
    {
        return {.size = kTiny, .weight = Weight::Semibold, .color = color, .spacing = 0.3f, .capitals = true};
    }
    TextStyle pill_style(Color color)
    {
        return {.size = kTiny, .weight = Weight::Medium, .color = color};
    }

    float word_width(Frame const& frame, TextStyle const& style, std::string_view word)
    {
        return std::min(kMaxWordWidth, measure(frame, style, word, kMaxWordWidth));
    }

    // Returns where the word stands.
    Rect draw_pill_ground(Frame const& frame, ImVec2 at, std::string_view word, Color color)
    {
        Rect const rect{at.x, at.y, pill_width(frame, word), kPillHeight};
        fill(frame, rect, faded(color, 0.16f), 6);
        border(frame, rect, faded(color, 0.42f), 6);
        return {rect.x + 9, rect.y, rect.w - 17, rect.h};
    }

} // namespace

float badge_width(Frame const& frame, std::string_view word, bool dot)
{
    return std::round(word_width(frame, badge_style(0), word)) + 20 + (dot ? 13 : 0);
}

void draw_badge(Frame const& frame, ImVec2 at, std::string_view word, Color color, bool dot)
{
    Color const ink = text_on(color);
    Rect const rect{at.x, at.y, badge_width(frame, word, dot), kBadgeHeight};
    fill(frame, rect, color, kBadgeHeight / 2);
    float x = rect.x + 10;
    if (dot) {
        ImGui::GetWindowDrawList()->AddCircleFilled({x + 4, middle_y(rect)}, 4, ink, 20);
        x += 13;
    }
    draw_cut(frame, badge_style(ink), {x, rect.y, right(rect) - 9 - x, rect.h}, word);
}

float pill_width(Frame const& frame, std::string_view word)
{
    return std::round(word_width(frame, pill_style(0), word)) + 18;
}

float pill_width(Frame const& frame, StateName const& state)
{
    return pill_width(frame, step_label(frame, state));
}

void draw_pill(Frame const& frame, ImVec2 at, std::string_view word, Color color)
{
    draw_cut(frame, pill_style(frame.theme.text), draw_pill_ground(frame, at, word, color), word);
}

void selectable_pill(Frame& frame, ImGuiID id, ImVec2 at, std::string_view word, Color color)
{
    selectable_line(frame, id, pill_style(frame.theme.text), draw_pill_ground(frame, at, word, color), word);
}

void draw_pill(Frame const& frame, ImVec2 at, StateName const& state)
{
    draw_pill(frame, at, step_label(frame, state), step_color(frame, state.kind));
}

float chip_width(Frame const& frame, std::string_view word, bool dot)
{
    return std::round(word_width(frame, small(0), word)) + 22 + (dot ? 14 : 0);
}

bool chip(Frame& frame, ImGuiID id, Rect const& rect, std::string_view word, std::optional<Color> dot, bool on)
{
    Theme const& theme = frame.theme;
    Press const pressed = press(frame, id, rect);
    float const radius = rect.h / 2;
    if (on)
        fill(frame, rect, theme.selected, radius);
    else if (pressed.hovered)
        fill(frame, rect, pressed.held ? theme.pressed : theme.hover, radius);
    border(frame, rect, on ? theme.accent : theme.line, radius);
    if (pressed.focused)
        focus_ring(frame, rect, radius);
    float x = rect.x + 11;
    if (dot) {
        ImGui::GetWindowDrawList()->AddCircleFilled({x + 4, middle_y(rect)}, 4, *dot, 20);
        x += 14;
    }
    draw_cut(frame, small(on || pressed.hovered ? theme.text : theme.muted), {x, rect.y, right(rect) - 10 - x, rect.h},
        word);
    record(frame,
        {.id = id,
            .role = Role::Toggle,
            .name = std::string{word},
            .value = {},
            .states = {.pressed = on, .focused = pressed.focused},
            .rect = rect});
    return pressed.clicked;
}

} // namespace pev::ui
