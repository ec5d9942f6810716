#include "ui/panels/step_timeline.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/floating_controls.h"
#include "ui/panels/step_row.h"
#include "ui/panels/timeline_rows.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll_area.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kHeadHeight = 36;
    constexpr float kRailX = 29; // from the list's left edge
    constexpr float kRailWidth = 2;
    constexpr float kNodeCentre = 19; // from a row's top
    constexpr float kBoxRadius = 10;
    constexpr float kPageRows = 8;

    // The part of the list that is in sight. In a long list offsets are beyond what a float holds exactly.
    struct Window {
        float x = 0;
        float top = 0; // on screen
        float width = 0;
        double from = 0; // of the list
        double to = 0;
        float y(double at) const { return top + static_cast<float>(at - from); }
    };

    std::string count_words(Frame const& frame)
    {
        std::size_t const shown = frame.state.derived.timeline.step_count;
        std::size_t const all = frame.state.run->steps.size();
        std::string words;
        if (shown != all)
            words = format_count(shown) + " of ";
        return words + format_count(all) + (all == 1 ? " step" : " steps");
    }

    void draw_head(Frame& frame, Rect const& rect)
    {
        TextStyle const style{
            .size = kTiny, .weight = Weight::Semibold, .color = frame.theme.subtle, .spacing = 0.6f, .capitals = true};
        Rect const line{rect.x + 20, rect.y + 11, rect.w - 41, 16};
        draw_text(frame, style, top_left(line), line.h, "Execution timeline");
        std::string const count = count_words(frame);
        float const count_width = draw_right(frame, style, line, count).width;
        record_text(frame, make_id("timeline-head"), {line.x, line.y, line.w - count_width, line.h},
            "Execution timeline", Role::Heading, count);
        if (!frame.state.view.filter.active())
            return;
        constexpr std::string_view kClear = "Clear filters";
        float const x = right(line) - count_width - 14 - text_button_width(frame, kClear);
        if (text_button(frame, make_id("clear-filters"), x, line.y, line.h, kClear, {.strong = true}))
            frame.act(ClearFilters{});
    }

    // The line that the steps stand on: from the first node to the last, through the boxes between them.
    void draw_rail(Frame const& frame, TimelineRows const& rows, Window const& window)
    {
        auto const& all = rows.rows();
        auto const& boxes = rows.boxes();
        bool const first_boxed = all.front().in_group;
        bool const last_boxed = all.back().in_group;
        double const from = first_boxed ? boxes.front().top : all.front().top + kNodeCentre;
        double const to = last_boxed ? boxes.back().top + boxes.back().height : all.back().top + kNodeCentre;
        float const top = std::max(window.y(from), window.y(window.from) - 10);
        float const end = std::min(window.y(to), window.y(window.to) + 10);
        if (end > top)
            fill(frame, {window.x + kRailX, top, kRailWidth, end - top}, frame.theme.line);
    }

    // Open to the left, where the rail is: the branches leave it at the top and join it again at the bottom.
    void draw_bracket(Frame const& frame, Rect const& box)
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

    std::string caption_of(TimelineGroup const& group)
    {
        std::string caption = "Parallel · " + format_count(group.steps.size()) + " steps";
        if (!group.caption.empty())
            caption += " · " + group.caption;
        return caption;
    }

    void draw_caption(Frame& frame, TimelineGroup const& group, Rect const& box)
    {
        Theme const& theme = frame.theme;
        float const x = box.x + 15;
        Rect const line{x, box.y + 6, box.w - 27, 16};
        vertical_line(frame, x, line.y + 3, 10, theme.faint);
        vertical_line(frame, x + 3, line.y + 3, 10, theme.faint);
        draw_cut(frame, {.size = kTiny, .color = theme.subtle}, {x + 8, line.y, line.w - 8, line.h}, caption_of(group));
    }

    Rect row_rect(TimelineRow const& row, Window const& window)
    {
        float const indent = row.in_group ? kGroupIndent : 0;
        float const margin = row.in_group ? kGroupMarginRight : 0;
        return {window.x + kListMargin + indent, window.y(row.top), window.width - 2 * kListMargin - indent - margin,
            static_cast<float>(row.height)};
    }

    void draw_rows(Frame& frame, TimelineRows const& rows, Window const& window)
    {
        RunModel const& run = *frame.state.run;
        Timeline const& timeline = frame.state.derived.timeline;
        bool const focused = frame.memory.focus == make_id("timeline") && frame.memory.focus_visible;
        auto const& boxes = rows.boxes();
        std::size_t box = rows.box_at(window.from);
        bool in_box = false;
        auto const leave_box = [&] {
            if (in_box)
                frame.semantics.close();
            in_box = false;
        };
        for (std::size_t i = rows.row_at(window.from); i < rows.rows().size() && rows.rows()[i].top < window.to; ++i) {
            TimelineRow const& row = rows.rows()[i];
            while (box < boxes.size() && i >= boxes[box].first_row + boxes[box].rows) {
                leave_box();
                ++box;
            }
            if (row.in_group && !in_box && box < boxes.size()) {
                TimelineBox const& at = boxes[box];
                Rect const rect{window.x + kRailX, window.y(at.top), window.width - kRailX - kListMargin,
                    static_cast<float>(at.height)};
                TimelineGroup const& group = timeline.groups[at.group];
                draw_bracket(frame, rect);
                draw_caption(frame, group, rect);
                record_open(frame,
                    {.id = make_id("group", run.steps[group.steps.front()].key),
                        .role = Role::Group,
                        .name = caption_of(group),
                        .value = {},
                        .states = {},
                        .rect = rect});
                in_box = true;
            }
            StepRun const& step = run.steps[row.step];
            draw_step_row(
                frame, step, row, {row_rect(row, window), step.key == frame.state.view.selected_step, focused});
        }
        leave_box();
    }

    // Where the keys lead from the selected row; the same row when none was pressed.
    std::size_t row_by_keys(TimelineRows const& rows, std::size_t selected)
    {
        std::size_t const last = rows.rows().size() - 1;
        auto const page = static_cast<std::size_t>(kPageRows);
        bool const none = selected > last;
        std::size_t const from = none ? 0 : selected;
        if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
            return none ? 0 : std::min(last, from + 1);
        if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
            return from == 0 ? 0 : from - 1;
        if (ImGui::IsKeyPressed(ImGuiKey_PageDown))
            return std::min(last, from + page);
        if (ImGui::IsKeyPressed(ImGuiKey_PageUp))
            return from < page ? 0 : from - page;
        if (ImGui::IsKeyPressed(ImGuiKey_Home))
            return 0;
        if (ImGui::IsKeyPressed(ImGuiKey_End))
            return last;
        return selected;
    }

    bool any_list_key()
    {
        for (ImGuiKey const key :
            {ImGuiKey_DownArrow, ImGuiKey_UpArrow, ImGuiKey_PageDown, ImGuiKey_PageUp, ImGuiKey_Home, ImGuiKey_End}) {
            if (ImGui::IsKeyPressed(key))
                return true;
        }
        return false;
    }

    std::size_t selected_row(Frame const& frame, TimelineRows const& rows)
    {
        StepRun const* const step = frame.state.selected();
        if (step == nullptr)
            return rows.rows().size();
        return rows.row_of(static_cast<std::size_t>(step - frame.state.run->steps.data()));
    }

    void select_by_keys(Frame& frame, TimelineRows const& rows)
    {
        UiMemory& memory = frame.memory;
        ImGuiID const id = make_id("timeline");
        bool const ours = keys_are_ours(frame) && (memory.focus == id || memory.focus == 0);
        if (ours && frame.narrow && ImGui::IsKeyPressed(ImGuiKey_Enter, false) && frame.state.selected() != nullptr)
            frame.act(SelectStep{frame.state.view.selected_step}); // opens it
        if (!ours || !any_list_key())
            return;
        std::size_t const selected = selected_row(frame, rows);
        std::size_t const next = row_by_keys(rows, selected);
        memory.focus = id;
        memory.focus_visible = true;
        if (next != selected)
            frame.act(SelectStep{frame.state.run->steps[rows.rows()[next].step].key});
    }

    // A step that was selected from elsewhere, or by keys, comes into sight.
    void follow_selection(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
    {
        UiMemory& memory = frame.memory;
        std::string const& selected = frame.state.view.selected_step;
        if (memory.timeline_selected == selected)
            return;
        bool const clicked = memory.clicked_step == selected;
        memory.timeline_selected = selected;
        memory.clicked_step.clear();
        std::size_t const at = selected_row(frame, rows);
        if (clicked || at >= rows.rows().size())
            return;
        TimelineRow const& row = rows.rows()[at];
        auto const top = static_cast<float>(row.top);
        float const low = top + static_cast<float>(row.height);
        float const visible = area.view.h - kFloatingRoom;
        if (top < area.scroll_y)
            scroll_to(frame, top - kGroupCaption);
        else if (low > area.scroll_y + visible)
            scroll_to(frame, low - visible + 8);
    }

    void draw_nothing_found(Frame& frame, Rect const& rect)
    {
        Theme const& theme = frame.theme;
        Rect const line{rect.x, rect.y + 48, rect.w, kBodyLine};
        draw_centered(frame, body(theme.muted), line, "No step matches the filters");
        record_text(frame, make_id("nothing-found"), line, "No step matches the filters", Role::Status);
        float const width = button_width(frame, "Clear filters");
        if (button(frame, make_id("clear-all"),
                {rect.x + (rect.w - width) / 2, bottom(line) + 12, width, frame.control_height(29)}, "Clear filters"))
            frame.act(ClearFilters{});
    }

} // namespace

