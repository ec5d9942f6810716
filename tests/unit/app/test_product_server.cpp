// What the product's own API server does beside what its description says, in simulated time, by stream and by polling, in both
// profiles: the screen is right, and the server is asked no more than it has to be.
#include "tests/unit/support/world.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace pev;
using namespace pev::test;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

Options options_of(bool stream, Profile profile)
{
    Options options = World::plain_options();
    options.stream = stream;
    options.profile = profile;
    return options;
}

// A run under way, followed by stream or by polling, in one profile or the other.
struct Followed {
    bool stream = GENERATE(true, false);
    Profile profile = GENERATE(Profile::Api, Profile::App);
    Mode mode = stream ? Mode::Live : Mode::Polling;
    World world;

    explicit Followed(ServerHabits habits = {.steps = 30}) : world(habits, 5, options_of(stream, profile))
    {
        world.set_pace(milliseconds{400});
        world.start();
        REQUIRE(world.pass_until([&] { return world.mode() == mode; }, seconds{5}));
        world.pass(seconds{8});
        REQUIRE(world.session.state().run->progress.running > 0);
    }

    std::string const& state() const { return world.session.state().run->state.word; }
    bool shows(std::string_view word, Duration within)
    {
        return world.pass_until([&] { return state() == word; }, within);
    }
};

bool is_asked_nothing(World& world, Duration time)
{
    std::size_t const requests = world.requests();
    world.pass(time);
    return world.requests() == requests;
}

} // namespace

TEST_CASE("a run that fails and is tried again is live again, and comes to its end", "[session][product]")
{
    Followed run;
    World& world = run.world;
    world.set_pace(Duration{0});
    world.server.break_down(world.now);
    world.pass_on();
    CHECK(run.shows("failed", seconds{4}));
    CHECK(world.mode() == run.mode); // it may go on
    Duration const until_then = GENERATE(seconds{1}, seconds{7}, seconds{40});
    world.pass(until_then);
    world.server.try_again(world.now);
    world.pass_on();
    CHECK(run.shows("running", seconds{35})); // events of before the end are believed for half a minute
    CHECK(world.mode() == run.mode);
    world.set_pace(milliseconds{400});
    world.finish_and_compare();
}

TEST_CASE("a run that fails rests after a minute", "[session][product]")
{
    Followed run;
    World& world = run.world;
    world.set_pace(Duration{0});
    world.server.break_down(world.now);
    world.pass_on();
    REQUIRE(run.shows("failed", seconds{4}));
    std::size_t const requests = world.requests();
    world.pass(seconds{50});
    CHECK(world.mode() == run.mode);
    CHECK(world.pass_until([&] { return world.mode() == Mode::Final; }, seconds{20}));
    world.pass(seconds{5});
    CHECK(world.requests() - requests <= 12);
    CHECK(is_asked_nothing(world, std::chrono::hours{24}));
    CHECK(world.streams_open() == 0);
}

TEST_CASE("a run that failed long ago causes one request", "[session][product]")
{
    World world{{.steps = 3}, 5, options_of(GENERATE(true, false), GENERATE(Profile::Api, Profile::App))};
    world.server.break_down(world.now);
    world.pass(minutes{2});
    world.start();
    CHECK(world.pass_until([&] { return world.mode() == Mode::Final; }, seconds{2}));
    CHECK(is_asked_nothing(world, std::chrono::hours{24}));
    CHECK(world.requests() == 1);
}

TEST_CASE(
    "a cancel of which no event tells is found soon, and so is the good end that it may come to", "[session][product]")
{
    Followed run;
    World& world = run.world;
    world.set_pace(Duration{0}); // the handler under way is silent, too
    world.server.cancel(world.now);
    CHECK(run.shows("canceled", seconds{31}));
    CHECK(world.mode() == run.mode);
    world.pass(seconds{10});
    world.server.succeed_after_all(world.now);
    CHECK(run.shows("success", seconds{31}));
    CHECK(world.pass_until([&] { return world.mode() == Mode::Final; }, seconds{5}));
    CHECK(is_asked_nothing(world, std::chrono::hours{24}));
}

