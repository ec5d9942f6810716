// Which key is which, and whose.
#pragma once

#include "imgui.h"

#include <string_view>

namespace pev::wasm {

struct Modifiers;

// The key by what it types where that is a Latin letter (shortcuts follow the reader's layout), otherwise by its place.
// ImGuiKey_None for keys that the viewer has no use for.
ImGuiKey key_named(std::string_view code, std::string_view text);

enum class KeyUse {
    Browser, // reload, find, address bar, function keys, moving the focus
    Shared, // the viewer reacts, and so may the page around it
    Viewer,
    Types, // enters a character
};
KeyUse use_of(ImGuiKey key, std::string_view text, Modifiers const& modifiers, bool typing);

} // namespace pev::wasm
