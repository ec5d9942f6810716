#include "ui/frame.h"

#include "imgui_internal.h"

#include <cmath>

namespace pev::ui {

Rect in_sight()
{
    ImRect const& clip = ImGui::GetCurrentWindow()->ClipRect;
    return {clip.Min.x, clip.Min.y, clip.GetWidth(), clip.GetHeight()};
}

float Frame::snap(float css) const
{
    return std::round(css * density) / density;
}

void record(Frame& frame, SemanticNode node)
{
    node.rect = intersect(node.rect, in_sight());
    if (!is_empty(node.rect))
        frame.semantics.add(std::move(node));
}

void record_open(Frame& frame, SemanticNode node)
{
    node.rect = intersect(node.rect, in_sight());
    if (is_empty(node.rect))
        frame.semantics.open_unseen();
    else
        frame.semantics.open(std::move(node));
}

void record_text(Frame& frame, ImGuiID id, Rect const& rect, std::string name, Role role, std::string value)
{
    record(frame,
        {.id = id, .role = role, .name = std::move(name), .value = std::move(value), .states = {}, .rect = rect});
}

} // namespace pev::ui
