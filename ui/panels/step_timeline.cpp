#include "ui/panels/step_timeline.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/floating_controls.h"
#include "ui/panels/group_summary.h"
#include "ui/panels/step_row.h"
#include "ui/panels/timeline_navigation.h"
#include "ui/panels/timeline_rows.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace pev::ui {

namespace {

    constexpr std::string_view kListTitle = "Execution timeline";
    constexpr std::string_view kShortTitle = "Timeline";
    constexpr float kHeadHeight = 36;
    constexpr float kLeastWithHead = 150; // of the list's height
    constexpr float kRailWidth = 2;

    // The part of the list that is in sight. In a long list offsets are beyond what a float holds exactly.
    struct Window {
        float x = 0;
        float top = 0; // on screen
        float width = 0;
        double from = 0; // of the list
        double to = 0;
        float y(double at) const { return top + static_cast<float>(at - from); }
        // The left edge of the line that steps stand on.
        float rail_x(std::uint32_t depth) const
        {
            return x + kListMargin + timeline_indent(depth, width) + kRowNode - kRailWidth / 2;
        }
    };

    std::string count_words(Frame const& frame)
    {
        Derived const& derived = frame.state.derived;
        std::size_t const shown = derived.timeline.entries.size();
        std::size_t const all = frame.state.run->steps.size();
        std::string words;
        if (!derived.search.done())
            words = "searching · " + std::to_string(static_cast<int>(derived.search.progress() * 100)) + "% · ";
        if (shown != all)
            words += format_count(shown) + " of ";
        return words + format_count(all) + (all == 1 ? " step" : " steps");
    }

    void draw_head(Frame& frame, Rect const& rect)
    {
        TextStyle const style{
            .size = kTiny, .weight = Weight::Semibold, .color = frame.theme.subtle, .spacing = 0.6f, .capitals = true};
        Rect const line{rect.x + 20, rect.y + 11, rect.w - 41, 16};
        std::string const count = count_words(frame);
        float const count_width = draw_right(frame, style, line, count).width;
        float end = right(line) - count_width - 14;
        if (frame.state.view.filter.active() && !frame.state.derived.timeline.entries.empty()) {
            constexpr std::string_view kClear = "Clear filters";
            end -= text_button_width(frame, kClear);
            if (text_button(frame, make_id("clear-filters"), end, line.y, line.h, kClear, {.strong = true}))
                frame.act(ClearFilters{});
            end -= 14;
        }
        float const follow_x = draw_follow_button(frame, {line.x, line.y, end - line.x, line.h});
        if (follow_x < end)
            end = follow_x - 14;
        Rect const title{line.x, line.y, std::max(1.0f, end - line.x), line.h};
        bool const fits = measure(frame, style, kListTitle, title.w) <= title.w;
        draw_cut(frame, style, title, fits ? kListTitle : kShortTitle);
        record_text(frame, make_id("timeline-head"), title, std::string{kListTitle}, Role::Heading, count);
    }

    void draw_rails(Frame const& frame, TimelineRows const& rows, Window const& window)
    {
        for (std::uint32_t depth = 0; depth <= kMostNestedGroups; ++depth) {
            std::vector<TimelineRail> const& rails = rows.rails(depth);
            auto at = std::ranges::upper_bound(rails, window.from, {}, &TimelineRail::to);
            for (; at != rails.end() && at->from < window.to; ++at) {
                float const top = std::max(window.y(at->from), window.y(window.from) - 10);
                float const end = std::min(window.y(at->to), window.y(window.to) + 10);
                fill(frame, {window.rail_x(depth), top, kRailWidth, end - top}, frame.theme.line);
            }
        }
    }

    Rect box_rect(TimelineBox const& box, Window const& window)
    {
        float const x = window.rail_x(box.depth);
        float const end = window.x + window.width - kListMargin - kGroupMarginRight * static_cast<float>(box.depth);
        return {x, window.y(box.top), end - x, static_cast<float>(box.height)};
    }

    Rect row_rect(TimelineRow const& row, Window const& window)
    {
        auto const depth = static_cast<float>(row.depth);
        float const indent = timeline_indent(row.depth, window.width);
        return {window.x + kListMargin + indent, window.y(row.top),
            window.width - 2 * kListMargin - indent - kGroupMarginRight * depth, static_cast<float>(row.height)};
    }

    // Draws rows one after the other, and each box with the first of its rows that is in sight.
    class Rows {
    public:
        Rows(Frame& frame, TimelineRows const& rows, Window const& window)
            : frame_(frame),
              rows_(rows),
              window_(window),
              focused_(frame.memory.focus == make_id("timeline") && frame.memory.focus_visible)
        {
        }

        void draw()
        {
            // A box ends a little below its last row.
            std::size_t row = rows_.row_at(window_.from - 2 * kGroupCaption);
            for (; row < rows_.rows().size() && rows_.rows()[row].top - kGroupCaption < window_.to; ++row)
                draw_row(row);
            leave_boxes(0);
        }

    private:
        void draw_row(std::size_t index)
        {
            TimelineRow const& row = rows_.rows()[index];
            enter_boxes(row.box);
            Rect const rect = row_rect(row, window_);
            if (row.summary) {
                draw_group_summary(frame_, group_of(row.box), rect);
                return;
            }
            StepRun const& step = frame_.state.run->steps[row.step];
            bool const selected = &step == frame_.state.selected() && !frame_.environment.picture;
            draw_step_row(frame_, step, row, {rect, selected, focused_});
        }

