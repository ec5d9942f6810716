// Each way in which server, network, browser and proxies can go wrong, in simulated time. Whatever happens: the badge tells
// the truth meanwhile, and in the end the run on screen is the server's.
#include "tests/unit/support/world.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

using namespace pev;
using namespace pev::test;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

void go_live(World& world)
{
    world.start();
    REQUIRE(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{5}));
    world.pass(seconds{2});
}

bool becomes(World& world, Mode mode, Duration within)
{
    return world.pass_until([&] { return world.mode() == mode; }, within);
}

Freshness freshness(World const& world)
{
    return world.session.state().freshness(world.now);
}

// An open stream alone makes nothing fresh: the fetch behind it does.
bool becomes_fresh(World& world)
{
    return world.pass_until([&] { return !freshness(world).stale; }, seconds{1});
}

// Live, and then silent: what is not known by now comes by requests.
void fall_silent(World& world)
{
    world.set_pace(Duration{0});
    world.pass(seconds{10});
}

// Something else goes wrong, or nothing for a while; and the reader, the browser or the network does something.
void change_weather(World& world, Dice& dice)
{
    Weather& weather = world.weather;
    weather = {};
    weather.latency = dice.between(milliseconds{1}, milliseconds{900});
    if (dice.one_in(3)) {
        weather.rest = static_cast<RestFault>(dice.below(9));
        weather.status = dice.one_in(2) ? 503 : 401;
    }
    if (dice.one_in(4))
        weather.open = static_cast<OpenFault>(dice.below(4));
    StreamFaults& stream = weather.stream;
    stream.mute = dice.one_in(8);
    stream.holds_back = dice.one_in(8) ? 2 + dice.below(40) : 0;
    stream.delay = dice.one_in(5) ? dice.between(seconds{0}, seconds{9}) : Duration{0};
    stream.loses = dice.one_in(4) ? 2 + dice.below(20) : 0;
    stream.doubles = dice.one_in(4) ? 2 + dice.below(20) : 0;
    stream.swaps = dice.one_in(4) ? 2 + dice.below(20) : 0;
    stream.garbles = dice.one_in(5) ? 2 + dice.below(20) : 0;
    stream.odd = dice.one_in(8);
    switch (dice.below(12)) {
    case 0:
    case 1:
        world.cut_streams();
        break;
    case 2:
        world.restart(dice.between(seconds{1}, seconds{20}));
        break;
    case 3:
        world.act(Pause{});
        break;
    case 4:
        world.act(Refresh{});
        break;
    case 5:
        world.tell(VisibilityTold{dice.one_in(2)});
        break;
    case 6:
        world.tell(NetworkTold{dice.one_in(2)});
        break;
    case 7:
        world.act(RetryConnection{});
        break;
    default:
        world.act(Resume{});
        break;
    }
}

// Somebody looks, the network is there, and the viewer is to follow.
void clear_up(World& world)
{
    world.weather = {};
    world.tell(VisibilityTold{true});
    world.tell(NetworkTold{true});
    world.act(Resume{});
    if (world.mode() == Mode::Error)
        world.act(RetryConnection{});
}

} // namespace

TEST_CASE("whatever goes wrong in whatever order, the end is the truth", "[session][faults]")
{
    std::uint32_t const seed = GENERATE(range(1U, 300U));
    INFO("seed " << seed);
    Dice dice{seed * 7919};
    ServerHabits habits;
    habits.event_ids = dice.one_in(2);
    habits.stores_logs_at_once = dice.one_in(2);
    habits.document_lag = dice.one_in(3) ? dice.between(milliseconds{200}, seconds{4}) : Duration{0};
    habits.clock_ahead = dice.one_in(3) ? dice.between(-minutes{10}, minutes{10}) : Duration{0};
    habits.date_header = !dice.one_in(4);
    habits.log_texts = 1 + dice.below(200);
    Options options = World::plain_options();
    options.profile = dice.one_in(3) ? Profile::App : Profile::Api;
    options.stream = !dice.one_in(8);
    World world{habits, seed, options};
    world.set_pace(dice.between(milliseconds{5}, milliseconds{700}));
    world.start();
    for (int change = 0; change < 12; ++change) {
        change_weather(world, dice);
        world.pass(dice.between(milliseconds{100}, seconds{40}));
    }
    clear_up(world);
    world.finish_and_compare();
}

