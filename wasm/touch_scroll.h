// A finger on the screen: a tap is a click, a drag scrolls what is under it and goes on for a while when it is let go.
#pragma once

#include "shared/base/time.h"

#include "imgui.h"

namespace pev::wasm {

class TouchScroll {
public:
    enum class Gesture { None, Pressed, Scrolling, Dragging };

    void begin(ImVec2 position, Instant now);
    // How far to scroll, in CSS pixels: the content follows the finger. `drags`: the finger holds something that is moved and not scrolled.
    ImVec2 move(ImVec2 position, Instant now, bool drags);
    // What the gesture was.
    Gesture end(Instant now);
    Gesture gesture() const { return gesture_; }
    // The finger is still there, but what it does means nothing any more.
    void cancel() { gesture_ = Gesture::None; }

    // Whether it goes on after the finger was lifted, and how far since the last call.
    bool glides() const;
    ImVec2 glide(Instant now);
    void stop() { velocity_ = {}; }

private:
    Gesture gesture_ = Gesture::None;
    ImVec2 start_;
    ImVec2 last_;
    ImVec2 velocity_; // CSS pixels a second
    Instant last_at_{};
};

} // namespace pev::wasm