        // Leaves those that `box` is not in, enters those around it and itself.
        void enter_boxes(std::uint32_t box)
        {
            std::vector<std::uint32_t> around;
            for (std::uint32_t at = box; at != kNoBox; at = rows_.boxes()[at].parent)
                around.push_back(at);
            std::ranges::reverse(around);
            std::size_t common = 0;
            while (common < around.size() && common < entered_.size() && around[common] == entered_[common])
                ++common;
            leave_boxes(common);
            for (std::size_t i = common; i < around.size(); ++i)
                enter_box(around[i]);
        }

        void enter_box(std::uint32_t index)
        {
            TimelineBox const& box = rows_.boxes()[index];
            TimelineGroup const& group = group_of(index);
            Rect const rect = box_rect(box, window_);
            draw_group_bracket(frame_, rect);
            record_open(frame_,
                {.id = make_id("group", group.key),
                    .role = Role::Group,
                    .name = group_caption(group),
                    .value = {},
                    .states = {},
                    .rect = rect});
            draw_group_caption(frame_, group, {rect.x + 13, rect.y + 6, rect.w - 21, 16}, box.folded);
            entered_.push_back(index);
        }

        void leave_boxes(std::size_t down_to)
        {
            for (; entered_.size() > down_to; entered_.pop_back())
                frame_.semantics.close();
        }

        TimelineGroup const& group_of(std::uint32_t box) const
        {
            return frame_.state.derived.timeline.groups[rows_.boxes()[box].group];
        }

        Frame& frame_;
        TimelineRows const& rows_;
        Window const& window_;
        bool focused_;
        std::vector<std::uint32_t> entered_; // boxes, outermost first
    };

    // A picture can't be scrolled: what it has no room for is told.
    void draw_picture_end(Frame& frame, TimelineRows const& rows, Rect const& view)
    {
        constexpr float kNote = 44;
        Rect const note{view.x, bottom(view) - kNote, view.w, kNote};
        std::size_t const shown = rows.row_at(static_cast<double>(view.h - kNote));
        fill(frame, note, frame.theme.notice_ground);
        std::string const words = "The picture ends here: " + format_count(shown) + " of "
            + format_count(rows.rows().size()) + " rows of the timeline fit into it.";
        draw_centered(frame, body(frame.theme.notice_text), note, words);
        record_text(frame, make_id("picture-end"), note, words);
    }

    void draw_nothing_found(Frame& frame, Rect const& rect)
    {
        Theme const& theme = frame.theme;
        bool const searching = !frame.state.derived.search.done();
        std::string_view const words = searching ? "Searching…" : "No step matches the filters";
        Rect const line{rect.x, rect.y + 48, rect.w, kBodyLine};
        draw_centered(frame, body(theme.muted), line, words);
        record_text(frame, make_id("nothing-found"), line, std::string{words}, Role::Status);
        float const width = button_width(frame, "Clear filters");
        if (!searching
            && button(frame, make_id("clear-all"),
                {rect.x + (rect.w - width) / 2, bottom(line) + 12, width, frame.control_height(29)}, "Clear filters"))
            frame.act(ClearFilters{});
    }

} // namespace

void draw_step_timeline(Frame& frame, Rect const& rect)
{
    Theme const& theme = frame.theme;
    fill(frame, rect, theme.panel);
    // In a low frame the rows need what room there is.
    bool const low = rect.h < kLeastWithHead && !frame.environment.picture;
    bool const has_head = !low || frame.state.view.filter.active();
    float const head = has_head ? kHeadHeight : 0;
    if (has_head)
        draw_head(frame, {rect.x, rect.y, rect.w, head});

    TimelineRows& rows = frame.memory.timeline;
    frame.result.unfinished = !rows.update(frame, rect.w - 1);
    if (frame.result.unfinished)
        return;
    ImGuiID const id = make_id("timeline");
    frame.memory.focus_order.push_back(id);
    Rect const view{rect.x, rect.y + head, rect.w, rect.h - head};
    record_open(frame,
        {.id = id,
            .role = Role::Listbox,
            .name = std::string{kListTitle},
            .value = {},
            .states = {.focused = frame.memory.focus == id && frame.memory.focus_visible},
            .rect = view});
    bool const picture = frame.environment.picture;
    auto const height = static_cast<float>(rows.height()) + (picture ? kListMargin : room_at_end(frame));
    frame.result.wanted_height = view.y + height + updates_bar_height(frame);
    auto const place = picture || rows.rows().empty() ? std::nullopt : place_of_list(frame, rows, view);
    if (place) {
        ImGui::SetNextWindowScroll({-1, *place});
        frame.memory.timeline_scroll = *place;
    }
    ScrollArea const area = begin_scroll(frame, id, view, {view.w, height});
    if (rows.rows().empty()) {
        draw_nothing_found(frame, view);
    } else {
        Window const window{.x = view.x,
            .top = view.y,
            .width = rect.w - 1,
            .from = static_cast<double>(area.scroll_y),
            .to = static_cast<double>(area.scroll_y + view.h)};
        draw_rails(frame, rows, window);
        Rows{frame, rows, window}.draw();
        if (!picture) {
            select_by_keys(frame, rows);
            move_with_run(frame, rows, area);
        } else if (height > view.h) {
            draw_picture_end(frame, rows, view);
        }
    }
    end_scroll(frame, area, theme.faint);
    if (!picture)
        draw_jump_to_current(frame, rows, area);
    frame.semantics.close();
}

} // namespace pev::ui
