#include "ui/widgets/step_marks.h"

#include "ui/draw.h"
#include "ui/text.h"

namespace pev::ui {

namespace {

    // Without the variation selector: fonts are asked for one character at a time, and the loader picks the coloured form.
    std::string_view emoji_of(StepType type)
    {
        switch (type) {
        case StepType::Agent:
            return "🤖";
        case StepType::Data:
            return "⚙";
        case StepType::Api:
            return "🌐";
        case StepType::Branch:
        case StepType::Unknown:
            break;
        }
        return {};
    }

} // namespace

float step_icon_width(Frame const& frame, StepType type, float size)
{
    std::string_view const emoji = emoji_of(type);
    return emoji.empty() ? size : std::max(size, measure(frame, {.size = size}, emoji));
}

void draw_step_icon(Frame const& frame, StepType type, ImVec2 at, float line_height, float size)
{
    std::string_view const emoji = emoji_of(type);
    Color const color = frame.theme.text;
    if (!emoji.empty()) {
        draw_text(frame, {.size = size, .color = color}, at, line_height, emoji);
        return;
    }
    Rect const box{at.x, at.y + (line_height - size) / 2, size, size};
    if (type == StepType::Branch)
        draw_icon(frame, Icon::Diamond, box, color);
    else
        ImGui::GetWindowDrawList()->AddCircle(
            {box.x + size / 2, box.y + size / 2}, size * 0.36f, frame.theme.muted, 20, 1.5f);
}

void draw_state_node(Frame const& frame, ExecutionState state, ImVec2 centre, Color ground, float size)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    Color const color = state_color(state);
    centre = {frame.snap(centre.x), frame.snap(centre.y)};
    float const scale = size / kNodeSize;
    float const thick = std::max(1.0f, scale);
    // Two discs: their edges are sharper than those of a stroke.
    list.AddCircleFilled(centre, size / 2, color, 40);
    list.AddCircleFilled(centre, size / 2 - 2 * scale, ground, 36);
    float const half = 5 * scale;
    Rect const box{centre.x - half, centre.y - half, 2 * half, 2 * half};
    switch (state) {
    case ExecutionState::Success:
        draw_icon(frame, Icon::Check, box, color, 1.5f * thick);
        break;
    case ExecutionState::Failed:
        draw_icon(frame, Icon::Cross, box, color, 1.5f * thick);
        break;
    case ExecutionState::Running:
        list.AddCircleFilled(centre, 4 * scale, color, 20);
        break;
    case ExecutionState::WaitingForDependencies:
        draw_icon(frame, Icon::Dots, box, color);
        break;
    case ExecutionState::Blocked:
        draw_icon(frame, Icon::Bang, box, color, 1.7f * thick);
        break;
    case ExecutionState::Canceled:
        draw_icon(frame, Icon::Dash, box, color, 1.7f * thick);
        break;
    case ExecutionState::Skipped:
        draw_icon(frame, Icon::Skip, box, color, 1.4f * thick);
        break;
    case ExecutionState::Queued:
    case ExecutionState::Unknown:
        break;
    }
}

} // namespace pev::ui
