#include "ui/widgets/dialog.h"

#include "ui/draw.h"
#include "ui/ids.h"

#include <string>
#include <utility>

namespace pev::ui {

void begin_dialog(Frame& frame, std::string_view name, Rect const& panel, ImGuiID first)
{
    UiMemory& memory = frame.memory;
    memory.focus_order.clear();
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(screen);
    ImGui::Begin(("##" + std::string{name}).c_str(), nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings
            | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    if (ImGui::IsWindowAppearing())
        memory.focus_before_dialog = std::exchange(memory.focus, first);
    memory.in_panel = true;

    bool const fills_screen = panel.w >= screen.x;
    float const radius = fills_screen ? 0 : kLargeRadius;
    fill(frame, {0, 0, screen.x, screen.y}, frame.theme.scrim);
    shadow(frame, panel, radius, kLifted);
    fill(frame, panel, frame.theme.raised, radius);
    if (!fills_screen)
        border(frame, panel, frame.theme.line, radius);
    record_open(frame,
        {.id = make_id(name, make_id("dialog")),
            .role = Role::Dialog,
            .name = std::string{name},
            .value = {},
            .states = {},
            .rect = panel});
}

bool end_dialog(Frame& frame, Rect const& panel, bool closed)
{
    UiMemory& memory = frame.memory;
    frame.semantics.close();
    bool const elsewhere = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !contains(panel, ImGui::GetMousePos());
    bool const left = elsewhere || ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    bool const menu_takes_it = !memory.menu.items.empty();
    memory.in_panel = false;
    ImGui::End();
    if (!closed && (!left || menu_takes_it))
        return false;
    memory.focus = memory.focus_before_dialog;
    frame.wake_at(frame.now);
    return true;
}

} // namespace pev::ui
