#include "ui/widgets/layer.h"

namespace pev::ui {

void begin_layer(char const* name, Rect const& rect)
{
    ImGui::SetNextWindowPos(top_left(rect));
    ImGui::SetNextWindowSize({rect.w, rect.h});
    ImGui::Begin(name, nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings
            | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing
            | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::GetWindowDrawList()->PushClipRectFullScreen();
}

void end_layer()
{
    ImGui::GetWindowDrawList()->PopClipRect();
    ImGui::End();
}

} // namespace pev::ui
