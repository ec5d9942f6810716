#include "ui/panels/diagnostics_panel.h"

#include "shared/app/report.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/definition_grid.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/scroll_area.h"

namespace pev::ui {

namespace {

    constexpr float kWidth = 560; // one column of definitions
    constexpr float kHeight = 640;
    constexpr float kMargin = 28;
    constexpr float kPadding = 20;
    constexpr float kTitleBar = 52;

    Rect place(Frame const& frame)
    {
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        if (frame.narrow)
            return {0, 0, screen.x, screen.y};
        float const width = std::min(kWidth, screen.x - 2 * kMargin);
        float const height = std::min(kHeight, screen.y - 2 * kMargin);
        return {frame.snap((screen.x - width) / 2), frame.snap((screen.y - height) / 2), width, height};
    }

    // Returns whether it is to be closed.
    bool draw_title_bar(Frame& frame, Rect const& panel, Report const& report)
    {
        Rect const bar{panel.x, panel.y, panel.w, kTitleBar};
        TextStyle const style{.size = kHeading, .weight = Weight::Semibold, .color = frame.theme.text};
        draw_text(frame, style, {bar.x + kPadding, bar.y}, bar.h, "Diagnostics");
        record_text(frame, make_id("diagnostics-title"), bar, "Diagnostics", Role::Heading);
        horizontal_line(frame, bar.x, bottom(bar) - 1, bar.w, frame.theme.line);

        float const height = frame.control_height(29);
        float const width = button_width(frame, "Close");
        Rect const close_button{right(bar) - kPadding - width, middle_y(bar) - height / 2, width, height};
        float const copy_x = close_button.x - 18 - copy_button_width(frame);
        if (copy_button(frame, make_id("copy-diagnostics"), copy_x, bar.y, bar.h, "Copy diagnostics"))
            frame.act(CopyText{report_text(report)});
        return button(frame, make_id("close-diagnostics"), close_button, "Close");
    }

    // Returns the height.
    float draw_sections(Frame& frame, Report const& report, ImVec2 at, float width)
    {
        float y = at.y;
        for (ReportSection const& section : report) {
            ImGuiID const id = make_id(section.title, make_id("diagnostics"));
            TextStyle const caption{.size = kTiny,
                .weight = Weight::Semibold,
                .color = frame.theme.subtle,
                .spacing = 0.6f,
                .capitals = true};
            draw_text(frame, caption, {at.x, y}, kSmallLine, section.title);
            record_text(frame, id, {at.x, y, width, kSmallLine}, section.title, Role::Heading);
            y += kSmallLine + 8;
            std::vector<Definition> rows;
            for (ReportRow const& row : section.rows)
                rows.push_back({.label = row.label, .value = row.value});
            y += draw_definitions(frame, id, {at.x, y}, width, rows) + 22;
        }
        return y - 22 - at.y;
    }

    void draw_report(Frame& frame, Report const& report, Rect const& view)
    {
        float& content = frame.memory.diagnostics_height;
        ScrollArea const area = begin_scroll(frame, make_id("diagnostics-scroll"), view, {view.w, content});
        ImVec2 const at{area.origin.x + kPadding, area.origin.y + kPadding};
        float const height = draw_sections(frame, report, at, view.w - 2 * kPadding) + 2 * kPadding;
        if (height != content) {
            content = height;
            frame.wake_at(frame.now);
        }
        end_scroll(frame, area, frame.theme.faint);
    }

} // namespace

void draw_diagnostics_panel(Frame& frame)
{
    if (!frame.state.view.diagnostics_open)
        return;
    Report const report = make_report(frame.state, frame.now, frame.utc_offset());
    Rect const panel = place(frame);
    begin_dialog(frame, "Diagnostics", panel, make_id("close-diagnostics"));
    bool const closed = draw_title_bar(frame, panel, report);
    draw_report(frame, report, {panel.x, panel.y + kTitleBar, panel.w, panel.h - kTitleBar});
    if (end_dialog(frame, panel, closed))
        frame.act(ShowDiagnostics{false});
    frame.wake_at(frame.now + std::chrono::seconds{1}); // it tells the time, and how long until the next try
}

} // namespace pev::ui
