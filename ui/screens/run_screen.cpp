#include "ui/screens/screens.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/panels/divider.h"
#include "ui/panels/filter_chips.h"
#include "ui/panels/floating_controls.h"
#include "ui/panels/notices.h"
#include "ui/panels/run_header.h"
#include "ui/panels/step_inspector.h"
#include "ui/panels/step_timeline.h"
#include "ui/panels/toolbar.h"
#include "ui/text.h"

#include <cmath>
#include <utility>

namespace pev::ui {

namespace {

    void draw_no_steps(Frame& frame, Rect const& rect)
    {
        fill(frame, rect, frame.theme.panel);
        bool const over = frame.state.run->over();
        std::string_view const title = over ? "This run had no steps" : "No steps yet";
        std::string_view const hint
            = over ? "There is nothing to inspect." : "They appear here as soon as the run has some.";
        Rect const line{rect.x, std::round(rect.y + rect.h * 0.32f), rect.w, 23};
        draw_centered(frame, {.size = kHeading, .weight = Weight::Semibold, .color = frame.theme.text}, line, title);
        Rect const below{rect.x, bottom(line) + 6, rect.w, kBodyLine};
        draw_centered(frame, body(frame.theme.muted), below, hint);
        record_text(frame, make_id("no-steps"), line, std::string{title}, Role::Heading);
        record_text(frame, make_id("no-steps-hint"), below, std::string{hint});
    }

    // Where it is not there yet, its place is kept.
    void draw_step(Frame& frame, Rect const& rect)
    {
        if (frame.state.complete)
            draw_step_inspector(frame, rect);
        else
            fill(frame, rect, frame.theme.panel);
    }

    void draw_list_and_step(Frame& frame, Rect const& rect)
    {
        float const list = list_width(frame, rect.w);
        draw_step_timeline(frame, {rect.x, rect.y, list, rect.h});
        if (frame.state.complete)
            draw_divider(frame, rect, list);
        else
            vertical_line(frame, rect.x + list - 1, rect.y, rect.h, frame.theme.line);
        if (std::exchange(frame.memory.enters_step, false))
            frame.memory.focus_on = frame.memory.focus_order.size(); // what is drawn next
        draw_step(frame, {rect.x + list, rect.y, rect.w - list, rect.h});
    }

    void draw_picture(Frame& frame)
    {
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        float y = draw_run_header(frame, 0, screen.x);
        y += draw_failure_banner(frame, y, screen.x);
        Rect const rest{0, y, screen.x, std::max(0.0f, screen.y - y)};
        if (frame.state.run->steps.empty())
            draw_no_steps(frame, rest);
        else
            draw_step_timeline(frame, rest);
    }

} // namespace

void draw_run_screen(Frame& frame)
{
    if (frame.environment.picture)
        return draw_picture(frame);
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    bool const shows_step = frame.narrow && frame.state.view.step_opened && frame.state.selected() != nullptr;
    float y = 0;
    // On a phone the step has the whole screen; what is wrong is said in any case.
    if (!shows_step)
        y += draw_run_header(frame, y, screen.x);
    y += draw_update_notice(frame, y, screen.x);
    if (!shows_step) {
        y += draw_failure_banner(frame, y, screen.x);
        y += draw_toolbar(frame, y, screen.x);
    }
    Rect const rest{0, y, screen.x, std::max(0.0f, screen.y - y - updates_bar_height(frame))};
    record_open(
        frame, {.id = make_id("main"), .role = Role::Main, .name = "Run", .value = {}, .states = {}, .rect = rest});
    if (frame.state.run->steps.empty())
        draw_no_steps(frame, rest);
    else if (!frame.narrow)
        draw_list_and_step(frame, rest);
    else if (shows_step)
        draw_step(frame, rest);
    else
        draw_step_timeline(frame, rest);
    frame.semantics.close();
    draw_floating_controls(frame);
    if (!shows_step && frame.state.complete)
        draw_filter_panel(frame);
}

} // namespace pev::ui
