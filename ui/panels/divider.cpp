#include "ui/panels/divider.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/widgets/layer.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace pev::ui {

namespace {

    // The usual width. On a large screen the inspector has the use for more: logs and JSON have long lines.
    constexpr float kListPart = 420.0f / 1440.0f;
    constexpr float kUsualLeast = 380;
    constexpr float kUsualMost = 640;
    // What names and sections can be read in.
    constexpr float kLeastList = 280;
    constexpr float kLeastStep = 320;

    constexpr float kKeyStep = 16;
    constexpr float kLongKeyStep = 96; // with Shift

    // Rows are measured anew for each width. Of a longer list the line alone moves, and the list when it is let go.
    constexpr std::size_t kMostStepsAtOnce = 10'000;

    float most_list(float width)
    {
        return std::max(kLeastList, width - kLeastStep);
    }

    float usual_list(float width)
    {
        float const least = std::min(kUsualLeast, std::round(width / 2));
        return std::clamp(std::round(width * kListPart), least, kUsualMost);
    }

    void keep(Frame& frame, float list)
    {
        frame.act(SetListWidth{static_cast<int>(std::lround(list))});
    }

    void move_by_keys(Frame& frame, float list, float width)
    {
        float const step = ImGui::GetIO().KeyShift ? kLongKeyStep : kKeyStep;
        float wanted = list;
        if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow))
            wanted -= step;
        if (ImGui::IsKeyPressed(ImGuiKey_RightArrow))
            wanted += step;
        if (ImGui::IsKeyPressed(ImGuiKey_Home))
            wanted = kLeastList;
        if (ImGui::IsKeyPressed(ImGuiKey_End))
            wanted = most_list(width);
        wanted = std::clamp(wanted, kLeastList, most_list(width));
        if (wanted != list)
            keep(frame, wanted);
    }

    // Follows the pointer, and keeps the width where it is let go.
    void drag(Frame& frame, Rect const& both, float list, Press const& pressed)
    {
        UiMemory::Divider& divider = frame.memory.divider;
        ImVec2 const mouse = ImGui::GetIO().MousePos;
        if (pressed.held && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
            divider.held_at = mouse.x - list;
            if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
                divider.held_at.reset();
                frame.act(SetListWidth{0});
            }
        }
        if (pressed.held && divider.held_at) {
            float const wanted = std::clamp(std::round(mouse.x - *divider.held_at), kLeastList, most_list(both.w));
            if (wanted != divider.list.value_or(list)) {
                divider.list = wanted;
                frame.wake_at(frame.now);
            }
        }
        if (pressed.held)
            frame.memory.selection.kept = true;
        else if (auto const dragged = std::exchange(divider.list, std::nullopt))
            keep(frame, *dragged);
    }

    void draw_line(Frame& frame, Rect const& both, float x, Press const& pressed)
    {
        constexpr float kGripLength = 32;
        bool const active = pressed.hovered || pressed.held || pressed.focused;
        Color const color = active ? frame.theme.accent : frame.theme.line;
        if (active)
            fill(frame, {x - 1, both.y, 3, both.h}, color);
        else
            vertical_line(frame, x, both.y, both.h, color);
        // Where nothing shows that it can be taken hold of by being pointed at.
        if (frame.environment.touch)
            fill(frame, {x - 2, frame.snap(middle_y(both) - kGripLength / 2), 5, kGripLength},
                active ? color : frame.theme.faint, 2.5f);
    }

} // namespace

float list_width(Frame const& frame, float width)
{
    UiMemory::Divider const& divider = frame.memory.divider;
    float wanted = static_cast<float>(frame.state.view.list_width);
    if (wanted == 0)
        wanted = usual_list(width);
    if (divider.list && frame.state.run->steps.size() <= kMostStepsAtOnce)
        wanted = *divider.list;
    return std::clamp(wanted, kLeastList, most_list(width));
}

void draw_divider(Frame& frame, Rect const& both, float list)
{
    ImGuiID const id = make_id("divider");
    float const x = both.x + list - 1;
    // The list's scroll bar is on its left, the inspector's margin on its right.
    Rect const grip = frame.environment.touch ? Rect{x - 8, both.y, 24, both.h} : Rect{x - 2, both.y, 8, both.h};
    begin_layer("##divider", grip);
    Press const pressed = press(frame, id, grip);
    if (pressed.hovered || pressed.held)
        frame.result.cursor = FrameResult::Cursor::ResizeX;
    drag(frame, both, list, pressed);
    if (pressed.focused && keys_are_ours(frame)) {
        move_by_keys(frame, list, both.w);
        if (pressed.clicked) // Enter, Space
            frame.act(SetListWidth{0});
    }
    draw_line(frame, both, both.x + frame.memory.divider.list.value_or(list) - 1, pressed);
    record(frame,
        {.id = id,
            .role = Role::Separator,
            .name = "Width of the list",
            .value = std::to_string(std::lround(list)) + " px",
            .states = {.focused = pressed.focused},
            .rect = grip});
    end_layer();
}

} // namespace pev::ui
