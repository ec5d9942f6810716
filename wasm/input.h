// What the user does, handed to Dear ImGui.
#pragma once

#include "shared/base/time.h"
#include "ui/draw_frame.h"
#include "ui/pixel_scroll.h"
#include "wasm/keys.h"
#include "wasm/touch_scroll.h"

#include "imgui.h"

#include <string_view>

namespace pev::wasm {

// The orders that input.lib.js counts in.
enum class PointerPhase : int { Move, Down, Up, Cancel, Leave };
enum class PointerKind : int { Mouse, Pen, Touch };
enum class WheelUnit : int { Pixels, Lines, Pages }; // WheelEvent.deltaMode

struct Modifiers {
    bool ctrl = false;
    bool shift = false;
    bool alt = false;
    bool meta = false;
    bool alt_graph = false; // types a character, and reports itself as ctrl and alt on Windows

    static Modifiers from_bits(int bits);
};

class Input {
public:
    // `buttons`: MouseEvent.buttons, one bit for each button that is held.
    void pointer(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons, Instant now);
    // Returns whether anything moves by it.
    bool wheel(ImVec2 position, ImVec2 delta, WheelUnit unit, Modifiers modifiers, Instant now);
    // `code` names the key by its place, `text` by what it types (KeyboardEvent.code and .key). `in_field`: what it types
    // comes by text(). Returns whether the browser should keep its hands off.
    bool key(bool down, std::string_view code, std::string_view text, Modifiers modifiers, bool in_field);
    void text(std::string_view utf8);
    // An input method composes: keys are its own until that ends, by an empty text. `caret`: bytes.
    void compose(std::string_view utf8, std::size_t caret);
    ui::Composition const& composition() const { return composition_; }
    void focus(bool focused);

    // To be called before NewFrame(). Returns whether something still moves: then another frame is due.
    bool before_frame(Instant now, bool reduced_motion);
    // To be called after NewFrame().
    void scroll(Instant now) { scroll_.apply(now); }

    // The newest pointer was a finger.
    bool touch() const { return touch_; }
    // Before there was one: so that nothing moves away from under the first finger.
    void set_touch(bool touch) { touch_ = touch; }
    // Tab moves the focus inside the viewer. Not in a page that has more than the viewer: nobody could leave it again.
    void set_keeps_tab(bool keeps) { keeps_tab_ = keeps; }
    // What is under the pointer is dragged rather than scrolled.
    void set_drags(bool drags) { drags_ = drags; }

    // To be called after each frame: what keys mean depends on what it had.
    void after_frame(ui::FrameResult const& frame);
    // A finger rests, or a right button asks for a menu, where the viewer has one: as a right click. False: nothing came of it.
    bool long_press(ImVec2 position);

private:
    void mouse(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons);
    void finger(PointerPhase phase, ImVec2 position, Instant now);

    int buttons_ = 0; // as told to Dear ImGui
    bool touch_ = false;
    bool drags_ = false;
    bool keeps_tab_ = false;
    KeyContext key_context_;
    ui::Composition composition_;
    TouchScroll finger_;
    ui::PixelScroll scroll_;
};

} // namespace pev::wasm
