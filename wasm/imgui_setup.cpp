#include "wasm/imgui_setup.h"

#include "ui/imgui_setup.h"
#include "wasm/js_imports.h"

#include "imgui.h"

#include <cstring>

namespace pev::wasm {

void set_up_imgui()
{
    ui::make_context();
    auto& io = ImGui::GetIO();
    io.BackendPlatformName = "pev_browser";
    io.ConfigErrorRecovery = false; // the tests find such mistakes; nobody waits for its code
    io.ConfigMacOSXBehaviors = js_is_mac();

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

} // namespace pev::wasm
