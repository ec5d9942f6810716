#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <utility>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kUpdates = region("Updates");

std::size_t fetches(Headless const& screen)
{
    return effects_of<Fetch>(screen.platform().effects).size();
}

} // namespace

TEST_CASE("a refresh fetches the run, shows that it does, and that it did", "[ui][updates]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    std::size_t const before = fetches(screen);
    screen.click(button("Refresh").within(kUpdates));
    CHECK(fetches(screen) == before + 1);
    CHECK(screen.sees(button("Loading…").within(kUpdates)));
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(button("Updated").within(kUpdates)));
    screen.wait(3s);
    CHECK(screen.sees(button("Refresh").within(kUpdates)));
}

TEST_CASE("a refresh that failed says so, also where the stream goes on", "[ui][updates]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(button("Refresh").within(kUpdates));
    screen.answer(503, "{}");
    CHECK(screen.sees(button("Failed").within(kUpdates)));
    CHECK(screen.sees(status("LIVE").within(any(Role::Banner)))); // events come in all the same
    screen.wait(3s);
    CHECK(screen.sees(button("Refresh").within(kUpdates)));
}

TEST_CASE("paused, nothing is fetched and no event is shown; resumed, all is caught up with", "[ui][updates]")
{
    Headless screen{1440, 900, live_run(false)};
    screen.answer_with_file("live-run.initial.json");
    screen.click(button("Pause updates").within(kUpdates));
    CHECK(screen.sees(status("Paused").within(any(Role::Banner))));
    std::size_t const before = fetches(screen);
    screen.wait(1min);
    CHECK(fetches(screen) == before);
    screen.click(button("Resume updates").within(kUpdates));
    CHECK(fetches(screen) == before + 1);
    screen.answer_with_file("live-run.final.json");
    CHECK(screen.sees(status("success").within(any(Role::Banner))));
    CHECK(screen.state().mode() == Mode::Final);
}

TEST_CASE("a run that is over can't be paused, only refreshed", "[ui][updates]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.sees(button("Refresh").within(kUpdates)));
    CHECK_FALSE(screen.sees(button(containing("updates"))));
}

TEST_CASE("a live badge beats after news, waits with a frame a second, and stands still where motion is unwanted",
    "[ui][updates]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    CHECK(screen.count(status("LIVE")) == 2); // in the header and in the corner
    auto const frames_in_a_beat = [&] {
        screen.settle();
        Instant at = screen.now();
        Instant const end = at + 2s;
        int frames = 0;
        while (at < end) {
            auto const next = screen.frame().next_frame_at;
            REQUIRE(next);
            REQUIRE(*next > at);
            at = *next;
            screen.wait(at - screen.now());
            ++frames;
        }
        return frames;
    };
    int const beating = frames_in_a_beat();
    CHECK(beating > 8);
    CHECK(beating < 16);
    screen.wait(3s); // nothing is heard
    CHECK(frames_in_a_beat() <= 3);
    screen.answer_with_file("live-run.initial.json"); // what silence had asked for; the stream has not spoken
    CHECK(frames_in_a_beat() <= 3);
    screen.environment.reduced_motion = true;
    CHECK(frames_in_a_beat() <= 4); // the ticking seconds
}

TEST_CASE("fingers get targets that they can hit", "[ui][updates]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    screen.tap(heading("Journalist enrichment"));
    for (char const* const name : {"Refresh", "Dark theme", "Filters"})
        CHECK(screen.get(button(name)).rect.h >= 40);
}

TEST_CASE("what floats at the bottom never lies over each other", "[ui][updates]")
{
    for (float const width : {320.0f, 375.0f, 700.0f, 1440.0f}) {
        for (bool const stale : {false, true}) {
            INFO(width << (stale ? ", out of date" : ""));
            Headless screen{width, 700, live_run(!stale)};
            screen.answer_with_file("live-run.initial.json");
            if (stale) {
                screen.wait(2s);
                screen.answer_failure("connection refused");
                screen.wait(10s);
            }
            screen.tap(any(Role::ProgressBar)); // fingers need more room
            ui::Rect const buttons = screen.get(region("Updates")).rect;
            for (ui::SemanticNode const& node : screen.nodes()) {
                bool const is_badge = node.role == Role::Status && node.rect.y > 350;
                bool const overlaps = node.rect.x < buttons.x + buttons.w && node.rect.y + node.rect.h > buttons.y;
                CHECK_FALSE((is_badge && overlaps));
            }
            CHECK(buttons.x + buttons.w <= width);
        }
    }
}

TEST_CASE("in one column they stand in a bar below what is read, and cover nothing of it", "[ui][updates][narrow]")
{
    auto const [width, height]
        = GENERATE(std::pair{320.0f, 568.0f}, std::pair{420.0f, 900.0f}, std::pair{700.0f, 300.0f});
    auto const touch = GENERATE(false, true);
    INFO(width << (touch ? ", touched" : ""));
    Headless screen{width, height, live_run()};
    go_live(screen);
    if (touch)
        screen.tap(any(Role::ProgressBar));
    auto const check = [&](Locator const& content) {
        ui::Rect const above = screen.get(content).rect;
        for (Locator const& control : {button("Refresh"), button("Pause updates"), status("LIVE")}) {
            ui::Rect const rect = screen.get(control).rect;
            CHECK(rect.y >= above.y + above.h);
            CHECK(rect.y + rect.h <= height);
            CHECK(rect.x + rect.w <= width);
        }
    };
    check(any(Role::Listbox));
    screen.press(ImGuiKey_Enter); // the step has the screen
    check(region("Step inspector"));
}

TEST_CASE("what floats over a list or a step can be scrolled out from under", "[ui][updates]")
{
    auto const [width, height]
        = GENERATE(std::pair{701.0f, 500.0f}, std::pair{1440.0f, 900.0f}, std::pair{1024.0f, 300.0f});
    auto const touch = GENERATE(false, true);
    Headless screen{width, height, live_run()};
    go_live(screen);
    if (touch)
        screen.tap(any(Role::ProgressBar));
    screen.wheel(any(Role::Option).nth(0), {0, 100'000});
    float const top = std::min(screen.get(region("Updates")).rect.y, screen.get(button("Refresh")).rect.y);
    ui::Rect const last = screen.get(option("Send to newsroom API")).rect;
    CHECK(last.y + last.h <= top);
}
