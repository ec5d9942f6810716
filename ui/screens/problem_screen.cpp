#include "ui/screens/screens.h"

#include "shared/base/text.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/mode_words.h"
#include "ui/panels/toolbar.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/selectable_text.h"

#include <cmath>
#include <string>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kCardWidth = 480;
    constexpr float kPadding = 28;
    constexpr std::size_t kMaxLines = 8;

    // "404 NOT_FOUND"
    std::string fine_print(Problem const& problem)
    {
        std::string print = problem.status > 0 ? "HTTP " + std::to_string(problem.status) : std::string{};
        if (!problem.code.empty())
            print += (print.empty() ? "" : " · ") + problem.code;
        return print;
    }

    // The server's words stand in quotes of their own: a box.
    float draw_detail(Frame& frame, Problem const& problem, ImVec2 at, float width, bool draw)
    {
        Theme const& theme = frame.theme;
        TextStyle const style = body(theme.text);
        auto const lines = wrap(frame, style, problem.detail, width - 24, kMaxLines);
        std::string const print = fine_print(problem);
        float const height = static_cast<float>(lines.size()) * kBodyLine + (print.empty() ? 0 : kSmallLine + 4) + 20;
        if (!draw)
            return height;
        Rect const box{at.x, at.y, width, height};
        fill(frame, box, theme.code, kRadius);
        border(frame, box, theme.soft_line, kRadius);
        selectable_lines(frame, make_id("problem-detail"), style, {at.x + 12, at.y + 10}, width - 24, kBodyLine,
            problem.detail, kMaxLines);
        selectable_line(frame, make_id("problem-print"), mono(theme.subtle),
            {at.x + 12, bottom(box) - 10 - kSmallLine, width - 24, kSmallLine}, print);
        record_text(frame, make_id("problem-detail"), box, problem.detail.substr(0, 1'000), Role::Text, print);
        return height;
    }

} // namespace

void draw_problem_screen(Frame& frame)
{
    Theme const& theme = frame.theme;
    Problem const& problem = *frame.state.problem;
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    float const width = std::min(kCardWidth, screen.x - 28);
    float const padding = frame.narrow ? 18.0f : kPadding;
    float const inner = width - 2 * padding;
    TextStyle const title_style{.size = kHeading, .weight = Weight::Semibold, .color = theme.text};
    TextStyle const hint_style = body(theme.muted);
    bool const can_retry = problem.kind != ProblemKind::NoRunId;
    float const button_height = frame.control_height(31);

    auto const title = wrap(frame, title_style, problem.title, inner - 34, 3);
    auto const hint = wrap(frame, hint_style, problem.hint, inner, kMaxLines);
    float const title_height = static_cast<float>(title.size()) * 23;
    float const detail_height = problem.detail.empty() ? 0 : draw_detail(frame, problem, {}, inner, false) + 14;
    float const hint_height = problem.hint.empty() ? 0 : static_cast<float>(hint.size()) * kBodyLine + 14;
    float const height
        = 2 * padding + title_height + detail_height + hint_height + (can_retry ? button_height + 20 : 0);

    Rect const card{
        std::round((screen.x - width) / 2), std::round(std::max(14.0f, (screen.y - height) * 0.4f)), width, height};
    shadow(frame, card, kLargeRadius, kLifted);
    fill(frame, card, theme.panel, kLargeRadius);
    border(frame, card, theme.line, kLargeRadius);
    record_open(frame,
        {.id = make_id("problem"),
            .role = Role::Alert,
            .name = problem.title,
            .value = {},
            .states = {},
            .rect = card});

    float const x = card.x + padding;
    float y = card.y + padding;
    ImVec2 const mark{x + 11, y + 11.5f};
    Color const red = state_color(ExecutionState::Failed);
    ImGui::GetWindowDrawList()->AddCircleFilled(mark, 11, faded(red, 0.14f), 32);
    draw_icon(frame, Icon::Bang, {mark.x - 7, mark.y - 7, 14, 14}, red, 1.8f);
    selectable_lines(frame, make_id("problem-title"), title_style, {x + 34, y}, inner - 34, 23, problem.title, 3);
    record_text(frame, make_id("problem-title"), {x + 34, y, inner - 34, title_height}, problem.title, Role::Heading);
    y += title_height + 14;
    if (!problem.detail.empty())
        y += draw_detail(frame, problem, {x, y}, inner, true) + 14;
    if (!problem.hint.empty()) {
        selectable_lines(frame, make_id("problem-hint"), hint_style, {x, y}, inner, kBodyLine, problem.hint, kMaxLines);
        record_text(frame, make_id("problem-hint"), {x, y, inner, hint_height - 14}, problem.hint);
        y += hint_height;
    }
    if (can_retry) {
        bool const busy = frame.state.connection.run_fetch != 0;
        ButtonLook const look{.primary = true, .padding = 18};
        auto const& wait_until = frame.state.connection.wait_until; // then it is tried by itself
        std::string const label = wait_until ? "Retry in " + time_to(frame, *wait_until) : busy ? "Trying…" : "Retry";
        float const button_size = button_width(frame, wait_until ? "Retry in 00 min" : "Trying…", look);
        if (button(frame, make_id("retry"), {x, y + 6, button_size, button_height}, label, look) && !busy)
            frame.act(RetryConnection{});
        float const more_x = x + button_size + 18;
        if (text_button(frame, make_id("show-diagnostics"), more_x, y + 6, button_height, "Diagnostics"))
            frame.act(ShowDiagnostics{true});
    }
    frame.semantics.close();
    float const size = frame.environment.touch ? kTouchTarget : 29.0f;
    draw_theme_switch(frame, {screen.x - 20 - size - 4, 14, size + 4, size});
}

} // namespace pev::ui
