#include "ui/panels/timeline_navigation.h"

#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/floating_controls.h"
#include "ui/widgets/button.h"
#include "ui/widgets/layer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pev::ui {

namespace {

    constexpr std::size_t kPageRows = 8;

    enum class Move : std::uint8_t { Stay, Up, Down, PageUp, PageDown, First, Last };

    Move move_by_keys()
    {
        struct Key {
            ImGuiKey key;
            Move move;
        };
        for (auto const& [key, move] : {Key{ImGuiKey_UpArrow, Move::Up}, Key{ImGuiKey_DownArrow, Move::Down},
                 Key{ImGuiKey_PageUp, Move::PageUp}, Key{ImGuiKey_PageDown, Move::PageDown},
                 Key{ImGuiKey_Home, Move::First}, Key{ImGuiKey_End, Move::Last}}) {
            if (ImGui::IsKeyPressed(key))
                return move;
        }
        return Move::Stay;
    }

    // The nearest row to `from` that shows a step, looking on in steps of `by`, then back.
    std::size_t step_row_near(TimelineRows const& rows, std::size_t from, int by)
    {
        auto const count = static_cast<std::ptrdiff_t>(rows.rows().size());
        for (int const direction : {by, -by}) {
            for (auto at = static_cast<std::ptrdiff_t>(from); at >= 0 && at < count; at += direction) {
                if (!rows.rows()[static_cast<std::size_t>(at)].summary)
                    return static_cast<std::size_t>(at);
            }
        }
        return rows.rows().size();
    }

    // Where the move leads to; rows().size() where there is no step at all.
    std::size_t row_after(TimelineRows const& rows, std::size_t selected, Move move)
    {
        std::size_t const last = rows.rows().size() - 1;
        if (selected > last)
            return step_row_near(rows, move == Move::Last ? last : 0, move == Move::Last ? -1 : 1);
        switch (move) {
        case Move::Up:
            return step_row_near(rows, selected == 0 ? 0 : selected - 1, -1);
        case Move::Down:
            return step_row_near(rows, std::min(last, selected + 1), 1);
        case Move::PageUp:
            return step_row_near(rows, selected < kPageRows ? 0 : selected - kPageRows, -1);
        case Move::PageDown:
            return step_row_near(rows, std::min(last, selected + kPageRows), 1);
        case Move::First:
            return step_row_near(rows, 0, 1);
        case Move::Last:
            return step_row_near(rows, last, -1);
        case Move::Stay:
            break;
        }
        return selected;
    }

    // Where the list has to stand for the row to be seen; nothing where it is seen already.
    std::optional<float> scroll_for(TimelineRow const& row, ScrollArea const& area)
    {
        auto const top = static_cast<float>(row.top);
        float const low = top + static_cast<float>(row.height);
        float const visible = area.view.h - kFloatingRoom;
        if (top < area.scroll_y)
            return std::max(0.0f, top - kGroupCaption);
        if (low > area.scroll_y + visible)
            return std::clamp(low - visible + 8, 0.0f, area.max_y);
        return std::nullopt;
    }

    TimelineRow const* current_row(Frame const& frame, TimelineRows const& rows)
    {
        auto const& current = frame.state.derived.current_step;
        std::size_t const row = current ? rows.row_of(*current) : rows.rows().size();
        return row < rows.rows().size() ? &rows.rows()[row] : nullptr;
    }

    void select(Frame& frame, StepRun const& step)
    {
        frame.memory.focus = make_id("timeline");
        frame.memory.focus_visible = true;
        frame.act(SelectStep{step.ref});
    }

} // namespace

std::size_t selected_row(Frame const& frame, TimelineRows const& rows)
{
    StepRun const* const step = frame.state.selected();
    if (step == nullptr)
        return rows.rows().size();
    return rows.row_of(static_cast<std::size_t>(step - frame.state.run->steps.data()));
}