TEST_CASE("where all steps are over, a silent end is found within seconds", "[session][product]")
{
    Followed run;
    World& world = run.world;
    world.set_pace(Duration{0});
    world.server.end_steps(world.now);
    world.pass_on();
    REQUIRE(world.pass_until([&] { return world.session.state().run->progress.running == 0; }, seconds{4}));
    world.server.cancel(world.now);
    CHECK(run.shows("canceled", seconds{5}));
}

TEST_CASE("an engine that sends no events is found out by looking", "[session][product]")
{
    World world{{.silent = true, .steps = 30}, 5, options_of(true, GENERATE(Profile::Api, Profile::App))};
    world.set_pace(milliseconds{400});
    world.start();
    REQUIRE(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{5}));
    CHECK(world.pass_until([&] { return world.mode() == Mode::Polling; }, seconds{12}));
    world.pass(minutes{1});
    CHECK_FALSE(world.session.state().freshness(world.now).stale);
    world.finish_and_compare();
}

TEST_CASE(
    "a server that asks to wait is left alone, whatever the status, and whoever presses what", "[session][product]")
{
    Followed run;
    World& world = run.world;
    bool const in_the_products_words = GENERATE(true, false);
    world.weather = {.rest = RestFault::Status,
        .status = in_the_products_words ? 500 : 429,
        .code = in_the_products_words ? "RATE_LIMITED" : "TOO_MANY",
        .retry_after = "45",
        .open = OpenFault::Refused};
    world.act(Refresh{});
    REQUIRE(world.pass_until([&] { return waits_as_told(world.session.state().connection); }, seconds{3}));
    CHECK(world.session.state().problem->kind == ProblemKind::TooManyRequests);
    for (int second = 0; second < 44; ++second) {
        if (second == 10)
            world.act(Refresh{});
        if (second == 20)
            world.act(RetryConnection{});
        if (second == 25)
            world.tell(NetworkTold{false});
        if (second == 26)
            world.tell(NetworkTold{true});
        CHECK(is_asked_nothing(world, seconds{1}));
    }
    CHECK_FALSE(is_asked_nothing(world, seconds{2}));
    world.weather = {};
    CHECK(world.pass_until([&] { return world.mode() == run.mode && !world.session.state().problem; }, minutes{2}));
    world.finish_and_compare();
}

TEST_CASE("a refused stream that names its time is opened then, and so is its address asked for", "[session][product]")
{
    World world{{.steps = 30}, 5, options_of(true, GENERATE(Profile::Api, Profile::App))};
    world.set_pace(milliseconds{400});
    world.weather.open = OpenFault::Refused;
    world.weather.retry_after = "45";
    SECTION("a limit on requests: nothing is asked")
    {
        world.weather.status = 429;
        world.start();
        REQUIRE(world.pass_until([&] { return waits_as_told(world.session.state().connection); }, seconds{3}));
        CHECK(is_asked_nothing(world, seconds{44}));
        world.weather = {};
        CHECK(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{5}));
    }
    SECTION("the stream alone is out of order: the run is polled")
    {
        world.weather.status = 503;
        world.start();
        world.pass(seconds{5});
        CHECK(world.mode() == Mode::Polling);
        world.weather = {};
        CHECK_FALSE(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{35}));
        CHECK_FALSE(world.session.state().freshness(world.now).stale);
        CHECK(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{10}));
    }
}

TEST_CASE("a server without a route for steps is asked for one, and then for the run", "[session][product]")
{
    World world{{.steps = 30}, 5, options_of(true, GENERATE(Profile::Api, Profile::App))};
    world.weather.rest = RestFault::NoStepRoute;
    world.set_pace(milliseconds{400});
    world.start();
    REQUIRE(world.pass_until([&] { return world.mode() == Mode::Live; }, seconds{5}));
    for (int i = 0; i < 6; ++i) {
        auto const& steps = world.session.state().run->steps;
        auto const ended = [&] {
            return std::ranges::find_if(
                steps, [&](StepRun const& step) { return rank_of(step.state.kind) == 2 && !step.documented; });
        };
        if (world.pass_until([&] { return ended() != steps.end(); }, seconds{60})) {
            std::string const name = ended()->key;
            world.act(SelectStep{name});
            CHECK(world.pass_until([&] { return world.session.state().run->find(name)->documented; }, seconds{3}));
        }
    }
    CHECK(world.step_requests() == 1);
    world.finish_and_compare();
}
