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

// "Reconnecting in 6 s (try 2 of 5)"; empty when nothing is being repaired.
std::string repair_words(Frame& frame);
// The stream is given up until somebody asks.
bool stream_given_up(Frame const& frame);

} // namespace pev::ui