TEST_CASE("a quiet life: live, nothing lost, next to no requests", "[session][faults]")
{
    World world{{}, 1};
    world.set_pace(milliseconds{300});
    go_live(world);
    std::size_t const requests = world.run_requests();
    world.pass(seconds{25});
    CHECK(world.run_requests() == requests);
    CHECK(world.mode() == Mode::Live);
    CHECK_FALSE(freshness(world).known_until);
    world.finish_and_compare();
}

TEST_CASE("a stream that breaks, in the middle of a message or between them, comes back and nothing is lost",
    "[session][faults]")
{
    bool const ids = GENERATE(true, false);
    World world{{.event_ids = ids, .stores_logs_at_once = !ids, .steps = 200}, 2};
    world.set_pace(milliseconds{20});
    go_live(world);
    for (int i = 0; i < 5; ++i) {
        world.pass(seconds{11}); // a stream that broke off sooner would be tried less and less often
        world.cut_streams(); // what is under way is lost
        CHECK(world.mode() == Mode::Polling);
        CHECK(becomes(world, Mode::Live, seconds{8}));
    }
    world.finish_and_compare();
}

TEST_CASE("a server that ends its streams every ten minutes makes no error of it", "[session][faults]")
{
    World world{{.steps = 200}, 3};
    world.set_pace(seconds{1});
    go_live(world);
    for (int i = 0; i < 3; ++i) {
        world.pass(minutes{10});
        world.end_streams();
        CHECK(world.session.state().connection.tries == 1);
        CHECK(becomes(world, Mode::Live, seconds{4}));
        world.pass(seconds{11});
        CHECK_FALSE(world.session.state().problem);
        CHECK_FALSE(freshness(world).stale);
    }
    world.finish_and_compare();
}

TEST_CASE("a stream that is a little late is live, one that is late by more than its grace is not", "[session][faults]")
{
    World world{{.steps = 200}, 4};
    world.set_pace(milliseconds{400});
    bool const very = GENERATE(false, true);
    world.weather.stream.delay = very ? seconds{9} : seconds{2};
    go_live(world);
    // Where nothing comes in time a document is looked at every thirty seconds; one of them is ahead by more than a log line.
    CHECK(becomes(world, Mode::Polling, seconds{130}) == very);
    world.finish_and_compare();
}

TEST_CASE("a mute stream is found out, the run is polled, and live means live again", "[session][faults]")
{
    bool const holds_back = GENERATE(false, true); // a proxy that waits for more
    World world{{.steps = 200}, 5};
    world.set_pace(milliseconds{400});
    StreamFaults const bad{.mute = !holds_back, .holds_back = holds_back ? 500U : 0U};
    world.weather.stream = bad;
    go_live(world);
    CHECK(becomes(world, Mode::Polling, seconds{36}));
    // It opens again and again, and is not trusted.
    for (int i = 0; i < 200; ++i) {
        world.pass(seconds{1});
        CHECK(world.mode() == Mode::Polling);
        CHECK_FALSE(freshness(world).stale);
    }
    CHECK(world.session.state().diagnostics.connection.size() > 1);
    world.weather = {};
    CHECK(becomes(world, Mode::Live, seconds{310}));
    world.finish_and_compare();
}

TEST_CASE("a run in which nothing happens keeps a silent stream live, at the cost of a look now and then",
    "[session][faults]")
{
    World world{{}, 6};
    world.set_pace(milliseconds{300});
    go_live(world);
    fall_silent(world);
    std::size_t const requests = world.run_requests();
    for (int i = 0; i < 600; ++i) {
        world.pass(seconds{1});
        CHECK(world.mode() == Mode::Live);
    }
    CHECK(world.run_requests() - requests >= 19);
    CHECK(world.run_requests() - requests <= 21);
    world.finish_and_compare();
}

