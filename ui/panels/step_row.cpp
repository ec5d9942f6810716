#include "ui/panels/step_row.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/step_marks.h"

#include <string>

namespace pev::ui {

namespace {

    constexpr float kNameLine = 20;
    constexpr float kSubLine = 18;
    constexpr std::size_t kErrorCharacters = 300;
    constexpr std::size_t kSpokenCharacters = 300;

    std::string describe_error(JsonText const& text)
    {
        auto const error = look_at_error(text);
        if (!error)
            return {};
        return "Error: " + one_line(error->message.empty() ? error->other : error->message, kErrorCharacters);
    }

    std::string_view error_preview(Frame& frame, ImGuiID id, StepRun const& step)
    {
        return frame.memory.summaries.of(make_id("error", id), step.revision, step.error, describe_error);
    }

    std::string time_range(Frame const& frame, StepRun const& step)
    {
        if (!step.started_at)
            return {};
        std::string range = format_clock(*step.started_at, frame.utc_offset()) + " –";
        if (step.completed_at)
            range += " " + format_clock(*step.completed_at, frame.utc_offset());
        return range;
    }

    std::string time_range_in_full(Frame const& frame, StepRun const& step)
    {
        std::string words = "Started " + format_date_time(*step.started_at, frame.utc_offset());
        if (step.completed_at)
            words += "\nEnded " + format_date_time(*step.completed_at, frame.utc_offset());
        return words;
    }

    // The step's name, and its state beside or under it. Returns where the next line starts.
    float draw_name(Frame& frame, StepRun const& step, TimelineRow const& row, ImGuiID id, Rect const& box)
    {
        Theme const& theme = frame.theme;
        float const icon = step_icon_width(frame, step.type.kind, kBody);
        float const name_x = box.x + icon + kIconToName;
        float const pill = pill_width(frame, step.state);
        bool ticks = false;
        std::string const duration = step_duration(frame, step, ticks);
        if (ticks)
            frame.tick();
        float const duration_room = step.started_at ? kDurationRoom : 0;
        float const lines_height = row.two_lines ? kNameLine + 18 : kNameLine;

        float const beside = right(box) - name_x - duration_room;
        float const room = row.pill_below ? beside : beside - pill - kIconToName;
        TextStyle const style = body_medium(theme.text);
        float name_width = 0;
        bool cut = false;
        if (row.two_lines) {
            auto const lines = wrap(frame, style, step.name, room, 2);
            float y = box.y + 1;
            for (std::string_view const line : lines) {
                Drawn const drawn = draw_cut(frame, style, {name_x, y, room, kBodyLine}, line);
                name_width = std::max(name_width, drawn.width);
                cut = cut || drawn.cut;
                y += kBodyLine;
            }
            // The state stands at the end, as beside any text that fills its lines.
            name_width = beside + duration_room - pill - kIconToName
                - (duration.empty() ? 0 : kIconToName + measure(frame, tabular(small(0)), duration));
        } else {
            Drawn const drawn = draw_cut(frame, style, {name_x, box.y, room, kNameLine}, step.name);
            name_width = drawn.width;
            cut = drawn.cut;
        }
        Rect const name_box{name_x, box.y, name_width, lines_height};
        if (cut)
            explain(frame, make_id("name", id), name_box, hovers(name_box), step.name);

        draw_step_icon(frame, step.type.kind, {box.x, box.y}, lines_height, kBody);
        draw_right(frame, tabular(small(theme.muted)), {right(box) - kDurationRoom, box.y, kDurationRoom, lines_height},
            duration);
        if (!row.pill_below) {
            draw_pill(frame, {name_x + name_width + kIconToName, box.y + (lines_height - kPillHeight) / 2}, step.state);
            return box.y + lines_height;
        }
        draw_pill(frame, {box.x, box.y + lines_height + 3}, step.state);
        return box.y + lines_height + 24;
    }

