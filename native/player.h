// Plays a recording: answers effects as the server did whose run was recorded.
//
// Pure: time is an argument, by the clock of the recording. Events happen whether a stream is open or not, as with a server;
// who has none reads of them in the next document.
#pragma once

#include "native/recording.h"
#include "shared/app/effect.h"
#include "shared/run/model.h"

#include <optional>
#include <vector>

namespace pev::native {

class Player {
public:
    explicit Player(Recording recording);

    // A little before the first event, so that there is time to see where it begins.
    Instant start() const;
    // When the last event happens.
    Instant end() const;

    void perform(Effect const& effect, Instant now);
    // What has arrived until now, in order.
    std::vector<Arrival> take_arrivals(Instant now);
    // When there is something to take.
    std::optional<Instant> next_arrival() const;

private:
    Instant time_of(RecordedEvent const& event) const { return recording_.began + event.at; }
    void play_until(Instant now);
    std::string document() const;

    Recording recording_;
    RunModel run_; // as the events so far have left it
    std::size_t next_ = 0; // of the events
    StreamId stream_ = 0; // 0: none is open
    std::vector<Arrival> arrivals_;
};

} // namespace pev::native
