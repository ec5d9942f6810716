#include "wasm/input.h"

#include "tests/unit/support/builders.h"
#include "tests/unit/support/plain_glyphs.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace pev;
using namespace pev::wasm;
using test::at;

namespace {

class Screen {
public:
    Screen()
    {
        ImGuiIO& io = ImGui::GetIO();
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
        ui::add_fonts(*io.Fonts, test::plain_glyphs());
        frame();
    }
    ~Screen() { ImGui::DestroyContext(context_); }
    Screen(Screen const&) = delete;
    Screen& operator=(Screen const&) = delete;

    // Until all that came in was taken in.
    void settle()
    {
        do
            frame();
        while (ui::input_is_waiting());
    }
    std::string typed; // in all frames

    Input input;

private:
    void frame()
    {
        ui::new_frame({400, 300}, 1, 1.0f / 60);
        for (ImWchar const c : ImGui::GetIO().InputQueueCharacters)
            typed += c < 0x80 ? static_cast<char>(c) : '?';
        ImGui::EndFrame();
    }

    ImGuiContext* context_ = ui::make_context();
};

void mouse(Screen& screen, PointerPhase phase, int buttons)
{
    screen.input.pointer(phase, PointerKind::Mouse, {10, 20}, buttons, at(0));
    screen.settle();
}

void finger(Screen& screen, PointerPhase phase, ImVec2 position, double seconds)
{
    screen.input.pointer(phase, PointerKind::Touch, position, 0, at(seconds));
    screen.settle();
}

} // namespace

TEST_CASE("buttons of the mouse are let go where the pointer is taken away", "[input]")
{
    Screen screen;
    mouse(screen, PointerPhase::Down, 1);
    CHECK(ImGui::IsMouseDown(ImGuiMouseButton_Left));
    mouse(screen, PointerPhase::Leave, 1); // dragged out of the window: it is still held
    CHECK(ImGui::IsMouseDown(ImGuiMouseButton_Left));
    mouse(screen, PointerPhase::Cancel, 1);
    CHECK_FALSE(ImGui::IsMouseDown(ImGuiMouseButton_Left));
    mouse(screen, PointerPhase::Down, 2);
    CHECK(ImGui::IsMouseDown(ImGuiMouseButton_Right));
    mouse(screen, PointerPhase::Up, 0);
    CHECK_FALSE(ImGui::IsMouseDown(ImGuiMouseButton_Right));
    CHECK(ImGui::GetIO().MousePos.x == 10);
    mouse(screen, PointerPhase::Leave, 0);
    CHECK_FALSE(ImGui::IsMousePosValid());
}

TEST_CASE("a tap is a click, a scrolling finger is none", "[input][touch]")
{
    Screen screen;
    finger(screen, PointerPhase::Down, {50, 50}, 0);
    CHECK_FALSE(ImGui::IsMouseDown(ImGuiMouseButton_Left)); // it may still become a scroll
    screen.input.pointer(PointerPhase::Up, PointerKind::Touch, {50, 50}, 0, at(0.1));
    bool clicked = false;
    do {
        ui::new_frame({400, 300}, 1, 1.0f / 60);
        clicked = clicked || ImGui::IsMouseClicked(ImGuiMouseButton_Left);
        ImGui::EndFrame();
    } while (ui::input_is_waiting());
    CHECK(clicked);
    CHECK(screen.input.touch());

    finger(screen, PointerPhase::Down, {50, 50}, 1);
    finger(screen, PointerPhase::Move, {50, 150}, 1.1);
    screen.input.pointer(PointerPhase::Up, PointerKind::Touch, {50, 150}, 0, at(1.11));
    do {
        ui::new_frame({400, 300}, 1, 1.0f / 60);
        CHECK_FALSE(ImGui::IsMouseDown(ImGuiMouseButton_Left));
        ImGui::EndFrame();
    } while (ui::input_is_waiting());
}

TEST_CASE("a finger drags what is there to be dragged", "[input][touch]")
{
    Screen screen;
    screen.input.set_drags(true);
    finger(screen, PointerPhase::Down, {50, 50}, 0);
    finger(screen, PointerPhase::Move, {90, 50}, 0.1);
    CHECK(ImGui::IsMouseDown(ImGuiMouseButton_Left));
    CHECK(ImGui::GetIO().MousePos.x == 90);
    finger(screen, PointerPhase::Up, {90, 50}, 0.2);
    CHECK_FALSE(ImGui::IsMouseDown(ImGuiMouseButton_Left));
}