TEST_CASE("messages that come twice, out of order or as garbage change nothing in the end", "[session][faults]")
{
    bool const ids = GENERATE(true, false);
    int const fault = GENERATE(0, 1, 2, 3);
    World world{{.event_ids = ids, .log_texts = 1'000, .steps = 200}, 7};
    StreamFaults& stream = world.weather.stream;
    stream.doubles = fault == 0 ? 3 : 0;
    stream.swaps = fault == 1 ? 3 : 0;
    stream.garbles = fault == 2 ? 3 : 0;
    stream.loses = fault == 3 ? 5 : 0;
    world.set_pace(milliseconds{50});
    go_live(world);
    world.pass(seconds{20});
    if (fault != 3)
        CHECK(world.mode() == Mode::Live);
    Diagnostics const& counts = world.session.state().diagnostics;
    CHECK(counts.events_received == counts.events_applied + counts.ignored());
    if (fault == 0 && ids)
        CHECK(counts.already_known > 50);
    if (fault == 2)
        CHECK(counts.broken > 50);
    world.finish_and_compare();
}

TEST_CASE("a stream that is refused (303, 401, 503, HTML, JSON) or never opens: polling, and tries now and then",
    "[session][faults]")
{
    Options options = World::plain_options();
    options.profile = GENERATE(Profile::Api, Profile::App);
    World world{{.steps = 200}, 8, options};
    world.weather.open = GENERATE(OpenFault::Refused, OpenFault::Hangs, OpenFault::Unreachable);
    world.set_pace(milliseconds{500});
    world.start();
    CHECK(becomes(world, Mode::Polling, seconds{5}));
    for (int i = 0; i < 300; ++i) {
        world.pass(seconds{1});
        CHECK(world.mode() == Mode::Polling);
        CHECK_FALSE(freshness(world).stale);
    }
    CHECK(gave_up(world.session.state().connection));
    CHECK_FALSE(world.session.state().problem);
    world.weather = {};
    CHECK(becomes(world, Mode::Live, minutes{5}));
    world.finish_and_compare();
}

TEST_CASE("requests that fail (401, 403, 404, 500, 503, half a JSON, a web page, no network, none, slow) while live",
    "[session][faults]")
{
    struct Case {
        RestFault fault;
        int status;
    };
    Case const bad = GENERATE(Case{RestFault::Status, 401}, Case{RestFault::Status, 403}, Case{RestFault::Status, 404},
        Case{RestFault::Status, 500}, Case{RestFault::Status, 503}, Case{RestFault::HalfJson, 200},
        Case{RestFault::WrongContent, 200}, Case{RestFault::Unreachable, 0}, Case{RestFault::Hangs, 0},
        Case{RestFault::Slow, 0});
    INFO("fault " << static_cast<int>(bad.fault) << ", status " << bad.status);
    World world{{.steps = 200}, 9};
    world.set_pace(milliseconds{400});
    go_live(world);
    world.weather.rest = bad.fault;
    world.weather.status = bad.status;
    SECTION("events come in: live it is")
    {
        world.act(Refresh{});
        for (int i = 0; i < 20; ++i) {
            world.pass(seconds{1});
            CHECK(world.mode() == Mode::Live);
            CHECK_FALSE(freshness(world).stale);
        }
    }
    SECTION("none come in: it says that it does not know")
    {
        fall_silent(world);
        CHECK(becomes(world, Mode::Polling, seconds{40}));
        CHECK(freshness(world).stale);
        CHECK(freshness(world).known_until == world.session.state().last_good_at);
        if (bad.fault != RestFault::Slow) {
            world.pass(seconds{60});
            CHECK(world.mode() == Mode::Polling);
            CHECK(freshness(world).stale);
            CHECK(world.session.state().problem);
        }
        world.weather = {};
        CHECK(becomes(world, Mode::Live, seconds{60}));
        CHECK(becomes_fresh(world));
        CHECK_FALSE(world.session.state().problem);
    }
    world.finish_and_compare();
}

TEST_CASE("requests that fail while polling: old after a few seconds, and fresh again", "[session][faults]")
{
    Options options = World::plain_options();
    options.stream = false;
    World world{{.steps = 200}, 10, options};
    world.set_pace(milliseconds{400});
    world.start();
    world.pass(seconds{10});
    RestFault const fault = GENERATE(RestFault::Status, RestFault::HalfJson, RestFault::WrongContent,
        RestFault::Unreachable, RestFault::Hangs, RestFault::Slow);
    INFO("fault " << static_cast<int>(fault));
    world.weather.rest = fault;
    CHECK(world.pass_until([&] { return freshness(world).stale; }, seconds{10}));
    Instant const heard = *freshness(world).known_until;
    CHECK(world.now - heard == kStaleAfter);
    world.weather = {};
    CHECK(world.pass_until([&] { return !freshness(world).stale; }, seconds{40}));
    CHECK(world.mode() == Mode::Polling);
    world.finish_and_compare();
}

TEST_CASE(
    "a first request that fails leaves an error, and loads by itself when the network is back", "[session][faults]")
{
    World world{{.steps = 200}, 11};
    world.weather.rest = RestFault::Unreachable;
    world.tell(NetworkTold{false});
    world.start();
    CHECK(becomes(world, Mode::Error, seconds{5}));
    world.weather = {};
    world.tell(NetworkTold{true});
    CHECK(becomes(world, Mode::Live, seconds{5}));
    world.finish_and_compare();
}

TEST_CASE("clocks that are minutes apart: durations are the server's", "[session][faults]")
{
    Duration const ahead = GENERATE(Duration{minutes{7}}, Duration{-minutes{7}});
    World world{{.clock_ahead = ahead, .steps = 200}, 12};
    world.set_pace(milliseconds{300});
    go_live(world);
    world.pass(seconds{20});
    Duration const error = world.session.state().clock.server_time(world.now) - world.server.time(world.now);
    CHECK(error < seconds{1});
    CHECK(error > -seconds{1});
    CHECK(world.mode() == Mode::Live);
    world.cut_streams();
    world.pass(seconds{10});
    world.finish_and_compare();
}

TEST_CASE("a server that is started anew, and counts its events anew", "[session][faults]")
{
    World world{{.steps = 200}, 13};
    world.set_pace(milliseconds{100});
    go_live(world);
    world.pass(seconds{5});
    for (int i = 0; i < 3; ++i) {
        world.restart(seconds{8});
        world.pass(seconds{7});
        CHECK(world.mode() == Mode::Polling);
        CHECK(freshness(world).stale);
        CHECK(becomes(world, Mode::Live, seconds{20}));
        world.pass(seconds{5});
    }
    world.finish_and_compare();
}

TEST_CASE("without a network it says so, and is live again soon after it is back", "[session][faults]")
{
    World world{{.steps = 200}, 14};
    world.set_pace(milliseconds{200});
    go_live(world);
    world.weather.rest = RestFault::Unreachable;
    world.weather.open = OpenFault::Unreachable;
    world.tell(NetworkTold{false});
    world.cut_streams();
    world.pass(seconds{8});
    CHECK(world.mode() == Mode::Polling);
    CHECK(freshness(world).stale);
    CHECK_FALSE(world.session.state().connection.online);
    world.pass(minutes{10});
    world.weather = {};
    world.tell(NetworkTold{true});
    CHECK(becomes(world, Mode::Live, seconds{2}));
    CHECK(becomes_fresh(world));
    world.finish_and_compare();
}

TEST_CASE("a tab that was hidden for long shows the truth as soon as it is looked at", "[session][faults]")
{
    World world{{.steps = 200}, 15};
    world.set_pace(milliseconds{400});
    go_live(world);
    world.tell(VisibilityTold{false});
    world.pass(minutes{2});
    CHECK(world.streams_open() == 0);
    world.pass(minutes{3});
    world.tell(VisibilityTold{true});
    // Timers stand still until it is known how the run stands by now, and nothing is called old meanwhile.
    CHECK(freshness(world).known_until);
    CHECK_FALSE(freshness(world).stale);
    CHECK(becomes(world, Mode::Live, seconds{1}));
    CHECK(becomes_fresh(world));
    CHECK_FALSE(freshness(world).known_until);
    world.finish_and_compare();
}

TEST_CASE("of a run that is larger than its memory the ends of the logs are the truth, whatever goes wrong",
    "[session][faults][memory]")
{
    Dice dice{GENERATE(2U, 3U, 4U)};
    Options options = World::plain_options();
    options.memory = 128U << 10U;
    World world{{.steps = 20, .lines_to_a_change = 200}, 17, options};
    world.set_pace(milliseconds{4});
    world.start();
    while (world.server.events().size() < 5'000) {
        change_weather(world, dice);
        world.pass(dice.between(milliseconds{100}, seconds{10}));
    }
    clear_up(world);
    world.finish_and_compare();
    RunModel const& run = *world.session.state().run;
    CHECK(run.dropped_line_count > 1'000);
    CHECK(run.log_bytes + run.other_bytes <= run.memory);
}

TEST_CASE("a hundred thousand events, and everything that can go wrong: the end is the truth", "[.][soak]")
{
    Dice dice{1};
    World world{{.log_texts = 5'000, .steps = 1'000, .lines_to_a_change = 100}, 16};
    world.set_pace(milliseconds{4});
    world.start();
    while (world.server.events().size() < 100'000) {
        change_weather(world, dice);
        world.pass(dice.between(milliseconds{100}, seconds{10}));
    }
    clear_up(world);
    world.pass(seconds{60});
    CHECK(world.mode() == Mode::Live);
    world.finish_and_compare();
    Diagnostics const& counts = world.session.state().diagnostics;
    CHECK(counts.events_received == counts.events_applied + counts.ignored());
    CHECK(counts.events_received > 20'000);
}
