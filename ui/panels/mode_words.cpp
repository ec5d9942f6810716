#include "ui/panels/mode_words.h"

#include <chrono>

namespace pev::ui {

namespace {

    std::string why_polling(Connection const& connection)
    {
        if (!connection.streaming_allowed)
            return "Live streaming is switched off. The run is fetched every 2 seconds.";
        if (gave_up(connection))
            return "The live stream could not be opened. The run is fetched every 2 seconds.";
        return "The live stream was lost. The run is fetched every 2 seconds until it is back.";
    }

} // namespace

ModeWords mode_words(Frame const& frame)
{
    AppState const& state = frame.state;
    Mode const mode = state.mode();
    if (state.problem && state.run && mode != Mode::Paused)
        return {"Not up to date", mode_color(Mode::Error), false, state.problem->title};
    switch (mode) {
    case Mode::Live:
        return {"LIVE", mode_color(mode), true, "Connected: changes show the moment they happen."};
    case Mode::Polling:
        return {"Polling", mode_color(mode), false, why_polling(state.connection)};
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

std::string repair_words(Frame& frame)
{
    Connection const& connection = frame.state.connection;
    if (connection.phase != Phase::Backoff || !connection.retry_at)
        return {};
    auto const left = *connection.retry_at - frame.now;
    auto const seconds = std::max(std::chrono::seconds{0}, std::chrono::ceil<std::chrono::seconds>(left));
    if (seconds.count() > 0)
        frame.wake_at(*connection.retry_at - (seconds - std::chrono::seconds{1}));
    return "Reconnecting in " + std::to_string(seconds.count()) + " s (try " + std::to_string(connection.tries) + " of "
        + std::to_string(kMaxTries) + ")";
}

bool stream_given_up(Frame const& frame)
{
    Connection const& connection = frame.state.connection;
    return connection.phase == Phase::Polling && connection.streaming_allowed && gave_up(connection);
}

} // namespace pev::ui