void draw_step_timeline(Frame& frame, Rect const& rect)
{
    Theme const& theme = frame.theme;
    fill(frame, rect, theme.panel);
    draw_head(frame, {rect.x, rect.y, rect.w, kHeadHeight});

    TimelineRows& rows = frame.memory.timeline;
    rows.update(frame, rect.w - 1);
    ImGuiID const id = make_id("timeline");
    frame.memory.focus_order.push_back(id);
    Rect const view{rect.x, rect.y + kHeadHeight, rect.w, rect.h - kHeadHeight};
    record_open(frame,
        {.id = id,
            .role = Role::Listbox,
            .name = "Execution timeline",
            .value = {},
            .states = {.focused = frame.memory.focus == id && frame.memory.focus_visible},
            .rect = view});
    auto const height = static_cast<float>(rows.height()) + kFloatingRoom;
    ScrollArea const area = begin_scroll(frame, id, view, {view.w, height});
    if (rows.rows().empty()) {
        draw_nothing_found(frame, view);
    } else {
        Window const window{.x = view.x,
            .top = view.y,
            .width = rect.w - 1,
            .from = static_cast<double>(area.scroll_y),
            .to = static_cast<double>(area.scroll_y + view.h)};
        draw_rail(frame, rows, window);
        draw_rows(frame, rows, window);
        select_by_keys(frame, rows);
        follow_selection(frame, rows, area);
    }
    end_scroll(frame, area, theme.faint);
    frame.semantics.close();
}

} // namespace pev::ui