void select_next_failure(Frame& frame, bool back)
{
    RunModel const& run = *frame.state.run;
    auto const& entries = frame.state.derived.timeline.entries;
    StepRun const* const selected = frame.state.selected();
    auto const is_selected = [&](TimelineEntry const& entry) { return &run.steps[entry.step] == selected; };
    std::size_t const count = entries.size();
    auto const from = static_cast<std::size_t>(std::ranges::find_if(entries, is_selected) - entries.begin());
    for (std::size_t i = 1; i <= count; ++i) {
        std::size_t const at = from == count ? (back ? count - i : i - 1) : (from + (back ? count - i : i)) % count;
        StepRun const& step = run.steps[entries[at].step];
        if (step.state.kind == ExecutionState::Failed) {
            select(frame, step);
            return;
        }
    }
}

void follow_run(Frame& frame)
{
    frame.memory.follows_run = true;
    frame.wake_at(frame.now);
}

void select_by_keys(Frame& frame, TimelineRows const& rows)
{
    UiMemory& memory = frame.memory;
    ImGuiID const id = make_id("timeline");
    if (!keys_are_ours(frame))
        return;
    if (memory.focus != id && memory.focus != 0)
        return;
    std::size_t const selected = selected_row(frame, rows);
    if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) && frame.state.selected() != nullptr) {
        if (frame.narrow)
            frame.act(SelectStep{frame.state.view.selected_step}); // opens it
        else
            memory.enters_step = true;
    }
    Move const move = move_by_keys();
    if (move == Move::Stay)
        return;
    memory.focus = id;
    memory.focus_visible = true;
    std::size_t const next = row_after(rows, selected, move);
    if (next < rows.rows().size() && next != selected)
        select(frame, frame.state.run->steps[rows.rows()[next].step]);
}

void move_with_run(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
{
    UiMemory& memory = frame.memory;
    auto const move_to = [&](TimelineRow const& row) {
        if (auto const y = scroll_for(row, area)) {
            scroll_to(frame, *y);
            memory.timeline_scroll = std::min(*y, area.max_y);
        }
    };
    // The list stands elsewhere than it was put, and not because it has become shorter: somebody has scrolled.
    float const expected = std::min(memory.timeline_scroll, area.max_y);
    if (std::abs(area.scroll_y - expected) > 1)
        memory.follows_run = false;
    memory.timeline_scroll = area.scroll_y;

    std::string const& selected = frame.state.view.selected_step;
    bool const reveals = std::exchange(memory.reveals_selected, false);
    if (memory.timeline_selected != selected || reveals) {
        bool const clicked = memory.clicked_step == selected;
        bool const is_first = memory.timeline_selected.empty() && !frame.state.view.step_opened; // nobody chose it
        memory.timeline_selected = selected;
        memory.clicked_step.clear();
        std::size_t const at = selected_row(frame, rows);
        if (!clicked && !is_first && at < rows.rows().size()) {
            memory.follows_run = false;
            move_to(rows.rows()[at]);
            return;
        }
    }
    if (TimelineRow const* const current = memory.follows_run ? current_row(frame, rows) : nullptr)
        move_to(*current);
}

void draw_jump_to_current(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
{
    TimelineRow const* const current = current_row(frame, rows);
    auto const to = current != nullptr && !frame.memory.follows_run ? scroll_for(*current, area) : std::nullopt;
    if (!to)
        return;
    bool const above = *to < area.scroll_y;
    constexpr std::string_view kLabel = "Jump to running step";
    ButtonLook const look{.floating = true, .icon = above ? Icon::Up : Icon::Down, .padding = 12};
    float const width = button_width(frame, kLabel, look);
    float const height = frame.control_height(29);
    Rect const& view = area.view;
    float const y = above ? view.y + 8 : bottom(view) - kFloatingRoom - height;
    Rect const rect{std::round(view.x + (view.w - width) / 2), y, width, height};
    begin_layer("##jump-to-current", rect);
    if (button(frame, make_id("jump-to-current"), rect, kLabel, look))
        follow_run(frame);
    end_layer();
}

} // namespace pev::ui
