#include "wasm/schedule.h"

#include "wasm/js_imports.h"

#include <algorithm>

namespace pev::wasm {
namespace {

    // What is due sooner than this is due at the browser's next occasion.
    constexpr Duration kNextOccasion = std::chrono::milliseconds{20};

    void set_timer(int timer, std::optional<Instant> at, Instant now)
    {
        if (at)
            js_set_timer(timer, std::max(0.0, std::chrono::duration<double, std::milli>(*at - now).count()));
        else
            js_set_timer(timer, -1);
    }

} // namespace

void Schedule::want_frames(int frames)
{
    owed_ = std::max(owed_, frames);
    request();
}

void Schedule::want_frame_at(std::optional<Instant> at, Instant now)
{
    if (at && *at - now < kNextOccasion) {
        set_timer(kFrameTimer, std::nullopt, now);
        want_frames(1);
    } else {
        set_timer(kFrameTimer, at, now);
    }
}

void Schedule::frame_begins()
{
    owed_ = std::max(0, owed_ - 1);
}

void Schedule::frame_ends()
{
    if (owed_ > 0)
        request();
}

void Schedule::want_tick_at(std::optional<Instant> at, Instant now)
{
    if (at == tick_at_)
        return;
    tick_at_ = at;
    set_timer(kSessionTimer, at, now);
}

void Schedule::request()
{
    if (!requested_)
        js_request_frame();
    requested_ = true;
}

} // namespace pev::wasm
