#include "wasm/keys.h"

#include "wasm/input.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev::wasm;

namespace {

constexpr Modifiers kNone{};
constexpr Modifiers kCtrl{.ctrl = true};
constexpr Modifiers kMeta{.meta = true};
constexpr Modifiers kAlt{.alt = true};
// As Windows reports AltGr.
constexpr Modifiers kAltGraph{.ctrl = true, .alt = true, .alt_graph = true};
constexpr KeyContext kTyping{.typing = true};

} // namespace

TEST_CASE("keys are named by the Latin letter that they type, otherwise by their place", "[keys]")
{
    CHECK(key_named("KeyQ", "a") == ImGuiKey_A); // a French keyboard
    CHECK(key_named("KeyQ", "A") == ImGuiKey_A);
    CHECK(key_named("KeyF", "а") == ImGuiKey_F); // a Russian one
    CHECK(key_named("Digit7", "7") == ImGuiKey_7);
    CHECK(key_named("Digit7", "/") == ImGuiKey_Slash); // a German one
    CHECK(key_named("Slash", "-") == ImGuiKey_Slash);
    CHECK(key_named("ArrowDown", "ArrowDown") == ImGuiKey_DownArrow);
    CHECK(key_named("NumpadEnter", "Enter") == ImGuiKey_KeypadEnter);
    CHECK(key_named("MetaRight", "Meta") == ImGuiKey_RightSuper);
}

TEST_CASE("keys that the viewer has no use for have no name", "[keys]")
{
    for (char const* const code : {"", "F5", "Key", "KeyAB", "Key1", "Digit", "DigitX", "Digit10", "AudioVolumeUp"})
        CHECK(key_named(code, "Unidentified") == ImGuiKey_None);
}

TEST_CASE("the browser keeps its shortcuts", "[keys]")
{
    CHECK(use_of(ImGuiKey_R, "r", kCtrl, {}) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_F, "f", kCtrl, {}) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_F, "f", kMeta, kTyping) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_V, "v", kCtrl, kTyping) == KeyUse::Browser); // it puts the text into the field
    CHECK(use_of(ImGuiKey_LeftArrow, "ArrowLeft", kAlt, {}) == KeyUse::Browser); // back
    CHECK(use_of(ImGuiKey_None, "F5", kNone, {}) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_None, "Dead", kNone, kTyping) == KeyUse::Browser);
}

TEST_CASE("shortcuts of editing are the viewer's only while something is typed", "[keys]")
{
    for (ImGuiKey const key : {ImGuiKey_A, ImGuiKey_C, ImGuiKey_X, ImGuiKey_Z, ImGuiKey_Y, ImGuiKey_LeftArrow,
             ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End, ImGuiKey_Backspace, ImGuiKey_Delete}) {
        CHECK(use_of(key, "", kCtrl, kTyping) == KeyUse::Viewer);
        CHECK(use_of(key, "", kMeta, kTyping) == KeyUse::Viewer);
        CHECK(use_of(key, "", kCtrl, {}) == KeyUse::Browser);
    }
}

TEST_CASE("characters are typed, with AltGr too", "[keys]")
{
    CHECK(use_of(ImGuiKey_A, "a", kNone, kTyping) == KeyUse::Types);
    CHECK(use_of(ImGuiKey_None, "ß", kNone, kTyping) == KeyUse::Types);
    CHECK(use_of(ImGuiKey_Q, "@", kAltGraph, kTyping) == KeyUse::Types);
    CHECK(use_of(ImGuiKey_L, "@", kAlt, kTyping) == KeyUse::Types); // the Option key of a Mac
    CHECK(use_of(ImGuiKey_L, "l", kAlt, {}) == KeyUse::Browser); // a menu's letter
}

TEST_CASE("modifiers and Escape are shared with the page around, the rest is the viewer's", "[keys]")
{
    CHECK(use_of(ImGuiKey_LeftCtrl, "Control", kCtrl, kTyping) == KeyUse::Shared);
    CHECK(use_of(ImGuiKey_RightSuper, "Meta", kMeta, {}) == KeyUse::Shared);
    CHECK(use_of(ImGuiKey_Escape, "Escape", kNone, kTyping) == KeyUse::Shared);
    CHECK(use_of(ImGuiKey_Enter, "Enter", kNone, {}) == KeyUse::Viewer);
    CHECK(use_of(ImGuiKey_DownArrow, "ArrowDown", kNone, kTyping) == KeyUse::Viewer);
}

TEST_CASE("finding is the viewer's while a log or JSON has the focus, copying while something is selected", "[keys]")
{
    KeyContext const reads{.reads = true};
    KeyContext const copies{.copies = true};
    CHECK(use_of(ImGuiKey_F, "f", kCtrl, reads) == KeyUse::Viewer);
    CHECK(use_of(ImGuiKey_A, "a", kMeta, reads) == KeyUse::Viewer);
    CHECK(use_of(ImGuiKey_C, "c", kCtrl, reads) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_C, "c", kCtrl, copies) == KeyUse::Viewer);
    CHECK(use_of(ImGuiKey_F, "f", kCtrl, copies) == KeyUse::Browser);
    CHECK(use_of(ImGuiKey_R, "r", kCtrl, {.copies = true, .reads = true}) == KeyUse::Browser);
}
