// How the viewer keeps up, in words: for the header's badge and the floating one.
#pragma once

#include "ui/frame.h"

#include <string>
#include <string_view>

namespace pev::ui {

struct ModeWords {
    std::string_view word; // empty: nothing to say
    Color color = 0;
    bool dot = false;
    std::string why; // for a tooltip
};
ModeWords mode_words(Frame const& frame);

// Where the badge is drawn: says why, and opens the diagnostics.
void mode_target(Frame& frame, ImGuiID id, Rect const& rect, ModeWords const& words);

// "23 s", "5 min"; counts down, with a frame for each change.
std::string time_to(Frame& frame, Instant at);

// "Reconnecting in 6s (try 2 of 5)", "No live stream, next try in 58s"; empty when nothing is being repaired.
std::string repair_words(Frame& frame);

} // namespace pev::ui
