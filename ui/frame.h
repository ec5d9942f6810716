// What every drawing function is handed: the state to show, what is known about the moment and the surroundings, and where
// to put what comes of it.
#pragma once

#include "ui/draw_frame.h"
#include "ui/geometry.h"
#include "ui/memory.h"
#include "ui/theme.h"

#include <string>
#include <utility>

namespace pev::ui {

struct Frame {
    AppState const& state;
    Instant now; // our clock
    bool stale; // what is shown may be old, see freshness_of()
    // The moment that running durations are counted to: the server's clock, in whole seconds since the run's start, so that
    // all timers on screen tick together, once a second. It stands still while nothing new is heard.
    Instant server_now;
    std::optional<Instant> next_tick; // by our clock; nothing while timers stand still
    Theme const& theme;
    Environment const& environment;
    Semantics& semantics;
    Actions& actions;
    UiMemory& memory;
    FrameResult& result;
    float density; // device pixels per CSS pixel
    bool narrow;

    void act(Action action) { actions.push_back(std::move(action)); }
    // Asks for another frame; the earliest wish counts.
    void wake_at(Instant at)
    {
        if (!result.next_frame_at || at < *result.next_frame_at)
            result.next_frame_at = at;
    }
    // For what shows a running duration.
    void tick()
    {
        if (next_tick)
            wake_at(*next_tick);
    }
    UtcOffsetAt utc_offset() const
    {
        return state.view.time_zone == TimeZoneChoice::Utc ? utc_offset_none : environment.local_offset;
    }
    // The height of what can be tapped.
    float control_height(float with_mouse) const
    {
        return environment.touch ? std::max(with_mouse, kTouchTarget) : with_mouse;
    }
    // Onto the next device pixel.
    float snap(float css) const;
};

// The part of the current window that is not clipped away.
Rect in_sight();

// Puts the node on record if any of it is in sight, with the part that is.
void record(Frame& frame, SemanticNode node);
// The same for a node whose children follow, up to frame.semantics.close().
void record_open(Frame& frame, SemanticNode node);
// Text that is no control.
void record_text(
    Frame& frame, ImGuiID id, Rect const& rect, std::string name, Role role = Role::Text, std::string value = {});

} // namespace pev::ui