    // Key, type and attempt on the left, times on the right where there is room.
    void draw_sub_line(Frame& frame, StepRun const& step, ImGuiID id, Rect const& box)
    {
        Theme const& theme = frame.theme;
        TextStyle const quiet = tabular(small(theme.subtle));
        TextStyle const key_style = mono(theme.subtle);
        std::string rest = " · " + step.type.word;
        std::string const attempt = attempt_words(step);
        if (!attempt.empty())
            rest += " · " + attempt;
        float const rest_width = std::min(box.w * 0.6f, measure(frame, quiet, rest, box.w));
        Drawn const key = draw_cut(frame, key_style, {box.x, box.y, box.w - rest_width, box.h}, step.key);
        draw_cut(frame, quiet, {box.x + key.width, box.y, rest_width + 1, box.h}, rest);

        TextStyle const clock{.size = kTiny, .color = theme.subtle, .tabular = true};
        std::string const times = time_range(frame, step);
        float const times_width = measure(frame, clock, times);
        float const times_x = right(box) - times_width;
        if (times.empty() || times_x < box.x + key.width + rest_width + 14)
            return;
        draw_text(frame, clock, {times_x, box.y}, box.h, times);
        Rect const target{times_x, box.y, times_width, box.h};
        if (hovers(target))
            explain(frame, make_id("times", id), target, true, time_range_in_full(frame, step));
    }

    std::string spoken_value(Frame const& frame, StepRun const& step)
    {
        std::string value = state_label(step.state);
        std::string const attempt = attempt_words(step);
        if (!attempt.empty())
            value += ", " + attempt;
        bool ticks = false;
        std::string const duration = step_duration(frame, step, ticks);
        if (!duration.empty())
            value += ", " + duration;
        return value;
    }

} // namespace

std::string step_duration(Frame const& frame, StepRun const& step, bool& ticks)
{
    ticks = false;
    if (!step.started_at)
        return {};
    if (step.completed_at)
        return format_duration(*step.completed_at - *step.started_at);
    if (step.state.kind != ExecutionState::Running || frame.state.run->over())
        return {};
    ticks = true;
    return format_ticking(frame.server_now - *step.started_at);
}

std::string attempt_words(StepRun const& step)
{
    if (step.attempt <= 0)
        return {};
    return "Attempt " + std::to_string(step.attempt + 1) + "/"
        + std::to_string(std::max(step.max_attempts, step.attempt + 1));
}

void draw_step_row(Frame& frame, StepRun const& step, TimelineRow const& row, StepRowPlace const& place)
{
    Theme const& theme = frame.theme;
    Rect const& rect = place.rect;
    ImGuiID const id = make_id("step", step.key);
    Press const pressed = press(frame, id, rect, false);
    if (pressed.clicked) {
        frame.act(SelectStep{step.key});
        frame.memory.focus = make_id("timeline");
        frame.memory.focus_visible = false;
        frame.memory.clicked_step = step.key;
    }

    Color ground = theme.panel;
    if (place.selected)
        ground = theme.selected;
    else if (pressed.held)
        ground = theme.pressed;
    else if (pressed.hovered)
        ground = theme.hover;
    if (ground != theme.panel)
        fill(frame, rect, ground, kRadius);
    if (place.selected)
        border(frame, rect, theme.accent, kRadius, place.list_focused ? 2.5f : 1.5f);

    RunModel const& run = *frame.state.run;
    bool const current = !run.over() && !run.current_step_key.empty() && run.current_step_key == step.key;
    ImVec2 const node{rect.x + 20, rect.y + 19};
    if (current)
        ImGui::GetWindowDrawList()->AddCircleFilled(
            node, kNodeSize / 2 + 3.5f, faded(state_color(step.state.kind), 0.18f), 32);
    draw_state_node(frame, step.state.kind, node, ground);

    float const x = rect.x + kRowPaddingLeft;
    float const width = rect.w - kRowPaddingLeft - kRowPaddingRight;
    float y = draw_name(frame, step, row, id, {x, rect.y + kRowPaddingY, width, kNameLine}) + 2;
    draw_sub_line(frame, step, id, {x, y, width, kSubLine});
    y += kSubLine + 3;
    if (shows_personality(step)) {
        std::string_view constexpr kMask = "🎭";
        TextStyle const style = small(theme.personality);
        draw_text(frame, style, {x, y}, kSmallLine, kMask);
        float const mask = measure(frame, style, kMask) + 3;
        draw_cut(frame, style, {x + mask, y, width - mask, kSmallLine}, step.personality->name);
        y += kSmallLine + 3;
    }
    if (shows_error(step)) {
        Rect const box{x, y, width, kSmallLine};
        std::string_view const error = error_preview(frame, id, step);
        Drawn const drawn = draw_cut(frame, small(theme.error_text), box, error);
        if (drawn.cut)
            explain(frame, make_id("error-text", id), box, hovers(box), error);
    }

    record(frame,
        {.id = id,
            .role = Role::Option,
            .name = step.name.substr(0, kSpokenCharacters),
            .value = spoken_value(frame, step),
            .states = {.selected = place.selected, .current = current, .focused = place.selected && place.list_focused},
            .rect = rect});
}

} // namespace pev::ui
