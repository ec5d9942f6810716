// Decides when a frame is drawn and when the session's timers are looked at: only when something asks for it.
//
// A frame that nobody asked for costs power and shows nothing new; an idle run draws none.
#pragma once

#include "shared/base/time.h"

#include <optional>

namespace pev::wasm {

// Timers of js_set_timer().
inline constexpr int kFrameTimer = 0;
inline constexpr int kSessionTimer = 1;
inline constexpr int kHostTimer = 2;
inline constexpr int kPictureTimer = 3;

class Schedule {
public:
    // Draws at least `frames` frames, one at each of the browser's next occasions.
    void want_frames(int frames);
    // The next frame that is due by itself; replaces the earlier word.
    void want_frame_at(std::optional<Instant> at, Instant now);
    // To be called as a frame begins, however it came about.
    void frame_begins();
    // To be called as a frame ends: asks for the next one where one is still owed.
    void frame_ends();
    // The browser's occasion to draw has come.
    void frame_granted() { requested_ = false; }

    void want_tick_at(std::optional<Instant> at, Instant now);
    void ticked() { tick_at_.reset(); }

private:
    void request();

    int owed_ = 0;
    bool requested_ = false;
    std::optional<Instant> tick_at_;
};

} // namespace pev::wasm
