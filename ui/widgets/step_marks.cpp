#include "ui/widgets/step_marks.h"

#include "ui/draw.h"
#include "ui/text.h"

#include <numbers>

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

    // Takes gaps out of a ring that has been drawn.
    void cut_ring(ImVec2 centre, float radius, Color ground, float thickness)
    {
        constexpr int kGaps = 6;
        constexpr float kGap = 0.42f; // radians
        ImDrawList& list = *ImGui::GetWindowDrawList();
        for (int i = 0; i < kGaps; ++i) {
            float const from = static_cast<float>(i) * 2 * std::numbers::pi_v<float> / kGaps;
            list.PathArcTo(centre, radius, from, from + kGap, 6);
            list.PathStroke(ground, ImDrawFlags_None, thickness);
        }
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

std::string step_label(Frame const& frame, StateName const& state)
{
    return frame.state.run->interrupted(state.kind) ? interrupted_label(state) : state_label(state);
}

std::string step_label_in_full(Frame const& frame, StateName const& state)
{
    return step_label(frame, state) + (frame.state.run->interrupted(state.kind) ? " when the run ended" : "");
}

Color step_color(Frame const& frame, ExecutionState state)
{
    return state_color(frame.state.run->interrupted(state) ? ExecutionState::Canceled : state);
}

void draw_state_node(Frame const& frame, ExecutionState state, ImVec2 centre, Color ground, float size)
{
    ImDrawList& list = *ImGui::GetWindowDrawList();
    Color const color = step_color(frame, state);
    centre = {frame.snap(centre.x), frame.snap(centre.y)};
    float const scale = size / kNodeSize;
    float const thick = std::max(1.0f, scale);
    // Two discs: their edges are sharper than those of a stroke.
    list.AddCircleFilled(centre, size / 2, color, 40);
    list.AddCircleFilled(centre, size / 2 - 2 * scale, ground, 36);
    if (frame.state.run->interrupted(state))
        cut_ring(centre, size / 2 - scale, ground, 3 * scale);
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
