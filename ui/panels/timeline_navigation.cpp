#include "ui/panels/timeline_navigation.h"

#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/floating_controls.h"
#include "ui/selection.h"
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

    // Where the list has to stand for the row to be seen; nothing where it is seen as well as can be. `visible`: the list's height but
    // for what floats over its end.
    std::optional<float> scroll_for(TimelineRow const& row, float scroll, float visible, float max)
    {
        auto const top = static_cast<float>(row.top);
        float const low = top + static_cast<float>(row.height);
        float to = scroll;
        if (top < scroll)
            to = top - kGroupCaption;
        else if (low > scroll + visible)
            to = std::min(
                top - kGroupCaption, low - visible + 8); // its beginning first, where there is no room for all of it
        to = std::clamp(to, 0.0f, max);
        return std::abs(to - scroll) >= 1 ? std::optional{to} : std::nullopt;
    }

    std::optional<float> scroll_for(Frame const& frame, TimelineRow const& row, ScrollArea const& area)
    {
        return scroll_for(row, area.scroll_y, area.view.h - room_at_end(frame), area.max_y);
    }

    // Null where the filters leave it out.
    TimelineRow const* row_of_step(Frame const& frame, TimelineRows const& rows, StepRun const* step)
    {
        std::size_t const row = step != nullptr
            ? rows.row_of(static_cast<std::size_t>(step - frame.state.run->steps.data()))
            : rows.rows().size();
        return row < rows.rows().size() ? &rows.rows()[row] : nullptr;
    }

    void remember_place(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
    {
        UiMemory& memory = frame.memory;
        auto const first = rows.row_at(static_cast<double>(area.scroll_y));
        if (area.scroll_y <= 0 || first >= rows.rows().size()) {
            memory.anchor_step.clear(); // at its top a list stays there
            return;
        }
        TimelineRow const& row = rows.rows()[first];
        std::string const& key = frame.state.run->steps[row.step].key;
        if (memory.anchor_step != key)
            memory.anchor_step = key;
        memory.anchor_offset = static_cast<float>(row.top - static_cast<double>(area.scroll_y));
    }

    void select(Frame& frame, StepRun const& step)
    {
        frame.memory.focus = make_id("timeline");
        frame.memory.focus_visible = true;
        frame.act(SelectStep{step.key});
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
    UiMemory& memory = frame.memory;
    memory.list_follows = true;
    memory.reads = false;
    clear_selection(frame);
    leave_reading(frame);
    frame.act(FollowRun{true});
    frame.wake_at(frame.now);
}

float draw_follow_button(Frame& frame, Rect const& line)
{
    if (frame.state.view.follows_run || frame.state.run->over() || frame.environment.picture)
        return right(line);
    constexpr std::string_view kLabel = "Follow the run";
    constexpr TextButtonLook kLook{.icon = Icon::Follow, .strong = true};
    float const x = right(line) - text_button_width(frame, kLabel, kLook);
    if (text_button(frame, make_id("follow-run"), x, line.y, line.h, kLabel, kLook))
        follow_run(frame);
    return x;
}

void stop_following_reader(Frame& frame)
{
    UiMemory& memory = frame.memory;
    bool const selects_text = !memory.selection.text.empty();
    if (std::exchange(memory.reads, false) || memory.reading != 0 || selects_text) {
        if (frame.state.view.follows_run && frame.state.run)
            frame.act(FollowRun{false});
    }
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
        frame.act(SelectStep{frame.state.view.selected_step}); // in one column this opens it
        memory.enters_step = !frame.narrow;
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

std::optional<float> place_of_list(Frame const& frame, TimelineRows const& rows, Rect const& view)
{
    UiMemory const& memory = frame.memory;
    if (!memory.list_placed) {
        TimelineRow const* const selected = row_of_step(frame, rows, frame.state.selected());
        return selected != nullptr
            ? scroll_for(*selected, 0, view.h - room_at_end(frame), static_cast<float>(rows.height()))
            : std::nullopt;
    }
    if (memory.anchor_step.empty())
        return std::nullopt;
    TimelineRow const* const anchor = row_of_step(frame, rows, frame.state.run->find(memory.anchor_step));
    if (anchor == nullptr)
        return std::nullopt;
    auto const y = static_cast<float>(anchor->top - static_cast<double>(memory.anchor_offset));
    return std::abs(y - memory.timeline_scroll) > 0.5f ? std::optional{std::max(0.0f, y)} : std::nullopt;
}

void move_with_run(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
{
    UiMemory& memory = frame.memory;
    ViewState const& view = frame.state.view;
    if (view.follows_run && !memory.run_followed)
        memory.list_follows = true;
    memory.run_followed = view.follows_run;
    memory.list_placed = true;
    // The list stands elsewhere than it was put, and not because it has become shorter: somebody has scrolled.
    float const expected = std::min(memory.timeline_scroll, area.max_y);
    if (std::abs(area.scroll_y - expected) > 1)
        memory.list_follows = false;
    memory.timeline_scroll = area.scroll_y;
    remember_place(frame, rows, area);

    bool const reveals = std::exchange(memory.reveals_selected, false);
    bool const clicked = std::exchange(memory.clicked_step, {}) == view.selected_step;
    bool const is_news = memory.timeline_selected != view.selected_step;
    if (is_news)
        memory.timeline_selected = view.selected_step;
    bool const moves = view.follows_run ? memory.list_follows : is_news && !clicked;
    if (!moves && !reveals)
        return;
    TimelineRow const* const row = row_of_step(frame, rows, frame.state.selected());
    auto const y = row != nullptr ? scroll_for(frame, *row, area) : std::nullopt;
    if (!y)
        return;
    scroll_to(frame, *y);
    memory.timeline_scroll = *y;
    memory.anchor_step.clear(); // it has just been left
}

void draw_jump_to_current(Frame& frame, TimelineRows const& rows, ScrollArea const& area)
{
    bool const left = frame.state.view.follows_run && !frame.memory.list_follows && !frame.state.run->over();
    TimelineRow const* const row = left ? row_of_step(frame, rows, frame.state.selected()) : nullptr;
    auto const to = row != nullptr ? scroll_for(frame, *row, area) : std::nullopt;
    if (!to)
        return;
    bool const above = *to < area.scroll_y;
    constexpr std::string_view kLabel = "Jump to running step";
    ButtonLook const look{.floating = true, .icon = above ? Icon::Up : Icon::Down, .padding = 12};
    float const width = button_width(frame, kLabel, look);
    float const height = frame.control_height(29);
    Rect const& view = area.view;
    float const y = above ? view.y + 8 : bottom(view) - room_at_end(frame) - height;
    Rect const rect{std::round(view.x + (view.w - width) / 2), y, width, height};
    begin_layer("##jump-to-current", rect);
    if (button(frame, make_id("jump-to-current"), rect, kLabel, look))
        follow_run(frame);
    end_layer();
}

} // namespace pev::ui
