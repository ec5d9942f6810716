#include "ui/panels/group_summary.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/flow.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/progress_bar.h"
#include "ui/widgets/step_marks.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kBoxRadius = 10;
    constexpr float kPaddingX = 14;
    constexpr float kBarY = 4;
    constexpr float kBarHeight = 6;
    constexpr float kCountsY = 18;
    constexpr float kMark = 13;
    constexpr Flow::Spacing kTotals{.gap = 14, .line = 20, .row_gap = 0};

    struct StateTotal {
        ExecutionState state;
        std::string words; // "31 success"
    };

    std::vector<StateTotal> totals_of(Frame const& frame, TimelineGroup const& group)
    {
        std::vector<StateTotal> totals;
        for (ExecutionState const state : kStatesByUrgency) {
            std::uint32_t const steps = group.states[static_cast<std::size_t>(state)];
            if (steps == 0)
                continue;
            std::string const label = state == ExecutionState::Unknown ? "other" : step_label(frame, state_of(state));
            totals.push_back({state, format_count(steps) + " " + label});
        }
        return totals;
    }

    // Draws them, or only measures. Returns the height.
    float flow_totals(Frame const& frame, TimelineGroup const& group, Rect const& box, Color ground, bool draw)
    {
        Flow flow{box, kTotals};
        for (StateTotal const& total : totals_of(frame, group)) {
            float const words_x = kMark + 5;
            float const words_width = measure(frame, small(0), total.words);
            ImVec2 const at = flow.place(words_x + words_width);
            if (!draw)
                continue;
            draw_state_node(frame, total.state, {at.x + kMark / 2, at.y + kTotals.line / 2}, ground, kMark);
            draw_text(frame, small(frame.theme.muted), {at.x + words_x, at.y}, kTotals.line, total.words);
        }
        return flow.height();
    }

    void draw_states_bar(Frame const& frame, TimelineGroup const& group, Rect const& bar)
    {
        std::vector<Segment> segments;
        for (ExecutionState const state : {ExecutionState::Success, ExecutionState::Skipped, ExecutionState::Failed,
                 ExecutionState::Running, ExecutionState::Blocked, ExecutionState::Canceled}) {
            if (!frame.state.run->interrupted(state)) // what was interrupted is empty, like what has not begun
                segments.push_back(
                    {static_cast<int>(group.states[static_cast<std::size_t>(state)]), state_color(state)});
        }
        draw_progress_bar(frame, bar, segments, static_cast<int>(group.steps()));
    }

    ImGuiID id_of(TimelineGroup const& group, std::string_view what)
    {
        return make_id(what, group.key);
    }

    std::string spoken_totals(Frame const& frame, TimelineGroup const& group)
    {
        std::string words;
        for (StateTotal const& total : totals_of(frame, group))
            words += (words.empty() ? "" : ", ") + total.words;
        return words;
    }

} // namespace

std::string group_caption(TimelineGroup const& group)
{
    std::string caption = "Parallel · ";
    if (group.branches != group.steps())
        caption += format_count(group.branches) + " branches · ";
    caption += format_count(group.steps()) + " steps";
    if (!group.caption.empty())
        caption += " · " + group.caption;
    return caption;
}

void draw_group_bracket(Frame const& frame, Rect const& box)
{
    constexpr int kArcPoints = 8;
    std::vector<ImVec2> points;
    float const left = box.x + 2;
    float const end = frame.snap(right(box)) - 1;
    float const top = frame.snap(box.y);
    float const low = frame.snap(bottom(box)) - 1;
    points.emplace_back(left, top);
    for (int i = 0; i <= kArcPoints; ++i) {
        float const angle = std::numbers::pi_v<float> / 2 * static_cast<float>(i) / kArcPoints;
        points.emplace_back(
            end - kBoxRadius + kBoxRadius * std::sin(angle), top + kBoxRadius - kBoxRadius * std::cos(angle));
    }
    for (int i = 0; i <= kArcPoints; ++i) {
        float const angle = std::numbers::pi_v<float> / 2 * static_cast<float>(i) / kArcPoints;
        points.emplace_back(
            end - kBoxRadius + kBoxRadius * std::cos(angle), low - kBoxRadius + kBoxRadius * std::sin(angle));
    }
    points.emplace_back(left, low);
    dashed_line(frame, points.data(), static_cast<int>(points.size()), frame.theme.line);
}

void draw_group_caption(Frame& frame, TimelineGroup const& group, Rect const& line, bool folded)
{
    Theme const& theme = frame.theme;
    ImGuiID const id = id_of(group, "fold-group");
    float const height = frame.control_height(line.h);
    Rect const target{line.x, middle_y(line) - height / 2, line.w, height};
    // Where everything shows what is searched for, there is nothing to fold.
    bool const can_fold = !frame.state.view.filter.active();
    Press const pressed = can_fold ? press(frame, id, target) : Press{};
    if (pressed.clicked)
        frame.act(OpenGroup{.key = group.key, .open = folded});
    Color const ink = pressed.hovered ? theme.text : theme.subtle;
    vertical_line(frame, line.x + 2, line.y + 3, 10, theme.faint);
    vertical_line(frame, line.x + 5, line.y + 3, 10, theme.faint);
    float const end = right(line) - (can_fold ? 14 : 0);
    std::string const caption = group_caption(group);
    Rect const text{line.x + 10, line.y, end - line.x - 10, line.h};
    if (draw_cut(frame, {.size = kTiny, .color = ink}, text, caption).cut)
        explain(frame, id, line, pressed.hovered || hovers(line), caption);
    if (can_fold)
        draw_icon(frame, folded ? Icon::ChevronRight : Icon::ChevronDown, {end + 4, middle_y(line) - 4, 8, 8}, ink);
    if (pressed.focused)
        focus_ring(frame, inset(line, 0, 1), 4);
    if (can_fold)
        record(frame,
            {.id = id,
                .role = Role::Button,
                .name = caption,
                .value = {},
                .states = {.expanded = !folded, .collapsed = folded, .focused = pressed.focused},
                .rect = target});
}

float group_summary_height(Frame const& frame, TimelineGroup const& group, float width)
{
    return kCountsY + flow_totals(frame, group, {0, 0, width - 2 * kPaddingX, 0}, 0, false) + 4;
}

void draw_group_summary(Frame& frame, TimelineGroup const& group, Rect const& rect)
{
    Theme const& theme = frame.theme;
    ImGuiID const id = id_of(group, "group-summary");
    Press const pressed = press(frame, id, rect, false);
    if (pressed.clicked)
        frame.act(OpenGroup{.key = group.key, .open = true});
    Color ground = theme.panel;
    if (pressed.hovered) {
        ground = pressed.held ? theme.pressed : theme.hover;
        fill(frame, rect, ground, 8);
    }
    float const x = rect.x + kPaddingX;
    float const width = rect.w - 2 * kPaddingX;
    draw_states_bar(frame, group, {x, rect.y + kBarY, width, kBarHeight});
    flow_totals(frame, group, {x, rect.y + kCountsY, width, 0}, ground, true);
    record_text(
        frame, id, rect, format_count(group.steps()) + " steps folded", Role::Group, spoken_totals(frame, group));
}

} // namespace pev::ui
