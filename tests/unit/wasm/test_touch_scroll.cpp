#include "wasm/touch_scroll.h"

#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::wasm;
using namespace std::chrono_literals;
using test::at;
using Gesture = TouchScroll::Gesture;

namespace {

// Moves by `step` ten times, one every `pause`; returns when the last one was.
Instant throw_it(TouchScroll& finger, ImVec2 step, Duration pause = 16ms)
{
    Instant now = at(0);
    ImVec2 position{100, 400};
    finger.begin(position, now);
    for (int i = 0; i < 10; ++i) {
        now += pause;
        position = position + step;
        finger.move(position, now, false);
    }
    return now;
}

ImVec2 whole_glide(TouchScroll& finger, Instant now)
{
    ImVec2 sum;
    for (int i = 0; i < 1'000 && finger.glides(); ++i)
        sum += finger.glide(now += 16ms);
    CHECK_FALSE(finger.glides());
    return sum;
}

} // namespace

TEST_CASE("a finger that wavers is a tap", "[touch]")
{
    TouchScroll finger;
    finger.begin({100, 100}, at(0));
    ImVec2 const moved = finger.move({105, 95}, at(0.1), false);
    CHECK(moved.x == 0);
    CHECK(moved.y == 0);
    CHECK(finger.end(at(0.2)) == Gesture::Pressed);
    CHECK_FALSE(finger.glides());
}

TEST_CASE("content follows the finger, from where it was put down", "[touch]")
{
    TouchScroll finger;
    finger.begin({100, 100}, at(0));
    CHECK(finger.move({100, 95}, at(0.01), false).y == 0);
    ImVec2 const first = finger.move({97, 80}, at(0.02), false);
    CHECK(first.x == 3);
    CHECK(first.y == 20);
    CHECK(finger.gesture() == Gesture::Scrolling);
    CHECK(finger.move({97, 90}, at(0.03), false).y == -10); // and back
    CHECK(finger.end(at(0.04)) == Gesture::Scrolling);
}

TEST_CASE("what is held by a finger is dragged, not scrolled", "[touch]")
{
    TouchScroll finger;
    finger.begin({100, 100}, at(0));
    ImVec2 const moved = finger.move({150, 100}, at(0.02), true);
    CHECK(moved.x == 0);
    CHECK(finger.gesture() == Gesture::Dragging);
    CHECK(finger.end(at(0.03)) == Gesture::Dragging);
    CHECK_FALSE(finger.glides());
}

TEST_CASE("a thrown movement glides on, ever slower, and ends", "[touch]")
{
    TouchScroll finger;
    Instant const lifted = throw_it(finger, {0, -12});
    finger.end(lifted);
    REQUIRE(finger.glides());
    float const first = finger.glide(lifted + 16ms).y;
    float const second = finger.glide(lifted + 32ms).y;
    CHECK(first > 0);
    CHECK(second > 0);
    CHECK(second < first);
    CHECK(whole_glide(finger, lifted + 32ms).y > 100);
}

TEST_CASE("the glide does not depend on how often it is looked at", "[touch]")
{
    TouchScroll often;
    TouchScroll seldom;
    Instant const now = throw_it(often, {0, -12});
    throw_it(seldom, {0, -12});
    often.end(now);
    seldom.end(now);
    float far = 0;
    for (int i = 0; i < 10; ++i)
        far += often.glide(now + (i + 1) * 8ms).y;
    float const at_once = seldom.glide(now + 80ms).y;
    CHECK(far > at_once * 0.8f);
    CHECK(far < at_once * 1.2f);
}

TEST_CASE("a finger that rested before it was lifted throws nothing", "[touch]")
{
    TouchScroll finger;
    Instant const last_move = throw_it(finger, {0, -12});
    finger.end(last_move + 100ms);
    CHECK_FALSE(finger.glides());
}

TEST_CASE("no finger throws faster than a page can be followed", "[touch]")
{
    TouchScroll finger;
    Instant const lifted = throw_it(finger, {0, -4'000});
    finger.end(lifted);
    CHECK(finger.glide(lifted + 16ms).y <= 6'000 * 0.016f + 0.01f);
}

TEST_CASE("a finger put down again stops the glide", "[touch]")
{
    TouchScroll finger;
    finger.end(throw_it(finger, {0, -12}));
    REQUIRE(finger.glides());
    finger.begin({100, 100}, at(1));
    CHECK_FALSE(finger.glides());
    CHECK(finger.end(at(1.1)) == Gesture::Pressed);
    CHECK_FALSE(finger.glides());
}
