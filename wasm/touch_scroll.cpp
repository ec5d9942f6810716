#include "wasm/touch_scroll.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pev::wasm {
namespace {

    constexpr float kTapSlop = 8; // CSS pixels that a finger may waver
    constexpr float kSlowest = 20; // CSS pixels a second
    constexpr float kFastest = 6000;
    constexpr float kFriction = 3.2f; // share of the speed lost in a second, as an exponent
    // A finger that rested before it was lifted throws nothing.
    constexpr Duration kRest = std::chrono::milliseconds{60};

    float seconds(Duration duration)
    {
        return std::chrono::duration<float>(duration).count();
    }

    float length(ImVec2 v)
    {
        return std::hypot(v.x, v.y);
    }

} // namespace

void TouchScroll::begin(ImVec2 position, Instant now)
{
    gesture_ = Gesture::Pressed;
    start_ = last_ = position;
    last_at_ = now;
    velocity_ = {};
}

ImVec2 TouchScroll::move(ImVec2 position, Instant now, bool drags)
{
    if (gesture_ == Gesture::Pressed && length(position - start_) > kTapSlop)
        gesture_ = drags ? Gesture::Dragging : Gesture::Scrolling;
    if (gesture_ != Gesture::Scrolling)
        return {};
    auto const delta = last_ - position;
    auto const elapsed = std::max(seconds(now - last_at_), 0.001f);
    velocity_ = velocity_ * 0.4f + delta / elapsed * 0.6f; // smoothed: fingers tremble
    last_ = position;
    last_at_ = now;
    return delta;
}

TouchScroll::Gesture TouchScroll::end(Instant now)
{
    auto const ended = gesture_;
    gesture_ = Gesture::None;
    if (ended != Gesture::Scrolling || now - last_at_ > kRest)
        velocity_ = {};
    if (auto const speed = length(velocity_); speed > kFastest)
        velocity_ *= kFastest / speed;
    last_at_ = now;
    return ended;
}

bool TouchScroll::glides() const
{
    return gesture_ == Gesture::None && length(velocity_) >= kSlowest;
}

ImVec2 TouchScroll::glide(Instant now)
{
    auto const elapsed = std::clamp(seconds(now - last_at_), 0.0f, 0.1f);
    last_at_ = now;
    auto const delta = velocity_ * elapsed;
    velocity_ *= std::exp(-kFriction * elapsed);
    return delta;
}

} // namespace pev::wasm
