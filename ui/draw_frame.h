// The one entry into the UI: draws a frame from const state and appends what the user asked for.
//
// Used by: wasm/, native/ and the headless tests. The caller has begun an ImGui frame with a display size in CSS pixels and
// ends it afterwards.
#pragma once

#include "shared/app/action.h"
#include "shared/app/app_state.h"
#include "ui/fonts.h"
#include "ui/semantics.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace pev::ui {

// What an input method composes, to be shown in the field that is typed into: it is no text of the field yet.
struct Composition {
    std::string text;
    std::size_t caret = 0; // bytes
};

// What the surroundings decide, the same for all panels.
struct Environment {
    Fonts fonts;
    bool system_prefers_dark = false;
    bool reduced_motion = false;
    bool can_notify = false; // messages on the reader's desktop
    bool picture = false; // for a file: the run and its whole timeline, and nothing to click on
    bool touch = false; // the newest pointer was a finger: targets grow
    Composition composition;
    UtcOffsetAt local_offset = utc_offset_none;
    // So many rows of the list are measured in a frame at most. One that would have to measure more is unfinished.
    std::size_t rows_at_once = std::numeric_limits<std::size_t>::max();
};

struct FrameResult {
    bool unfinished = false; // not to be shown: the next one gets further
    // When the next frame is due even if nothing happens: a ticking second, a pulse. Nothing: not before something does.
    std::optional<Instant> next_frame_at;
    bool dark = false; // for the page around the canvas
    // CSS pixels from the top at which the list of steps needs no scrolling; 0 while there is no list.
    float wanted_height = 0;
    enum class Cursor : std::uint8_t { Arrow, Hand, Text, ResizeX } cursor = Cursor::Arrow;
    // What a platform that shares its keys and its right button with others need not leave to them.
    bool takes_copy = false; // Ctrl+C: something is selected
    bool takes_reading_keys = false; // Ctrl+F, Ctrl+A and the like: a log or a JSON tree has the focus
    bool offers_menu = false; // a right click, where the pointer is
    // A text field has the keyboard, or was asked for: then it takes characters only after the next frame.
    enum class Typing : std::uint8_t { No, Opens, Open } typing = Typing::No;
};

FrameResult draw_frame(
    AppState const& state, Instant now, Environment const& environment, Semantics& semantics, Actions& actions);

} // namespace pev::ui
