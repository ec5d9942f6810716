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
// What the keys would do now.
struct KeyContext {
    bool typing = false; // a text field has the focus
    bool copies = false; // something is selected
    bool reads = false; // a log or a JSON tree has the focus
};
KeyUse use_of(ImGuiKey key, std::string_view text, Modifiers const& modifiers, KeyContext const& context);

} // namespace pev::wasm
