#include "wasm/keys.h"

#include "ui/shortcuts.h"
#include "wasm/input.h"

#include <algorithm>
#include <array>

namespace pev::wasm {
namespace {

    struct CodeKey {
        std::string_view code;
        ImGuiKey key;
    };
    constexpr std::array kKeys = {
        CodeKey{"Tab", ImGuiKey_Tab},
        CodeKey{"ArrowLeft", ImGuiKey_LeftArrow},
        CodeKey{"ArrowRight", ImGuiKey_RightArrow},
        CodeKey{"ArrowUp", ImGuiKey_UpArrow},
        CodeKey{"ArrowDown", ImGuiKey_DownArrow},
        CodeKey{"PageUp", ImGuiKey_PageUp},
        CodeKey{"PageDown", ImGuiKey_PageDown},
        CodeKey{"Home", ImGuiKey_Home},
        CodeKey{"End", ImGuiKey_End},
        CodeKey{"Delete", ImGuiKey_Delete},
        CodeKey{"Backspace", ImGuiKey_Backspace},
        CodeKey{"Space", ImGuiKey_Space},
        CodeKey{"Enter", ImGuiKey_Enter},
        CodeKey{"NumpadEnter", ImGuiKey_KeypadEnter},
        CodeKey{"Escape", ImGuiKey_Escape},
        CodeKey{"Slash", ImGuiKey_Slash},
        CodeKey{"Minus", ImGuiKey_Minus},
        CodeKey{"Equal", ImGuiKey_Equal},
        CodeKey{"Comma", ImGuiKey_Comma},
        CodeKey{"Period", ImGuiKey_Period},
        CodeKey{"BracketLeft", ImGuiKey_LeftBracket},
        CodeKey{"BracketRight", ImGuiKey_RightBracket},
        CodeKey{"ControlLeft", ImGuiKey_LeftCtrl},
        CodeKey{"ControlRight", ImGuiKey_RightCtrl},
        CodeKey{"ShiftLeft", ImGuiKey_LeftShift},
        CodeKey{"ShiftRight", ImGuiKey_RightShift},
        CodeKey{"AltLeft", ImGuiKey_LeftAlt},
        CodeKey{"AltRight", ImGuiKey_RightAlt},
        CodeKey{"MetaLeft", ImGuiKey_LeftSuper},
        CodeKey{"MetaRight", ImGuiKey_RightSuper},
    };

    constexpr ImGuiKey plus(ImGuiKey first, int offset)
    {
        return static_cast<ImGuiKey>(static_cast<int>(first) + offset);
    }

    ImGuiKey letter_key(char letter)
    {
        if (letter >= 'a' && letter <= 'z')
            return plus(ImGuiKey_A, letter - 'a');
        if (letter >= 'A' && letter <= 'Z')
            return plus(ImGuiKey_A, letter - 'A');
        return ImGuiKey_None;
    }

    // KeyboardEvent.key is a name ("Enter", "F5", "Dead") or the character typed: names are two letters of ASCII or more.
    bool is_character(std::string_view text)
    {
        return text.size() == 1 || (!text.empty() && static_cast<unsigned char>(text[0]) >= 0x80);
    }

    // What moves the focus or something on screen, or activates it.
    bool is_for_moving(ImGuiKey key)
    {
        return (key >= ImGuiKey_Tab && key <= ImGuiKey_End) || key == ImGuiKey_Enter || key == ImGuiKey_KeypadEnter
            || key == ImGuiKey_Escape;
    }

    bool is_modifier(ImGuiKey key)
    {
        return key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper;
    }

} // namespace

ImGuiKey key_named(std::string_view code, std::string_view text)
{
    if (text.size() == 1)
        if (auto const key = letter_key(text[0]); key != ImGuiKey_None)
            return key;
    if (text == "/") // opens the search, wherever the layout has it
        return ImGuiKey_Slash;
    if (code.size() == 4 && code.starts_with("Key"))
        return letter_key(code[3]);
    if (code.size() == 6 && code.starts_with("Digit") && code[5] >= '0' && code[5] <= '9')
        return plus(ImGuiKey_0, code[5] - '0');
    auto const* found = std::ranges::find(kKeys, code, &CodeKey::code);
    return found == kKeys.end() ? ImGuiKey_None : found->key;
}

KeyUse use_of(ImGuiKey key, std::string_view text, Modifiers const& modifiers, KeyContext const& context)
{
    if (is_modifier(key))
        return KeyUse::Shared;
    auto const command = (modifiers.ctrl || modifiers.meta) && !modifiers.alt_graph;
    if (command) {
        // Paste is not among them: the browser puts the text into the field, which hands it on.
        auto const edits = key == ImGuiKey_A || key == ImGuiKey_C || key == ImGuiKey_X || key == ImGuiKey_Z
            || key == ImGuiKey_Y || key == ImGuiKey_LeftArrow || key == ImGuiKey_RightArrow || key == ImGuiKey_Home
            || key == ImGuiKey_End || key == ImGuiKey_Backspace || key == ImGuiKey_Delete;
        auto const reads = key == ImGuiKey_F || key == ImGuiKey_A || key == ImGuiKey_Home || key == ImGuiKey_End;
        auto const ours
            = (context.typing && edits) || (context.reads && reads) || (context.copies && key == ImGuiKey_C);
        return ours ? KeyUse::Viewer : KeyUse::Browser;
    }
    bool const shortcut = ui::is_shortcut(key, text) && (!modifiers.alt || modifiers.alt_graph);
    if (is_character(text) && (context.typing || shortcut))
        return KeyUse::Types;
    // Alt+Left is "back", and some browsers find as you type.
    if (modifiers.alt || key == ImGuiKey_None || (!context.typing && !is_for_moving(key)))
        return KeyUse::Browser;
    // The page around an embedded viewer closes its dialog with Escape.
    return key == ImGuiKey_Escape ? KeyUse::Shared : KeyUse::Viewer;
}

} // namespace pev::wasm
