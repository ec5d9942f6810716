#include "wasm/input.h"

#include "wasm/keys.h"

#include <algorithm>
#include <cfloat>
#include <string>
#include <utility>

namespace pev::wasm {
namespace {

    constexpr ImVec2 kNowhere = {-FLT_MAX, -FLT_MAX};

    // What browsers take for a line, where they count the wheel in lines.
    constexpr float kWheelLine = 16; // CSS pixels

    // MouseEvent.buttons counts left, right, middle, which is Dear ImGui's order.
    constexpr int kButtons = 3;

} // namespace

Modifiers Modifiers::from_bits(int bits)
{
    return {.ctrl = (bits & 1) != 0,
        .shift = (bits & 2) != 0,
        .alt = (bits & 4) != 0,
        .meta = (bits & 8) != 0,
        .alt_graph = (bits & 16) != 0};
}

void Input::pointer(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons, Instant now)
{
    touch_ = kind == PointerKind::Touch;
    if (touch_) {
        finger(phase, position, now);
    } else {
        finger_.stop();
        mouse(phase, kind, position, buttons);
    }
}

void Input::mouse(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons)
{
    auto& io = ImGui::GetIO();
    io.AddMouseSourceEvent(kind == PointerKind::Pen ? ImGuiMouseSource_Pen : ImGuiMouseSource_Mouse);
    auto const gone = phase == PointerPhase::Leave || phase == PointerPhase::Cancel;
    auto const at = gone && buttons == 0 ? kNowhere : position;
    io.AddMousePosEvent(at.x, at.y);
    auto const held = phase == PointerPhase::Cancel ? 0 : buttons;
    for (int button = 0; button < kButtons; ++button)
        if (((held ^ buttons_) >> button & 1) != 0)
            io.AddMouseButtonEvent(button, (held >> button & 1) != 0);
    buttons_ = held;
}

void Input::finger(PointerPhase phase, ImVec2 position, Instant now)
{
    using Gesture = TouchScroll::Gesture;
    auto& io = ImGui::GetIO();
    io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
    switch (phase) {
    case PointerPhase::Down:
        finger_.begin(position, now);
        io.AddMousePosEvent(position.x, position.y); // what is under it is found out in the next frame
        break;
    case PointerPhase::Move: {
        auto const before = finger_.gesture();
        scroll_.add(finger_.move(position, now, drags_));
        if (finger_.gesture() != Gesture::Dragging)
            break;
        if (before != Gesture::Dragging)
            io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
        io.AddMousePosEvent(position.x, position.y);
        break;
    }
    case PointerPhase::Up: {
        auto const was = finger_.end(now);
        if (was == Gesture::Pressed)
            io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
        if (was == Gesture::Pressed || was == Gesture::Dragging)
            io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
        break;
    }
    case PointerPhase::Cancel:
        if (finger_.end(now) == Gesture::Dragging)
            io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
        finger_.stop();
        break;
    case PointerPhase::Leave:
        // The finger was lifted. While its movement glides on, what it was on is still what moves.
        if (!finger_.glides())
            io.AddMousePosEvent(kNowhere.x, kNowhere.y);
        break;
    }
}

bool Input::long_press(ImVec2 position)
{
    if (finger_.gesture() != TouchScroll::Gesture::Pressed)
        return false;
    finger_.stop();
    finger_.cancel();
    auto& io = ImGui::GetIO();
    io.AddMousePosEvent(position.x, position.y);
    io.AddMouseButtonEvent(ImGuiMouseButton_Right, true);
    io.AddMouseButtonEvent(ImGuiMouseButton_Right, false);
    return true;
}

void Input::after_frame(ui::FrameResult const& frame)
{
    key_context_ = {.typing = frame.typing != ui::FrameResult::Typing::No,
        .copies = frame.takes_copy,
        .reads = frame.takes_reading_keys};
}

bool Input::before_frame(Instant now, bool reduced_motion)
{
    if (!finger_.glides())
        return false;
    if (reduced_motion)
        finger_.stop();
    scroll_.add(finger_.glide(now));
    if (finger_.glides())
        return true;
    ImGui::GetIO().AddMousePosEvent(kNowhere.x, kNowhere.y);
    return false;
}

bool Input::wheel(ImVec2 position, ImVec2 delta, WheelUnit unit, Modifiers modifiers, Instant now)
{
    auto& io = ImGui::GetIO();
    finger_.stop();
    io.AddMousePosEvent(position.x, position.y);
    if (unit == WheelUnit::Lines)
        delta *= kWheelLine;
    else if (unit == WheelUnit::Pages)
        delta *= io.DisplaySize.y * 0.9f;
    if (modifiers.shift && delta.x == 0) // some browsers turn it by themselves
        std::swap(delta.x, delta.y);
    bool const moves = scroll_.takes(delta, position, now);
    if (moves)
        scroll_.add(delta);
    return moves;
}

bool Input::key(bool down, std::string_view code, std::string_view text, Modifiers modifiers, bool in_field)
{
    auto& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, modifiers.ctrl && !modifiers.alt_graph);
    io.AddKeyEvent(ImGuiMod_Shift, modifiers.shift);
    io.AddKeyEvent(ImGuiMod_Alt, modifiers.alt && !modifiers.alt_graph);
    io.AddKeyEvent(ImGuiMod_Super, modifiers.meta);

    auto const key = key_named(code, text);
    if (!down) {
        if (key != ImGuiKey_None)
            io.AddKeyEvent(key, false);
        // macOS says nothing when a key is let go while Command is held.
        if (key == ImGuiKey_LeftSuper || key == ImGuiKey_RightSuper)
            io.ClearInputKeys();
        return false;
    }
    if (!composition_.text.empty())
        return false;
    auto const use = key == ImGuiKey_Tab && !keeps_tab_ ? KeyUse::Browser : use_of(key, text, modifiers, key_context_);
    if (use == KeyUse::Browser || (use == KeyUse::Types && in_field))
        return false; // the field takes it and hands it on
    if (key != ImGuiKey_None)
        io.AddKeyEvent(key, true);
    if (use == KeyUse::Types)
        this->text(text);
    return use != KeyUse::Shared;
}

void Input::text(std::string_view utf8)
{
    auto& io = ImGui::GetIO();
    // Pasting comes while Ctrl is held, and Dear ImGui takes no text then.
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    io.AddKeyEvent(ImGuiMod_Super, false);
    // The text field of Dear ImGui has one line; what is pasted may have more.
    std::string one_line{utf8};
    std::ranges::replace_if(one_line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    io.AddInputCharactersUTF8(one_line.c_str());
}

void Input::compose(std::string_view utf8, std::size_t caret)
{
    composition_ = {.text = std::string{utf8}, .caret = std::min(caret, utf8.size())};
}

void Input::focus(bool focused)
{
    auto& io = ImGui::GetIO();
    io.AddFocusEvent(focused); // lets go of all keys when false
    if (!focused)
        finger_.stop();
}

} // namespace pev::wasm
