#include "ui/screens/screens.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/text.h"

namespace pev::ui {

namespace {

    // Where text will be.
    void ghost(Frame const& frame, float x, float y, float width, float height, float radius = 4)
    {
        fill(frame, {x, y, width, height}, frame.theme.soft_line, radius);
    }

    void draw_ghost_header(Frame const& frame, float width)
    {
        fill(frame, {0, 0, width, 100}, frame.theme.panel);
        horizontal_line(frame, 0, 99, width, frame.theme.line);
        float const x = frame.narrow ? 14.0f : 20.0f;
        ghost(frame, x, 19, std::min(230.0f, width * 0.4f), 18);
        ghost(frame, x + std::min(230.0f, width * 0.4f) + 10, 17, 73, 22, 11);
        ghost(frame, x, 53, std::min(420.0f, width * 0.6f), 10);
        if (!frame.narrow) {
            ghost(frame, width - 20 - 128, 22, 128, 18);
            ghost(frame, width - 20 - 318, 56, 318, 8);
            ghost(frame, width - 20 - 318, 74, 318, 9);
        }
        fill(frame, {0, 100, width, 44}, frame.theme.panel);
        horizontal_line(frame, 0, 143, width, frame.theme.line);
        ghost(frame, x, 107, std::min(300.0f, width - 2 * x), 29, kControlRadius);
    }

    void draw_ghost_list(Frame const& frame, Rect const& rect)
    {
        fill(frame, rect, frame.theme.panel);
        ghost(frame, rect.x + 20, rect.y + 15, 130, 9);
        constexpr float kWidths[] = {0.46f, 0.38f, 0.54f, 0.5f, 0.4f, 0.58f, 0.44f};
        float y = rect.y + 46;
        for (float const part : kWidths) {
            if (y + 58 > bottom(rect))
                break;
            ImGui::GetWindowDrawList()->AddCircle({rect.x + 30, y + 9}, 8, frame.theme.line, 28, 2);
            ghost(frame, rect.x + 50, y + 3, (rect.w - 120) * part, 12);
            ghost(frame, rect.x + 50, y + 25, (rect.w - 120) * part * 0.6f, 9);
            y += 58;
        }
    }

    void draw_ghost_step(Frame const& frame, Rect const& rect)
    {
        fill(frame, rect, frame.theme.panel);
        vertical_line(frame, rect.x, rect.y, rect.h, frame.theme.line);
        ghost(frame, rect.x + 24, rect.y + 21, 26, 26, 13);
        ghost(frame, rect.x + 64, rect.y + 18, 220, 14);
        ghost(frame, rect.x + 64, rect.y + 41, 90, 9);
        horizontal_line(frame, rect.x, rect.y + 69, rect.w, frame.theme.line);
        ghost(frame, rect.x + 42, rect.y + 110, rect.w * 0.3f, 10);
        ghost(frame, rect.x + 42, rect.y + 135, rect.w * 0.24f, 10);
        ghost(frame, rect.x + 42, rect.y + 190, rect.w - 66, 172, kRadius);
    }

} // namespace

void draw_loading_screen(Frame& frame)
{
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    draw_ghost_header(frame, screen.x);
    Rect const below{0, 144, screen.x, std::max(0.0f, screen.y - 144)};
    float const list = frame.narrow ? screen.x : 420.0f;
    draw_ghost_list(frame, {0, below.y, list, below.h});
    if (!frame.narrow)
        draw_ghost_step(frame, {list, below.y, screen.x - list, below.h});
    Rect const line{0, screen.y - 52, screen.x, kBodyLine};
    std::string const words = frame.state.reading
        ? "Reading the run: " + std::to_string(static_cast<int>(*frame.state.reading * 100)) + "%"
        : std::string{"Loading the run…"};
    draw_centered(frame, body(frame.theme.muted), line, words);
    record(frame,
        {.id = make_id("loading"),
            .role = Role::Status,
            .name = words,
            .value = {},
            .states = {.busy = true},
            .rect = line});
}

} // namespace pev::ui
