#include "ui/panels/step_inspector.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/section.h"
#include "ui/interaction.h"
#include "ui/panels/floating_controls.h"
#include "ui/panels/step_row.h"
#include "ui/panels/timeline_navigation.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/selectable_text.h"
#include "ui/widgets/step_marks.h"

#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    constexpr float kIcon = 22;
    constexpr float kTitleLine = 23;
    constexpr float kHeadHeight = 70;

    // Beside the state's pill: duration and attempt.
    std::string progress_words(Frame& frame, StepRun const& step)
    {
        bool ticks = false;
        std::string words = step_duration(frame, step, ticks);
        if (ticks)
            frame.tick();
        std::string const attempt = attempt_words(step);
        if (!attempt.empty())
            words += (words.empty() ? "" : " · ") + attempt;
        return words;
    }

    void draw_title(Frame& frame, StepRun const& step, Rect const& box)
    {
        Theme const& theme = frame.theme;
        TextStyle const title{.size = kHeading, .weight = Weight::Semibold, .color = theme.text};
        Rect const name{box.x, box.y, box.w, kTitleLine};
        selectable_line(frame, make_id("inspected-name"), title, name, step.title());
        record_text(frame, make_id("inspected-name"), name, std::string{step.title().substr(0, 500)}, Role::Heading);

        Rect const key{box.x, box.y + kTitleLine, box.w, kSmallLine};
        selectable_line(frame, make_id("inspected-key"), mono(theme.subtle), key, step.key);
        record_text(frame, make_id("inspected-key"), key, step.key.substr(0, 500));
    }

    constexpr float kPillGap = 12;

    float progress_width(Frame const& frame, StepRun const& step, std::string const& words)
    {
        float const words_width = words.empty() ? 0 : kPillGap + measure(frame, tabular(body(0)), words);
        return pill_width(frame, step.state) + words_width;
    }

    void draw_progress(Frame& frame, StepRun const& step, std::string const& words, ImVec2 at)
    {
        draw_pill(frame, at, step.state);
        float const x = at.x + pill_width(frame, step.state) + kPillGap;
        draw_text(frame, tabular(body(frame.theme.muted)), {x, at.y}, kPillHeight, words);
        Rect const rect{at.x, at.y, progress_width(frame, step, words), kPillHeight};
        record_text(frame, make_id("inspected-state"), rect, state_label(step.state), Role::Status, words);
    }

    // For little width: the name has a line for itself. Returns where it ends.
    float draw_stacked_head(Frame& frame, StepRun const& step, Rect const& rect, float y, float padding)
    {
        float const icon = step_icon_width(frame, step.type.kind, kIcon);
        draw_step_icon(frame, step.type.kind, {rect.x + padding, y + 4}, 32, kIcon);
        float const text_x = rect.x + padding + icon + 10;
        draw_title(frame, step, {text_x, y, right(rect) - padding - text_x, kTitleLine});
        draw_progress(frame, step, progress_words(frame, step), {text_x, y + kTitleLine + kSmallLine + 6});
        float const end = y + kTitleLine + kSmallLine + 6 + kPillHeight + 10;
        horizontal_line(frame, rect.x, end - 1, rect.w, frame.theme.line);
        return end;
    }

    float draw_head(Frame& frame, StepRun const& step, Rect const& rect)
    {
        constexpr float kLeastWidth = 460; // for name and state side by side
        if (rect.w < kLeastWidth)
            return draw_stacked_head(frame, step, rect, rect.y + 14, 24) - rect.y;
        float const icon = step_icon_width(frame, step.type.kind, kIcon);
        float const end = right(rect) - 24;
        std::string const words = progress_words(frame, step);
        float const progress_x = end - progress_width(frame, step, words);
        float const x = rect.x + 24;
        draw_step_icon(frame, step.type.kind, {x, rect.y + 18}, 32, kIcon);
        float const text_x = x + icon + 12;
        draw_title(frame, step, {text_x, rect.y + 14, progress_x - 16 - text_x, kTitleLine});
        draw_progress(frame, step, words, {progress_x, rect.y + 24});
        horizontal_line(frame, rect.x, rect.y + kHeadHeight - 1, rect.w, frame.theme.line);
        return kHeadHeight;
    }

    // One column: a way back to the list, then the same in less room.
    float draw_narrow_head(Frame& frame, StepRun const& step, Rect const& rect)
    {
        constexpr float kPadding = 14;
        float const back_height = frame.control_height(30);
        ButtonLook const look{.icon = Icon::Back};
        Rect const back{rect.x + kPadding, rect.y + 8, button_width(frame, "All steps", look), back_height};
        bool const escaped = keys_are_ours(frame) && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
        if (button(frame, make_id("back"), back, "All steps", look) || escaped)
            frame.act(ShowStepList{});
        draw_follow_button(frame, {right(back), back.y, right(rect) - kPadding - right(back), back.h});
        return draw_stacked_head(frame, step, rect, bottom(back) + 8, kPadding) - rect.y;
    }

    // The reader keeps what is being read, whatever the list is filtered by. Returns the height.
    float draw_filtered_out(Frame& frame, StepRun const& step, ImVec2 at, float width)
    {
        if (!frame.state.is_filtered_out(step))
            return 0;
        constexpr std::string_view kWords = "Not among the filtered steps";
        constexpr std::string_view kShow = "Show in the list";
        Theme const& theme = frame.theme;
        float const padding = frame.narrow ? 14.0f : 24.0f;
        Rect const strip{at.x, at.y, width, frame.control_height(33)};
        fill(frame, strip, theme.background);
        horizontal_line(frame, strip.x, bottom(strip) - 1, strip.w, theme.line);
        float const show_width = text_button_width(frame, kShow);
        Rect const words{strip.x + padding, strip.y, strip.w - 2 * padding - show_width - 14, strip.h - 1};
        float const used = draw_cut(frame, small(theme.muted), words, kWords).width;
        record_text(frame, make_id("filtered-out"), words, std::string{kWords}, Role::Status);
        if (text_button(
                frame, make_id("show-in-list"), words.x + used + 14, words.y, words.h, kShow, {.strong = true})) {
            frame.act(ClearFilters{});
            frame.memory.reveals_selected = true;
        }
        return strip.h;
    }

    using DrawSection = float (*)(Frame&, StepRun const&, SectionPlace const&);
    // An error comes before what may have caused it: it is why somebody looks. The worker comes last: its name is in the
    // status already.
    constexpr DrawSection kSectionsInOrder[]
        = {draw_status_section, draw_error_section, draw_logs_section, draw_input_section, draw_output_section,
            draw_personality_section, draw_collaboration_section, draw_memory_section, draw_worker_section};

    void draw_sections(Frame& frame, StepRun const& step, Rect const& view)
    {
        UiMemory& memory = frame.memory;
        bool const fresh = memory.inspected_step != step.key;
        if (fresh) {
            memory.inspected_step = step.key;
            memory.forget_step();
            ImGui::SetNextWindowScroll({0, 0});
        }
        ScrollArea const area = begin_scroll(frame, make_id("inspector"), view, {view.w, memory.inspector_height});
        float const expected = fresh ? area.scroll_y : std::min(memory.inspector_scroll, area.max_y);
        memory.reads |= std::abs(area.scroll_y - expected) > 1;
        memory.inspector_scroll = area.scroll_y;
        SectionPlace place{.x = view.x, .y = std::round(area.origin.y), .width = view.w, .view_height = view.h};
        float const top = place.y;
        for (DrawSection const draw : kSectionsInOrder)
            place.y = draw(frame, step, place);
        float const height = place.y - top + room_at_end(frame);
        if (std::abs(height - memory.inspector_height) > 0.5f) {
            memory.inspector_height = height;
            frame.wake_at(frame.now); // so that it can be scrolled to its end
        }
        end_scroll(frame, area, frame.theme.faint);
    }

    void draw_nothing_selected(Frame& frame, Rect const& rect)
    {
        Rect const line{rect.x, rect.y + rect.h * 0.35f, rect.w, kBodyLine};
        draw_centered(frame, body(frame.theme.muted), line, "Select a step to see what it did");
        record_text(frame, make_id("nothing-selected"), line, "Select a step to see what it did");
    }

} // namespace

void draw_step_inspector(Frame& frame, Rect const& rect)
{
    fill(frame, rect, frame.theme.panel);
    StepRun const* const step = frame.state.selected();
    record_open(frame,
        {.id = make_id("inspector-region"),
            .role = Role::Region,
            .name = "Step inspector",
            .value = {},
            .states = {},
            .rect = rect});
    if (step == nullptr) {
        draw_nothing_selected(frame, rect);
    } else {
        float head = frame.narrow ? draw_narrow_head(frame, *step, rect) : draw_head(frame, *step, rect);
        head += draw_filtered_out(frame, *step, {rect.x, rect.y + head}, rect.w);
        draw_sections(frame, *step, {rect.x, rect.y + head, rect.w, rect.h - head});
    }
    frame.semantics.close();
}

} // namespace pev::ui
