// The session's clock on the desktop: the wall's, or that of a recording.
#pragma once

#include "shared/base/time.h"

#include <chrono>
#include <optional>

namespace pev::native {

// Begins at an instant and runs `speed` times as fast as the world; never backwards, also when the computer's clock is set.
class Clock {
public:
    Clock(Instant start, double speed);
    static Clock of_wall();

    Instant now() const;
    // How long the world has to wait until `at`. Nothing where the clock stands still and `at` is still to come.
    std::optional<std::chrono::duration<double>> until(Instant at) const;
    // Onwards only.
    void jump_to(Instant at);

private:
    using World = std::chrono::steady_clock;

    Instant start_;
    World::time_point started_;
    double speed_; // 0: it stands still
};

// Minutes east of UTC where the reader is, for ui::Environment.
std::chrono::minutes local_offset(Instant at);

} // namespace pev::native