TEST_CASE("reduced motion: nothing glides on", "[input][touch]")
{
    for (bool const reduced : {false, true}) {
        Screen screen;
        finger(screen, PointerPhase::Down, {50, 250}, 0);
        for (int i = 1; i <= 8; ++i)
            finger(screen, PointerPhase::Move, {50, 250 - 20.0f * static_cast<float>(i)}, 0.016 * i);
        finger(screen, PointerPhase::Up, {50, 90}, 0.13);
        CHECK(screen.input.before_frame(at(0.14), reduced) != reduced);
    }
}

TEST_CASE("Tab stays in the viewer only where that is wanted", "[input][keys]")
{
    Screen screen;
    CHECK_FALSE(screen.input.key(true, "Tab", "Tab", {}, false));
    screen.input.set_keeps_tab(true);
    CHECK(screen.input.key(true, "Tab", "Tab", {}, false));
}

TEST_CASE("the browser is told which keys to keep its hands off", "[input][keys]")
{
    Screen screen;
    CHECK(screen.input.key(true, "ArrowDown", "ArrowDown", {}, false));
    CHECK_FALSE(screen.input.key(true, "KeyR", "r", {.ctrl = true}, false));
    CHECK_FALSE(screen.input.key(true, "Escape", "Escape", {}, false));
    CHECK_FALSE(screen.input.key(true, "KeyA", "a", {}, true)); // the page's field takes it
    CHECK_FALSE(screen.input.key(true, "KeyA", "a", {}, false)); // no shortcut
    CHECK(screen.input.key(true, "KeyF", "f", {}, false));
    CHECK_FALSE(screen.input.key(false, "KeyF", "f", {}, false));
    screen.settle();
    CHECK(screen.typed == "f");
}

TEST_CASE("what is pasted becomes one line, though Ctrl is held", "[input][keys]")
{
    Screen screen;
    screen.input.key(true, "ControlLeft", "Control", {.ctrl = true}, false);
    screen.input.text("one\ntwo\tthree\r\n");
    screen.settle();
    CHECK(screen.typed == "one two three  ");
}

TEST_CASE("a window that loses the focus lets go of all keys", "[input][keys]")
{
    Screen screen;
    screen.input.key(true, "ArrowDown", "ArrowDown", {}, false);
    screen.settle();
    CHECK(ImGui::IsKeyDown(ImGuiKey_DownArrow));
    screen.input.focus(false);
    screen.settle();
    CHECK_FALSE(ImGui::IsKeyDown(ImGuiKey_DownArrow));
}

TEST_CASE("keys that macOS never reports as let go do not stay down", "[input][keys]")
{
    Screen screen;
    Modifiers const command{.meta = true};
    screen.input.key(true, "MetaLeft", "Meta", command, false);
    screen.input.key(true, "ArrowDown", "ArrowDown", {}, false);
    screen.settle();
    CHECK(ImGui::IsKeyDown(ImGuiKey_DownArrow));
    screen.input.key(false, "MetaLeft", "Meta", {}, false);
    screen.settle();
    CHECK_FALSE(ImGui::IsKeyDown(ImGuiKey_DownArrow));
}

TEST_CASE("keys belong to the input method while it composes", "[input][keys]")
{
    Screen screen;
    screen.input.compose("にほ", 3);
    CHECK(screen.input.composition().text == "にほ");
    CHECK(screen.input.composition().caret == 3);
    for (auto const& [code, text] :
        {std::pair{"Enter", "Enter"}, std::pair{"Escape", "Escape"}, std::pair{"ArrowDown", "ArrowDown"},
            std::pair{"KeyF", "f"}, std::pair{"Slash", "/"}, std::pair{"Tab", "Tab"}})
        CHECK_FALSE(screen.input.key(true, code, text, {}, true));
    screen.settle();
    CHECK_FALSE(ImGui::IsKeyDown(ImGuiKey_Enter));
    CHECK_FALSE(ImGui::IsKeyDown(ImGuiKey_DownArrow));
    CHECK(screen.typed.empty());
    screen.input.compose("", 0);
    screen.input.text("日本");
    screen.input.key(true, "Enter", "Enter", {}, true);
    screen.settle();
    CHECK(screen.typed == "??");
    CHECK(ImGui::IsKeyDown(ImGuiKey_Enter));
}

TEST_CASE("a key that was pressed before a composition is let go in it", "[input][keys]")
{
    Screen screen;
    screen.input.key(true, "ArrowDown", "ArrowDown", {}, false);
    screen.input.compose("n", 1);
    screen.input.key(false, "ArrowDown", "ArrowDown", {}, false);
    screen.settle();
    CHECK_FALSE(ImGui::IsKeyDown(ImGuiKey_DownArrow));
}
