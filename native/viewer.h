// A run that is watched: joins session, source and clock. How it is shown is up to a window or a picture.
#pragma once

#include "native/clock.h"
#include "native/command_line.h"
#include "native/saved_files.h"
#include "native/source.h"
#include "shared/app/session.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pev::native {

class Viewer final : private Platform {
public:
    Viewer(Options options, Source source, Clock clock);

    void start();
    // Takes in what has arrived and runs the timers that are due. False where there was nothing.
    bool catch_up();
    // When catch_up() is due by itself.
    std::optional<Instant> next_due() const;
    void act(Actions const& actions);
    void tell(Arrival const& arrival) { session_.arrive(arrival, clock_.now()); }

    Session& session() { return session_; }
    AppState const& state() const { return session_.state(); }
    Clock& clock() { return clock_; }
    Clock const& clock() const { return clock_; }
    Source const& source() const { return source_; }

    // Whether the moment has come. A run that can't be loaded reaches them all.
    bool reached(Moment const& moment) const;
    // Why there is no run to show, in one line; empty where there is one.
    std::string failure() const;

    // Called with what the user copies.
    std::function<void(std::string const&)> on_copy;
    // Called with the address of a link; says why it can't be opened, where it can't.
    std::function<std::optional<std::string>(std::string const&)> on_link;
    // Draws the timeline as a PNG file.
    std::function<std::string()> on_picture;

private:
    void perform(Effect const& effect) override;
    void save(SaveFile const& part);

    Clock clock_;
    Instant started_;
    Source source_;
    SavedFiles saved_files_;
    std::vector<Arrival> answers_; // of ours, for the session once it is not busy
    Session session_;
};

} // namespace pev::native
