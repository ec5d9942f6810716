// Every fault that serve.py can produce, one by one, in simulated time: the badge meanwhile, live again when it is over, and in
// the end the server's truth.
//
// tests/browser/faults.test.mjs does the same in Chromium, and tests/serve/test_faults.py sees to it that none is left out.
#include "tests/unit/support/world.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// What the badge says.
enum class Badge { Live, Polling, NotUpToDate };

struct Fault {
    char const* name = ""; // serve.py's
    Weather weather;
    Badge badge = Badge::Live;
    char const* notice = ""; // what the screen says beside it
    ServerHabits habits{.steps = 200};
    Profile profile = Profile::Api;
    Duration away{0}; // of the server
};

Weather refused(int status)
{
    return {.rest = RestFault::Status, .status = status, .open = OpenFault::Refused};
}

Weather limited(int status)
{
    return {.rest = RestFault::Status,
        .status = status,
        .code = "RATE_LIMITED",
        .retry_after = "20",
        .open = OpenFault::Refused};
}

Fault const kFaults[] = {
    {"drop", {.stream = {.breaks_after = 4}}, Badge::Polling},
    {"truncate", {.stream = {.breaks_after = 4, .breaks_inside = true}}, Badge::Polling},
    {"mute", {.stream = {.mute = true}}, Badge::Polling},
    {"buffer", {.stream = {.holds_back = 500}}, Badge::Polling},
    {"duplicate", {.stream = {.doubles = 1}}, Badge::Live},
    {"reorder", {.stream = {.swaps = 2}}, Badge::Live},
    {"slow", {.stream = {.bytes_a_second = 4'000}}, Badge::Live},
    {"delay", {.stream = {.delay = seconds{1}}, .latency = seconds{2}}, Badge::Live},
    {"garbage", {.rest = RestFault::WrongContent, .stream = {.garbles = 2}}, Badge::Live,
        "The server's answer is not a playbook run"}, // it was asked for, since events could not be read
    {"odd", {.rest = RestFault::Odd, .stream = {.odd = true}}, Badge::Live},
    {.name = "half",
        .weather = {.rest = RestFault::HalfJson},
        .badge = Badge::NotUpToDate,
        .notice = "The server's answer is not a playbook run",
        .profile = Profile::App},
    {"type", {.rest = RestFault::OtherType, .open = OpenFault::Refused}, Badge::Polling},
    {"shuffle", {}, Badge::Live, "", {.steps = 200, .rows_move = true}},
    {"303", {.open = OpenFault::Redirected}, Badge::Polling},
    {"401", refused(401), Badge::NotUpToDate, "You are not signed in"},
    {"403", refused(403), Badge::NotUpToDate, "You have no access to this run"},
    {"404", refused(404), Badge::NotUpToDate, "The run was not found"},
    {"500", refused(500), Badge::NotUpToDate, "The server has a problem"},
    {"503", refused(503), Badge::NotUpToDate, "The server has a problem"},
    {"429", limited(429), Badge::NotUpToDate, "Too many requests"},
    {"limit", limited(500), Badge::NotUpToDate, "Too many requests"},
    {"no-route", {.rest = RestFault::NoStepRoute}, Badge::Live},
    {"error-event", {.stream = {.names = 2}}, Badge::Live},
    {"skew", {}, Badge::Live, "", {.clock_ahead = minutes{5}, .steps = 200}},
    {.name = "restart",
        .weather = {},
        .badge = Badge::NotUpToDate,
        .notice = "The server could not be reached",
        .away = seconds{20}},
};

Badge badge_of(World const& world)
{
    if (world.session.state().freshness(world.now).stale)
        return Badge::NotUpToDate;
    return world.mode() == Mode::Live ? Badge::Live : Badge::Polling;
}

bool shows(World& world, Badge badge, Duration within)
{
    return world.pass_until([&] { return badge_of(world) == badge; }, within);
}

bool strikes(World const& world, Fault const& fault)
{
    Duration const error = world.session.state().clock.offset() - fault.habits.clock_ahead;
    if (fault.habits.rows_move)
        return world.session.state().run->arranged;
    bool const has_skew = fault.habits.clock_ahead != Duration{0};
    if (fault.weather.rest == RestFault::NoStepRoute)
        return true; // steps are asked for seldom: test_product_server.cpp
    return has_skew ? error < seconds{1} && error > -seconds{1} : world.struck > 0;
}

} // namespace

TEST_CASE("each fault of serve.py ends in the server's truth, and the badge is right meanwhile", "[session][faults]")
{
    for (Fault const& fault : kFaults) {
        DYNAMIC_SECTION("fault " << fault.name)
        {
            Options options = World::plain_options();
            options.profile = fault.profile;
            World world{fault.habits, 17, options};
            world.set_pace(std::chrono::milliseconds{400});
            world.start();
            REQUIRE(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{5}));
            world.pass(seconds{11});

            world.weather = fault.weather;
            if (fault.away > Duration{0})
                world.restart(fault.away);
            else if (fault.weather.open != OpenFault::None || fault.weather.rest == RestFault::HalfJson)
                world.cut_streams();
            CHECK(shows(world, fault.badge, seconds{60}));
            world.pass(seconds{5});
            CHECK(shows(world, fault.badge, seconds{5}));
            std::string const notice = world.session.state().problem ? world.session.state().problem->title : "";
            CHECK(notice == fault.notice);
            CHECK(strikes(world, fault));

            world.weather = {};
            world.pass(fault.away);
            CHECK(shows(world, Badge::Live, minutes{5}));
            world.finish_and_compare();
        }
    }
}
