#include "ui/panels/mode_words.h"

#include "ui/interaction.h"

#include <algorithm>
#include <chrono>

namespace pev::ui {

namespace {

    std::string_view why_no_stream(Connection const& connection)
    {
        if (!connection.streaming_allowed)
            return "Live streaming is switched off.";
        if (!connection.online)
            return "This computer has no network.";
        if (connection.waits_for_room)
            return "Other tabs use the live streams that this browser allows.";
        if (connection.found_mute)
            return "The live stream delivers nothing: a proxy in between may hold it back.";
        if (gave_up(connection))
            return "The live stream could not be opened.";
        return "The live stream was lost.";
    }

} // namespace

std::string time_to(Frame& frame, Instant at)
{
    using std::chrono::minutes;
    using std::chrono::seconds;
    constexpr minutes kLong{2};
    if (at - frame.now > kLong) {
        auto const left = std::chrono::ceil<minutes>(at - frame.now);
        frame.wake_at(at - (left - minutes{1}));
        return std::to_string(left.count()) + " min";
    }
    auto const left = std::max(seconds{0}, std::chrono::ceil<seconds>(at - frame.now));
    if (left.count() > 0)
        frame.wake_at(at - (left - seconds{1}));
    return std::to_string(left.count()) + " s";
}

ModeWords mode_words(Frame const& frame)
{
    AppState const& state = frame.state;
    Mode const mode = state.mode();
    if (waits_as_told(state.connection) && (mode == Mode::Polling || mode == Mode::Loading || mode == Mode::Error))
        return {"Waiting", mode_color(Mode::Polling), false, "The server asked not to be called for a while."};
    if (frame.stale)
        return {"Not up to date", mode_color(Mode::Error), false,
            state.problem ? state.problem->title : "Nothing is heard from the server."};
    switch (mode) {
    case Mode::Live:
        return {"LIVE", mode_color(mode), true, "Connected: changes show the moment they happen."};
    case Mode::Polling:
        return {"Polling", mode_color(mode), false,
            std::string{why_no_stream(state.connection)} + " The run is fetched every 2 seconds."};
    case Mode::Paused:
        return {"Paused", mode_color(mode), false, "Updates are paused. What is shown may be old."};
    case Mode::Error:
        return {"Offline", mode_color(mode), false, {}};
    case Mode::Loading:
        return {"Connecting", mode_color(mode), false, {}};
    case Mode::Final:
        break;
    }
    return {};
}

void mode_target(Frame& frame, ImGuiID id, Rect const& rect, ModeWords const& words)
{
    // No stop for the keyboard: that has the button beside Refresh.
    Press const pressed = press(frame, id, rect, false);
    explain(frame, id, rect, pressed.hovered, words.why);
    record_text(frame, id, rect, std::string{words.word}, Role::Status);
    if (pressed.clicked)
        frame.act(ShowDiagnostics{true});
}

std::string repair_words(Frame& frame)
{
    Connection const& c = frame.state.connection;
    bool const tries = c.tries > 0 && (c.phase == Phase::Backoff || c.phase == Phase::Connecting);
    if (gave_up(c)) {
        if (c.phase == Phase::Polling && c.retry_at)
            return "No live stream, next try in " + time_to(frame, *c.retry_at);
        return tries ? "Trying the live stream again" : "";
    }
    if (!tries)
        return {};
    return (c.retry_at ? "Reconnecting in " + time_to(frame, *c.retry_at) : std::string{"Reconnecting"}) + " (try "
        + std::to_string(c.tries) + " of " + std::to_string(kMaxTries) + ")";
}

} // namespace pev::ui
