#include "wasm/imgui_setup.h"

#include "wasm/js_imports.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <cstring>

namespace pev::wasm {

void set_up_imgui()
{
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendPlatformName = "pev_browser";
    io.ConfigMacOSXBehaviors = js_is_mac();
    io.ConfigInputTextCursorBlink = false; // would draw frames for nothing else
    io.ConfigErrorRecoveryEnableTooltip = false;

    auto& platform = ImGui::GetPlatformIO();
    platform.Platform_SetClipboardTextFn
        = [](ImGuiContext*, char const* text) { js_copy_text(text, std::strlen(text)); };
    // Pasting goes through the page's text field, see input.lib.js: browsers let nobody read the clipboard at will.
    platform.Platform_GetClipboardTextFn = [](ImGuiContext*) -> char const* { return nullptr; };
    platform.Platform_SetImeDataFn = [](ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) {
        if (data->WantVisible)
            js_place_text_cursor(static_cast<double>(data->InputPos.x), static_cast<double>(data->InputPos.y),
                static_cast<double>(data->InputLineHeight));
    };
}

void new_frame(float density)
{
    ImGui::NewFrame();
    ImGui::GetCurrentContext()->DrawListSharedData.InitialFringeScale = 1.0f / density;
    for (auto* font : ImGui::GetIO().Fonts->Fonts)
        font->CurrentRasterizerDensity = density;
}

bool input_is_waiting()
{
    return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

} // namespace pev::wasm
