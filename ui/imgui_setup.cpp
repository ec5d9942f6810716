#include "ui/imgui_setup.h"

#include "ui/theme.h"

#include "imgui_internal.h"

#include <algorithm>

namespace pev::ui {

namespace {

    // Dear ImGui's animations take no leap longer than this after a rest, and it wants time to pass.
    constexpr float kLongestStep = 0.5f; // seconds
    constexpr float kShortestStep = 0.0001f;

} // namespace

ImGuiContext* make_context(ImFontAtlas* atlas)
{
    IMGUI_CHECKVERSION();
    ImGuiContext* const context = ImGui::CreateContext(atlas);
    ImGui::SetCurrentContext(context);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigErrorRecoveryEnableTooltip = false;
    io.ConfigDebugHighlightIdConflicts = false; // so that it has no tooltips of its own: see split_wasm.mjs
    ImGui::GetStyle().FontSizeBase = kBody; // its own windows have titles, which nobody sees, in a font that is drawn
    return context;
}

void new_frame(ImVec2 size, float density, float seconds)
{
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = size;
    io.DisplayFramebufferScale = {density, density};
    io.DeltaTime = std::clamp(seconds, kShortestStep, kLongestStep);
    ImGui::NewFrame();
    for (ImFont* const font : io.Fonts->Fonts)
        font->CurrentRasterizerDensity = density;
}

bool input_is_waiting()
{
    return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

} // namespace pev::ui
