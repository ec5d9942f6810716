#include "shared/live/connection.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

using namespace pev;
using namespace pev::test;
using std::chrono::seconds;

namespace {

// A connection in a world whose time is moved by hand. Timers ring at their times while it moves.
class Story {
public:
    explicit Story(bool streaming = true, Profile profile = Profile::Api)
    {
        c.streaming_allowed = streaming;
        c.profile = profile;
        c.run_url = "/run";
        c.stream_url = "/run/stream";
    }

    Effects tell(ConnectionInput const& input)
    {
        Effects effects = advance(c, input, now);
        // Whatever has happened: a server that wants to be left alone is.
        bool const asks = !effects_of<Fetch>(effects).empty() || !effects_of<OpenStream>(effects).empty();
        CHECK_FALSE((asks && c.wait_until && *c.wait_until > now));
        all.insert(all.end(), effects.begin(), effects.end());
        return effects;
    }

    // Moves on, ringing timers; returns what they caused.
    Effects wait(Duration duration)
    {
        Instant const end = now + duration;
        Effects caused;
        for (auto timer = next_timer(c); timer && *timer <= end; timer = next_timer(c)) {
            now = std::max(now, *timer);
            Effects const effects = tell(TimerRang{});
            caused.insert(caused.end(), effects.begin(), effects.end());
        }
        now = end;
        return caused;
    }

    // The same, with every fetch of the run answered at once.
    Effects wait_with_answers(Duration duration)
    {
        Instant const end = now + duration;
        Effects caused;
        answer_run();
        for (auto timer = next_timer(c); timer && *timer <= end; timer = next_timer(c)) {
            now = std::max(now, *timer);
            Effects const effects = tell(TimerRang{});
            caused.insert(caused.end(), effects.begin(), effects.end());
            answer_run();
        }
        now = end;
        return caused;
    }

    void answer_run(bool over = false)
    {
        if (c.run_fetch != 0)
            tell(RunFetched{c.run_fetch, over});
    }

    void start()
    {
        tell(Started{});
        answer_run();
    }

    Effects open_stream() { return tell(StreamDidOpen{c.stream}); }
    Effects lose_stream(bool browser_reopens = false) { return tell(StreamWasLost{c.stream, browser_reopens}); }

    void go_live()
    {
        start();
        open_stream();
        tell(StreamSpoke{true});
        answer_run();
        REQUIRE(c.phase == Phase::Live);
    }

    Connection c;
    Instant now = at(0);
    Effects all;
};

std::size_t run_fetches(Effects const& effects)
{
    auto const fetches = effects_of<Fetch>(effects);
    return static_cast<std::size_t>(
        std::count_if(fetches.begin(), fetches.end(), [](Fetch const& f) { return f.url == "/run"; }));
}

} // namespace

TEST_CASE("first the run, then the stream, then the run again to close the gap", "[connection]")
{
    Story story;
    CHECK(story.tell(Started{}) == Effects{Fetch{1, "/run"}});
    CHECK(mode_of(story.c) == Mode::Loading);
    CHECK(story.tell(RunFetched{1, false}) == Effects{OpenStream{2, "/run/stream"}});
    CHECK(mode_of(story.c) == Mode::Loading);
    CHECK(story.tell(StreamDidOpen{2}) == Effects{Fetch{3, "/run"}});
    CHECK(mode_of(story.c) == Mode::Live);
    CHECK(story.tell(RunFetched{3, false}).empty());
    CHECK(next_timer(story.c) == story.now + kFirstLook); // live, but it has not brought anything yet
}

TEST_CASE("a stream that has brought nothing yet is looked after soon, and then less and less often", "[connection]")
{
    Story story;
    story.start();
    story.open_stream();
    story.answer_run();
    for (int const pause : {2, 4, 8, 16, 30, 30}) {
        CHECK(run_fetches(story.wait(seconds{pause} - Duration{1})) == 0);
        CHECK(run_fetches(story.wait(Duration{1})) == 1);
        story.answer_run();
    }
    story.tell(StreamSpoke{true});
    CHECK(run_fetches(story.wait_with_answers(seconds{90})) == 3); // it works
}

TEST_CASE("where no step runs, silence on the stream is looked into", "[connection]")
{
    Story story;
    story.go_live();
    story.wait_with_answers(seconds{10});
    story.tell(StreamSpoke{true});
    story.tell(WorkChanged{false}); // between two steps; or somebody has canceled the run, which no event tells
    CHECK(run_fetches(story.wait_with_answers(seconds{2})) == 1);
    CHECK(run_fetches(story.wait_with_answers(seconds{28})) == 3);
    story.tell(StreamSpoke{true}); // something does happen
    CHECK(run_fetches(story.wait_with_answers(seconds{2})) == 1);
    story.tell(WorkChanged{true});
    CHECK(run_fetches(story.wait_with_answers(seconds{25})) == 0);
}

TEST_CASE("with streaming off the run is fetched every two seconds and no stream is opened", "[connection]")
{
    Story story{false};
    story.start();
    CHECK(mode_of(story.c) == Mode::Polling);
    CHECK(run_fetches(story.wait_with_answers(seconds{20})) == 10);
    CHECK(effects_of<OpenStream>(story.all).empty());
}

TEST_CASE("polls wait for their predecessor", "[connection]")
{
    Story story{false};
    story.start();
    CHECK(run_fetches(story.wait(seconds{20})) == 1); // the answer does not come
}

TEST_CASE("a fetch without an answer is given up after thirty seconds", "[connection]")
{
    Story story{false};
    story.tell(Started{});
    CHECK(effects_of<AbortFetch>(story.wait(seconds{30})) == std::vector{AbortFetch{1}});
    CHECK(mode_of(story.c) == Mode::Error);
    CHECK(story.tell(RunFetched{1, false}).empty()); // too late
    CHECK(mode_of(story.c) == Mode::Error);
    CHECK(story.tell(RetryAsked{}) == Effects{Fetch{2, "/run"}});
    CHECK(mode_of(story.c) == Mode::Loading);
}

TEST_CASE("a lost stream is retried after 3, 6, 12, 24 and 48 seconds, then now and then; the run is polled meanwhile",
    "[connection]")
{
    Story story;
    story.go_live();
    story.wait_with_answers(seconds{60});
    story.lose_stream();
    CHECK(mode_of(story.c) == Mode::Polling);
    for (int const delay : {3, 6, 12, 24, 48}) {
        INFO("try after " << delay << " s");
        CHECK(story.c.phase == Phase::Backoff);
        CHECK(story.c.retry_at == story.now + seconds{delay});
        Effects const before = story.wait_with_answers(seconds{delay} - Duration{1});
        CHECK(effects_of<OpenStream>(before).empty());
        CHECK(run_fetches(before) >= static_cast<std::size_t>(delay / 2 - 1));
        CHECK(effects_of<OpenStream>(story.wait(Duration{1})).size() == 1);
        CHECK(mode_of(story.c) == Mode::Polling);
        story.lose_stream();
    }
    CHECK(gave_up(story.c));
    for (int const delay : {60, 120, 240, 300, 300, 300}) {
        INFO("try after " << delay << " s");
        CHECK(story.c.phase == Phase::Polling);
        CHECK(mode_of(story.c) == Mode::Polling);
        CHECK(effects_of<OpenStream>(story.wait_with_answers(seconds{delay} - Duration{1})).empty());
        CHECK(effects_of<OpenStream>(story.wait(Duration{1})).size() == 1);
        story.lose_stream();
    }
}

TEST_CASE("a stream that opens after all was given up is live, and a working one again", "[connection]")
{
    Story story;
    story.go_live();
    for (int i = 0; i < 7; ++i) {
        story.lose_stream();
        story.wait_with_answers(backoff(story.c.tries));
    }
    REQUIRE(gave_up(story.c));
    story.open_stream();
    CHECK(mode_of(story.c) == Mode::Live);
    story.wait_with_answers(seconds{10});
    story.lose_stream();
    CHECK(story.c.retry_at == story.now + seconds{3});
}

TEST_CASE("a manual retry starts again at the first try", "[connection]")
{
    Story story;
    story.go_live();
    for (int i = 0; i < 6; ++i) {
        story.lose_stream();
        story.wait_with_answers(seconds{48});
    }
    REQUIRE(gave_up(story.c));
    CHECK(effects_of<OpenStream>(story.tell(RetryAsked{})).size() == 1);
    story.lose_stream();
    CHECK(story.c.retry_at == story.now + seconds{3});
}

TEST_CASE("a stream that opens again and proves itself starts the tries afresh", "[connection]")
{
    Story story;
    story.go_live();
    story.lose_stream();
    story.wait_with_answers(seconds{3});
    story.open_stream();
    SECTION("after ten seconds it counts as a working one")
    {
        story.wait_with_answers(seconds{10});
        story.lose_stream();
        CHECK(story.c.retry_at == story.now + seconds{3});
    }
    SECTION("one that flaps does not, and so does not flap for ever")
    {
        story.wait_with_answers(seconds{10} - Duration{1});
        story.lose_stream();
        CHECK(story.c.retry_at == story.now + seconds{6});
    }
}

TEST_CASE("each opening of the stream is followed by a fetch", "[connection]")
{
    Story story;
    story.go_live();
    story.lose_stream();
    story.answer_run();
    story.wait_with_answers(seconds{3});
    CHECK(run_fetches(story.open_stream()) == 1);
}

TEST_CASE("a fetch that was sent before the stream opened does not close the gap", "[connection]")
{
    Story story;
    story.go_live();
    story.lose_stream();
    story.answer_run();
    story.wait_with_answers(seconds{2} + Duration{1}); // a poll comes due with the try
    story.wait(seconds{1});
    REQUIRE(story.c.phase == Phase::Connecting);
    story.wait(seconds{2});
    REQUIRE(story.c.run_fetch != 0);
    CHECK(run_fetches(story.open_stream()) == 0);
    CHECK(run_fetches(story.tell(RunFetched{story.c.run_fetch, false})) == 1);
}

TEST_CASE("a failed fetch while live is repeated until the gap is closed", "[connection]")
{
    Story story;
    story.start();
    story.open_stream();
    story.tell(RunFetchFailed{story.c.run_fetch});
    CHECK(mode_of(story.c) == Mode::Live);
    CHECK(run_fetches(story.wait(seconds{2})) == 1);
    story.tell(RunFetchFailed{story.c.run_fetch});
    CHECK(mode_of(story.c) == Mode::Live); // it has just opened
    story.wait(seconds{2});
    story.tell(RunFetchFailed{story.c.run_fetch});
    story.wait(seconds{1});
    CHECK(mode_of(story.c) == Mode::Polling); // silent for five seconds: nobody knows
}

TEST_CASE("the browser's own reopening is the first try", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    story.wait_with_answers(seconds{600});
    CHECK(effects_of<CloseStream>(story.tell(StreamWasLost{stream, true})).empty());
    CHECK(mode_of(story.c) == Mode::Polling);
    CHECK(story.c.retry_at == story.now + seconds{3});
    SECTION("it opens: live again, on the same stream")
    {
        Effects const meanwhile = story.wait_with_answers(seconds{4});
        CHECK(effects_of<OpenStream>(meanwhile).empty());
        CHECK(run_fetches(story.tell(StreamDidOpen{stream})) == 1);
        CHECK(mode_of(story.c) == Mode::Live);
        story.answer_run();
        CHECK(next_timer(story.c) == story.now + kFirstLook);
        CHECK(story.c.tries == 1); // until it has proved itself
    }
    SECTION("it fails: the second try is ours")
    {
        story.wait_with_answers(seconds{3});
        CHECK(effects_of<CloseStream>(story.tell(StreamWasLost{stream, true})).size() == 1);
        CHECK(story.c.retry_at == story.now + seconds{6});
    }
    SECTION("nothing is heard of it: the second try is ours as well")
    {
        Effects const meanwhile = story.wait_with_answers(seconds{13});
        CHECK(effects_of<CloseStream>(meanwhile).size() == 1);
        CHECK(story.c.retry_at == story.now + seconds{6});
    }
}

TEST_CASE("a stream that neither opens nor fails is given up after ten seconds", "[connection]")
{
    Story story;
    story.start();
    StreamId const stream = story.c.stream;
    Effects const meanwhile = story.wait_with_answers(seconds{10});
    CHECK(effects_of<CloseStream>(meanwhile) == std::vector{CloseStream{stream}});
    CHECK(story.c.phase == Phase::Backoff);
    CHECK(story.tell(StreamDidOpen{stream}).empty()); // too late
    CHECK(story.c.phase == Phase::Backoff);
}

TEST_CASE("in the app profile each try begins with a new address", "[connection]")
{
    Story story{true, Profile::App};
    story.tell(Started{});
    CHECK(story.tell(RunFetched{1, false}) == Effects{Fetch{2, "/run/stream"}});
    CHECK(story.tell(StreamUrlFetched{2, "https://api/s?token=1"})
        == Effects{OpenStream{3, "https://api/s?token=1", true}});
    story.tell(StreamDidOpen{3});
    story.answer_run();
    // The browser would reopen with the used token.
    Effects const lost = story.tell(StreamWasLost{3, true});
    CHECK(effects_of<CloseStream>(lost) == std::vector{CloseStream{3}});
    auto const fetches = effects_of<Fetch>(story.wait_with_answers(seconds{3}));
    CHECK(std::count_if(fetches.begin(), fetches.end(), [](Fetch const& f) { return f.url == "/run/stream"; }) == 1);
    CHECK(story.tell(StreamUrlRefused{story.c.url_fetch}).empty());
    CHECK(story.c.phase == Phase::Backoff);
    CHECK(story.c.retry_at == story.now + seconds{6});
}

TEST_CASE("a run that is over when it is first fetched causes no traffic at all", "[connection]")
{
    Story story;
    story.tell(Started{});
    CHECK(story.tell(RunFetched{1, true}).empty());
    CHECK(mode_of(story.c) == Mode::Final);
    CHECK(story.wait(seconds{600}).empty());
}

TEST_CASE("the end of a run stops everything after one last fetch", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    Effects const end = story.tell(RunEnded{});
    CHECK(effects_of<CloseStream>(end) == std::vector{CloseStream{stream}});
    CHECK(run_fetches(end) == 1);
    CHECK(mode_of(story.c) == Mode::Final);
    story.answer_run(true);
    CHECK(story.wait(seconds{600}).empty());
    CHECK(story.tell(StreamWasLost{stream, true}).empty());
}

TEST_CASE("a run that failed a moment ago is looked after for a minute, stream and all, and then rests", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    Effects const end = story.tell(RunEnded{story.now + kAfterFailure});
    CHECK(effects_of<CloseStream>(end).empty());
    CHECK(run_fetches(end) == 1);
    CHECK(mode_of(story.c) == Mode::Live);
    story.tell(RunFetched{.id = story.c.run_fetch, .run_over = true, .look_until = story.now + kAfterFailure});
    SECTION("nothing more happens")
    {
        Effects const meanwhile = story.wait_with_answers(kAfterFailure - Duration{1});
        CHECK(run_fetches(meanwhile) == 4);
        CHECK(effects_of<CloseStream>(meanwhile).empty());
        Effects const rest = story.wait(Duration{1});
        CHECK(effects_of<CloseStream>(rest) == std::vector{CloseStream{stream}});
        CHECK(run_fetches(rest) == 1);
        CHECK(mode_of(story.c) == Mode::Final);
        story.tell(RunFetched{.id = story.c.run_fetch, .run_over = true, .look_until = story.now});
        CHECK(story.c.final_seen);
        CHECK(story.wait(std::chrono::hours{24}).empty());
        CHECK(run_fetches(story.tell(VisibilityChanged{false})) == 0);
        CHECK(run_fetches(story.tell(VisibilityChanged{true})) == 1); // somebody may have resumed it meanwhile
    }
    SECTION("an event tells that it goes on")
    {
        story.wait_with_answers(seconds{4});
        story.tell(RunGoesOn{});
        story.wait_with_answers(std::chrono::minutes{3});
        CHECK(mode_of(story.c) == Mode::Live);
        CHECK(story.c.stream == stream);
        story.tell(RunEnded{});
        CHECK(mode_of(story.c) == Mode::Final);
    }
    SECTION("a document tells that it goes on")
    {
        story.wait(seconds{2});
        story.tell(RunFetched{.id = story.c.run_fetch, .run_over = false, .goes_on = true});
        story.wait_with_answers(std::chrono::minutes{3});
        CHECK(mode_of(story.c) == Mode::Live);
    }
    SECTION("it comes to a good end after all")
    {
        story.wait_with_answers(seconds{4});
        story.tell(RunEnded{});
        CHECK(mode_of(story.c) == Mode::Final);
    }
    SECTION("it fails again: the minute begins anew")
    {
        story.wait_with_answers(seconds{40});
        story.tell(RunEnded{story.now + kAfterFailure});
        story.wait_with_answers(seconds{59});
        CHECK(mode_of(story.c) == Mode::Live);
        story.wait_with_answers(seconds{1});
        CHECK(mode_of(story.c) == Mode::Final);
    }
    SECTION("it is paused, which ends it")
    {
        story.tell(PauseAsked{});
        CHECK(story.wait(seconds{600}).empty());
        story.tell(ResumeAsked{});
        story.tell(RunFetched{.id = story.c.run_fetch, .run_over = true, .look_until = at(0) + kAfterFailure});
        CHECK(mode_of(story.c) == Mode::Final);
    }
}

TEST_CASE("without a stream a run that failed a moment ago costs a few polls more", "[connection]")
{
    Story story{false};
    story.start();
    story.wait(seconds{2});
    Instant const until = story.now + kAfterFailure;
    std::size_t polls = 0;
    for (int second = 0; second < 200; ++second) {
        if (story.c.run_fetch != 0)
            story.tell(RunFetched{.id = story.c.run_fetch, .run_over = true, .look_until = until});
        CHECK((mode_of(story.c) == (story.now < until ? Mode::Polling : Mode::Final)));
        polls += run_fetches(story.wait(seconds{1}));
    }
    CHECK(polls <= 10);
    CHECK(polls >= 6);
    CHECK_FALSE(next_timer(story.c));
}

TEST_CASE("a run that failed long ago rests at once", "[connection]")
{
    Story story;
    story.tell(Started{});
    CHECK(story.tell(RunFetched{.id = 1, .run_over = true, .look_until = story.now - std::chrono::hours{24 * 14}})
            .empty());
    CHECK(mode_of(story.c) == Mode::Final);
    CHECK(story.wait(std::chrono::hours{24}).empty());
}

TEST_CASE("documents whose times run ahead don't keep a run that is over from its rest", "[connection]")
{
    Story story{false};
    story.start();
    story.wait(seconds{2});
    for (int second = 0; second < 400; ++second) {
        if (story.c.run_fetch != 0)
            story.tell(RunFetched{.id = story.c.run_fetch, .run_over = true, .look_until = story.now + kAfterFailure});
        story.wait(seconds{1});
    }
    CHECK(mode_of(story.c) == Mode::Final);
    CHECK_FALSE(next_timer(story.c));
}

TEST_CASE("a server that asks to wait is asked nothing before", "[connection]")
{
    SECTION("polled: the poll waits, and so does a press of Refresh")
    {
        Story story{false};
        story.start();
        story.wait(seconds{2});
        story.tell(AskedToWait{seconds{30}});
        story.tell(RunFetchFailed{story.c.run_fetch});
        CHECK(waits_as_told(story.c));
        CHECK(story.tell(RefreshAsked{}).empty());
        CHECK(story.tell(RetryAsked{}).empty());
        CHECK(story.wait(seconds{30} - Duration{1}).empty());
        CHECK(run_fetches(story.wait(Duration{1})) == 1);
        CHECK_FALSE(waits_as_told(story.c));
        story.answer_run();
        CHECK(run_fetches(story.wait_with_answers(seconds{20})) == 10);
    }
    SECTION("loading: it is loaded as soon as it may be")
    {
        Story story;
        story.tell(Started{});
        story.tell(AskedToWait{seconds{30}});
        story.tell(RunFetchFailed{1});
        CHECK(mode_of(story.c) == Mode::Error);
        CHECK(story.tell(RetryAsked{}).empty());
        CHECK(story.wait(seconds{30} - Duration{1}).empty());
        CHECK(run_fetches(story.wait(Duration{1})) == 1);
        CHECK(mode_of(story.c) == Mode::Loading);
    }
    SECTION("live: the stream stays, and is not doubted for it")
    {
        Story story;
        story.go_live();
        story.wait(seconds{30});
        story.tell(AskedToWait{seconds{60}});
        story.tell(RunFetchFailed{story.c.run_fetch});
        CHECK(story.wait(seconds{60} - Duration{1}).empty());
        CHECK(mode_of(story.c) == Mode::Live);
        CHECK(run_fetches(story.wait(Duration{1})) == 1);
    }
    SECTION("the stream: neither it nor the run is asked for; the browser's own reopening is called off")
    {
        Story story;
        story.go_live();
        story.wait_with_answers(seconds{20});
        story.lose_stream(true);
        story.answer_run();
        Effects const told = story.tell(AskedToWait{seconds{30}});
        CHECK(effects_of<CloseStream>(told).size() == 1);
        CHECK(story.wait(seconds{30} - Duration{1}).empty());
        CHECK(story.c.retry_at == story.c.wait_until);
        Effects const then = story.wait(Duration{1});
        CHECK(run_fetches(then) == 1);
        CHECK(effects_of<OpenStream>(then).size() == 1);
    }
    SECTION("the stream's address: one that comes meanwhile is not used")
    {
        Story story{true, Profile::App};
        story.start();
        REQUIRE(story.c.url_fetch != 0);
        story.tell(AskedToWait{seconds{30}});
        CHECK(story.tell(StreamUrlFetched{story.c.url_fetch, "https://api/s?token=1"}).empty());
        CHECK(story.wait(seconds{30} - Duration{1}).empty());
        auto const fetches = effects_of<Fetch>(story.wait(Duration{1}));
        CHECK(std::ranges::count(fetches, "/run/stream", &Fetch::url) == 1);
    }
    SECTION("another run of the same server waits as well")
    {
        Story story;
        story.go_live();
        story.tell(AskedToWait{seconds{30}});
        story.tell(RunLeft{});
        CHECK(story.tell(Started{}).empty());
        CHECK(story.wait(seconds{30} - Duration{1}).empty());
        CHECK(effects_of<Fetch>(story.wait(Duration{1})).size() == 1);
    }
    SECTION("a paused run is asked for when somebody has pressed Refresh meanwhile, once")
    {
        Story story;
        story.go_live();
        story.tell(PauseAsked{});
        story.tell(AskedToWait{seconds{30}});
        CHECK(story.tell(RefreshAsked{}).empty());
        CHECK(run_fetches(story.wait_with_answers(seconds{600})) == 1);
        CHECK(mode_of(story.c) == Mode::Paused);
    }
    SECTION("no longer than an hour")
    {
        Story story{false};
        story.start();
        story.tell(AskedToWait{std::chrono::hours{24 * 365}});
        CHECK(story.c.wait_until == story.now + kLongestWait);
    }
}

TEST_CASE("a stream that asks for a wait of its own is tried later; the run is polled meanwhile", "[connection]")
{
    Story story;
    story.start();
    story.tell(StreamWasLost{story.c.stream, false, seconds{90}});
    CHECK(story.c.retry_at == story.now + seconds{90});
    Effects const meanwhile = story.wait_with_answers(seconds{90} - Duration{1});
    CHECK(effects_of<OpenStream>(meanwhile).empty());
    CHECK(run_fetches(meanwhile) >= 44);
    CHECK(effects_of<OpenStream>(story.wait(Duration{1})).size() == 1);
}

TEST_CASE("a last fetch that comes too early is repeated, a few times", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(RunEnded{});
    std::size_t fetches = 1;
    for (int i = 0; i < 20; ++i) {
        if (story.c.run_fetch != 0)
            story.tell(RunFetched{.id = story.c.run_fetch, .run_over = false});
        fetches += run_fetches(story.wait(seconds{20}));
    }
    CHECK(fetches == 5);
    CHECK_FALSE(next_timer(story.c));
    CHECK(run_fetches(story.tell(RefreshAsked{})) == 1); // by hand it goes on
}

TEST_CASE("a last fetch that fails is repeated, less and less often, until it succeeds", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(RunEnded{});
    for (int const delay : {3, 6, 12, 24, 48, 60, 120, 240, 300, 300}) {
        REQUIRE(story.c.run_fetch != 0);
        story.tell(RunFetchFailed{story.c.run_fetch});
        CHECK(next_timer(story.c) == story.now + seconds{delay});
        story.wait(seconds{delay});
    }
    story.answer_run(true);
    CHECK(story.wait(seconds{3600}).empty());
}

TEST_CASE("a poll that finds the run over stops the polling", "[connection]")
{
    Story story{false};
    story.start();
    story.wait(seconds{2});
    story.answer_run(true);
    CHECK(mode_of(story.c) == Mode::Final);
    CHECK(story.wait(seconds{60}).empty());
}

TEST_CASE("pause stops stream and polling, resume fetches first", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    CHECK(story.tell(PauseAsked{}) == Effects{CloseStream{stream}});
    CHECK(mode_of(story.c) == Mode::Paused);
    CHECK(story.wait(seconds{600}).empty());
    Effects const resumed = story.tell(ResumeAsked{});
    REQUIRE(resumed.size() == 1);
    CHECK(run_fetches(resumed) == 1);
    CHECK(effects_of<OpenStream>(story.tell(RunFetched{story.c.run_fetch, false})).size() == 1);
}

TEST_CASE("pause while polling gives up the fetch under way", "[connection]")
{
    Story story{false};
    story.start();
    story.wait(seconds{2});
    RequestId const fetch = story.c.run_fetch;
    CHECK(story.tell(PauseAsked{}) == Effects{AbortFetch{fetch}});
    CHECK(story.wait(seconds{60}).empty());
}

TEST_CASE("resuming without network keeps trying", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(PauseAsked{});
    story.tell(ResumeAsked{});
    CHECK(effects_of<OpenStream>(story.tell(RunFetchFailed{story.c.run_fetch})).size() == 1);
    CHECK(mode_of(story.c) != Mode::Error);
    CHECK(run_fetches(story.wait(seconds{2})) == 1);
}

TEST_CASE("while live a fetch every thirty seconds checks the stream", "[connection]")
{
    Story story;
    story.go_live();
    CHECK(run_fetches(story.wait_with_answers(seconds{95})) == 3);
    CHECK(mode_of(story.c) == Mode::Live);
}

TEST_CASE("events that come in time spare the check, for four minutes", "[connection]")
{
    Story story;
    story.go_live();
    bool const timely = GENERATE(true, false);
    std::size_t fetches = 0;
    for (int second = 0; second < 600; second += 5) {
        story.tell(StreamSpoke{timely});
        fetches += run_fetches(story.wait_with_answers(seconds{5}));
    }
    CHECK(fetches == (timely ? 2U : 20U));
    // After the last of them it is thirty seconds again.
    fetches = run_fetches(story.wait_with_answers(seconds{31}));
    CHECK(fetches == 1);
}

TEST_CASE("live is doubtful while the server does not answer, until it or the stream is heard again", "[connection]")
{
    Story story;
    story.go_live();
    story.wait(seconds{30});
    REQUIRE(story.c.run_fetch != 0);
    story.wait(seconds{4});
    CHECK(mode_of(story.c) == Mode::Live);
    story.wait(seconds{1});
    CHECK(mode_of(story.c) == Mode::Polling);
    CHECK(story.c.phase == Phase::Live); // the stream may be all right
    SECTION("a message comes")
    {
        story.tell(StreamSpoke{true});
        CHECK(mode_of(story.c) == Mode::Live);
    }
    SECTION("the answer comes")
    {
        story.answer_run();
        CHECK(mode_of(story.c) == Mode::Live);
    }
    SECTION("the answer is an error: it is asked again soon")
    {
        story.tell(RunFetchFailed{story.c.run_fetch});
        CHECK(mode_of(story.c) == Mode::Polling);
        CHECK(run_fetches(story.wait(seconds{2})) == 1);
    }
    SECTION("no answer comes at all: the stream is replaced, it may hold the connection that an answer needs")
    {
        CHECK(effects_of<CloseStream>(story.wait(seconds{25})).size() == 1);
        CHECK(story.c.phase == Phase::Backoff);
    }
}

TEST_CASE("a mute stream is lost, and has to bring news before it is live again", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const mute = story.c.stream;
    story.wait_with_answers(seconds{40});
    CHECK(effects_of<CloseStream>(story.tell(StreamWentMute{"the end of a step"})) == std::vector{CloseStream{mute}});
    CHECK(mode_of(story.c) == Mode::Polling);
    CHECK(story.c.retry_at == story.now + seconds{3});
    story.wait_with_answers(seconds{3});
    story.open_stream();
    CHECK(story.c.phase == Phase::Probation);
    CHECK(mode_of(story.c) == Mode::Polling);
    story.answer_run();
    CHECK(run_fetches(story.wait_with_answers(seconds{20})) == 10); // polled on
    SECTION("it brings news")
    {
        story.tell(StreamBroughtNews{});
        CHECK(mode_of(story.c) == Mode::Live);
        CHECK(run_fetches(story.wait_with_answers(seconds{9})) == 0);
        CHECK(run_fetches(story.wait_with_answers(seconds{1})) == 1); // trusted, but checked soon
    }
    SECTION("it stays mute: the tries go on, up to the end")
    {
        int tries = 0;
        for (; !gave_up(story.c); ++tries) {
            story.tell(StreamWentMute{"the end of a step"});
            story.wait_with_answers(backoff(story.c.tries));
            story.open_stream();
        }
        CHECK(tries == 5);
        CHECK(story.c.phase == Phase::Probation);
        story.tell(StreamWentMute{"the end of a step"});
        CHECK(story.c.retry_at == story.now + seconds{120});
    }
    SECTION("it is lost like any other")
    {
        story.lose_stream(true);
        CHECK(story.c.retry_at == story.now + seconds{6});
    }
}

TEST_CASE("a stream that was trusted for a minute before it went mute starts the tries afresh", "[connection]")
{
    Story story;
    story.go_live();
    story.lose_stream(); // at once: a try that counts
    story.wait_with_answers(seconds{3});
    story.open_stream();
    REQUIRE(story.c.tries == 1);
    SECTION("after a minute")
    {
        story.wait_with_answers(seconds{60});
        story.tell(StreamWentMute{"the end of a step"});
        CHECK(story.c.tries == 1);
    }
    SECTION("after less")
    {
        story.wait_with_answers(seconds{60} - Duration{1});
        story.tell(StreamWentMute{"the end of a step"});
        CHECK(story.c.tries == 2);
    }
}

TEST_CASE("without room for another stream the run is polled until there is", "[connection]")
{
    Story story;
    story.start();
    StreamId const stream = story.c.stream;
    story.tell(StreamMustWait{stream});
    CHECK(mode_of(story.c) == Mode::Polling);
    Effects const meanwhile = story.wait_with_answers(seconds{300});
    CHECK(run_fetches(meanwhile) >= 149);
    CHECK(effects_of<OpenStream>(meanwhile).empty());
    CHECK(effects_of<CloseStream>(meanwhile).empty());
    story.tell(StreamDidOpen{stream});
    CHECK(mode_of(story.c) == Mode::Live);
    CHECK(story.c.tries == 0);
}

TEST_CASE("a hidden tab gives its stream back after a while and looks after the run now and then", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    story.tell(VisibilityChanged{false});
    CHECK(effects_of<CloseStream>(story.wait_with_answers(seconds{44})).empty());
    CHECK(effects_of<CloseStream>(story.wait_with_answers(seconds{1})) == std::vector{CloseStream{stream}});
    CHECK(story.c.phase == Phase::Asleep);
    CHECK(run_fetches(story.wait_with_answers(seconds{300})) == 10);
    SECTION("shown again, it fetches at once and goes live")
    {
        CHECK(run_fetches(story.tell(VisibilityChanged{true})) == 1);
        CHECK(mode_of(story.c) == Mode::Loading);
        CHECK(effects_of<OpenStream>(story.tell(RunFetched{story.c.run_fetch, false})).size() == 1);
    }
    SECTION("the run ends meanwhile")
    {
        story.wait(seconds{30});
        story.tell(RunFetched{story.c.run_fetch, true});
        CHECK(mode_of(story.c) == Mode::Final);
        CHECK(story.wait(seconds{600}).empty());
    }
    SECTION("paused before it was hidden, it stays so")
    {
        story.tell(VisibilityChanged{true});
        story.answer_run();
        story.tell(PauseAsked{});
        story.tell(VisibilityChanged{false});
        CHECK(story.wait(seconds{600}).empty());
        CHECK(story.tell(VisibilityChanged{true}).empty());
        CHECK(mode_of(story.c) == Mode::Paused);
    }
}

TEST_CASE("a tab that is only left for a moment keeps its stream", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(VisibilityChanged{false});
    story.wait_with_answers(seconds{20});
    CHECK(story.tell(VisibilityChanged{true}).empty());
    CHECK(effects_of<CloseStream>(story.wait_with_answers(seconds{60})).empty());
}

TEST_CASE("a tab that was hidden before its run was there sleeps as soon as it is", "[connection]")
{
    Story story;
    story.tell(Started{});
    story.tell(VisibilityChanged{false});
    story.wait(seconds{29});
    story.tell(RunFetchFailed{story.c.run_fetch});
    CHECK(story.c.phase == Phase::Failed);
    story.tell(RetryAsked{});
    story.wait(seconds{20});
    CHECK(story.tell(RunFetched{story.c.run_fetch, false}).empty());
    CHECK(story.c.phase == Phase::Asleep);
}

TEST_CASE("after all was given up, the stream is tried when the tab comes back", "[connection]")
{
    Story story;
    story.go_live();
    for (int i = 0; i < 6; ++i) {
        story.lose_stream();
        story.wait_with_answers(seconds{48});
    }
    REQUIRE(gave_up(story.c));
    REQUIRE(story.c.phase == Phase::Polling);
    story.tell(VisibilityChanged{false});
    CHECK(effects_of<OpenStream>(story.tell(VisibilityChanged{true})).size() == 1);
}

TEST_CASE("without a network no tries are wasted; when it is back the stream is opened at once", "[connection]")
{
    Story story;
    story.go_live();
    CHECK(run_fetches(story.tell(NetworkChanged{false})) == 1); // proves it
    story.tell(RunFetchFailed{story.c.run_fetch});
    story.wait(seconds{5} - Duration{1});
    CHECK(mode_of(story.c) == Mode::Live); // it may not concern this connection
    if (story.c.run_fetch != 0)
        story.tell(RunFetchFailed{story.c.run_fetch});
    story.wait(seconds{2});
    CHECK(mode_of(story.c) == Mode::Polling);
    if (story.c.run_fetch != 0)
        story.tell(RunFetchFailed{story.c.run_fetch});
    story.lose_stream(true);
    for (int second = 0; second < 100; ++second) {
        CHECK(effects_of<OpenStream>(story.wait(seconds{1})).empty());
        if (story.c.run_fetch != 0)
            story.tell(RunFetchFailed{story.c.run_fetch});
    }
    SECTION("the platform says that it is back")
    {
        Effects const back = story.tell(NetworkChanged{true});
        CHECK(effects_of<OpenStream>(back).size() == 1);
        CHECK(run_fetches(back) == 1);
        CHECK(story.c.tries == 0);
    }
    SECTION("an answer shows that it was there all the time")
    {
        story.wait(seconds{10});
        REQUIRE(story.c.run_fetch != 0);
        CHECK(effects_of<OpenStream>(story.tell(RunFetched{story.c.run_fetch, false})).size() == 1);
    }
}

TEST_CASE("the return of the network loads what could not be loaded", "[connection]")
{
    Story story;
    story.tell(NetworkChanged{false});
    story.tell(Started{});
    story.tell(RunFetchFailed{story.c.run_fetch});
    REQUIRE(story.c.phase == Phase::Failed);
    CHECK(run_fetches(story.tell(NetworkChanged{true})) == 1);
    CHECK(story.c.phase == Phase::Loading);
}

TEST_CASE(
    "a stream and a hanging request of a network that is gone are replaced when another one is there", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    story.tell(NetworkChanged{false});
    RequestId const hanging = story.c.run_fetch;
    Effects const back = story.tell(NetworkChanged{true});
    CHECK(effects_of<CloseStream>(back) == std::vector{CloseStream{stream}});
    CHECK(effects_of<AbortFetch>(back) == std::vector{AbortFetch{hanging}});
    CHECK(effects_of<OpenStream>(back).size() == 1);
    CHECK(run_fetches(back) == 1);
}

TEST_CASE("a server that fails for long is asked less often", "[connection]")
{
    Story story{false};
    story.start();
    std::vector<Instant> asked;
    for (int i = 0; i < 15; ++i) {
        while (story.c.run_fetch == 0)
            story.wait(seconds{1});
        asked.push_back(story.now);
        story.tell(RunFetchFailed{story.c.run_fetch});
    }
    CHECK(asked[9] - asked[8] == seconds{2});
    CHECK(asked[11] - asked[10] == seconds{10});
    while (story.c.run_fetch == 0)
        story.wait(seconds{1});
    story.answer_run();
    CHECK(run_fetches(story.wait(seconds{2})) == 1);
}

TEST_CASE("a document that lags is followed by others, a few times", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(RefreshAsked{});
    std::size_t fetches = 0;
    for (int second = 0; second < 20; ++second) {
        if (story.c.run_fetch != 0)
            story.tell(RunFetched{.id = story.c.run_fetch, .run_over = false, .lags = true});
        fetches += run_fetches(story.wait(seconds{1}));
    }
    CHECK(fetches == 3);
    CHECK(mode_of(story.c) == Mode::Live);
}

TEST_CASE("a run that goes on after its end was told is followed again", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(RunEnded{});
    story.answer_run(true);
    story.tell(RefreshAsked{});
    Effects const effects
        = story.tell(RunFetched{.id = story.c.run_fetch, .run_over = false, .lags = false, .goes_on = true});
    CHECK(effects_of<OpenStream>(effects).size() == 1);
    CHECK(mode_of(story.c) != Mode::Final);
}

TEST_CASE("a hanging request is replaced when somebody asks again", "[connection]")
{
    Story story{false};
    story.start();
    story.wait(seconds{2});
    RequestId const hanging = story.c.run_fetch;
    story.wait(seconds{5});
    Effects const asked = story.tell(RefreshAsked{});
    CHECK(effects_of<AbortFetch>(asked) == std::vector{AbortFetch{hanging}});
    CHECK(run_fetches(asked) == 1);
}

TEST_CASE("refresh fetches once, also while paused, and not twice at a time", "[connection]")
{
    Story story;
    story.go_live();
    CHECK(run_fetches(story.tell(RefreshAsked{})) == 1);
    CHECK(story.tell(RefreshAsked{}).empty());
    story.answer_run();
    story.tell(PauseAsked{});
    CHECK(run_fetches(story.tell(RefreshAsked{})) == 1);
    story.answer_run();
    CHECK(mode_of(story.c) == Mode::Paused);
    CHECK(story.wait(seconds{60}).empty());
}

TEST_CASE("a step that the model lacks is asked for, also behind a fetch under way", "[connection]")
{
    Story story;
    story.go_live();
    CHECK(run_fetches(story.tell(StepWentMissing{})) == 1);
    CHECK(story.tell(StepWentMissing{}).empty());
    CHECK(run_fetches(story.tell(RunFetched{story.c.run_fetch, false})) == 1);
    CHECK(story.tell(RunFetched{story.c.run_fetch, false}).empty());
}

TEST_CASE(
    "whatever happens in whatever order, there is never more than one stream and one fetch of the run", "[connection]")
{
    std::uint32_t const seed = GENERATE(range(1U, 60U));
    std::uint32_t random = seed * 2654435761U;
    auto const pick = [&random](std::uint32_t below) {
        random = random * 1664525U + 1013904223U;
        return (random >> 8U) % below;
    };
    Story story{true, seed % 2 == 0 ? Profile::Api : Profile::App};
    story.tell(Started{});
    for (int i = 0; i < 400; ++i) {
        Connection const& c = story.c;
        switch (pick(26)) {
        case 0:
            story.tell(RunFetched{c.run_fetch, pick(60) == 0});
            break;
        case 1:
            story.tell(RunFetchFailed{c.run_fetch});
            break;
        case 2:
            story.tell(StreamUrlFetched{c.url_fetch, "/s"});
            break;
        case 3:
            story.tell(StreamUrlRefused{c.url_fetch});
            break;
        case 4:
            story.tell(StreamDidOpen{c.stream});
            break;
        case 5:
            story.tell(StreamWasLost{c.stream, pick(2) == 0});
            break;
        case 6:
            story.tell(StepWentMissing{});
            break;
        case 7:
            story.tell(RefreshAsked{});
            break;
        case 8:
            story.tell(PauseAsked{});
            break;
        case 9:
            story.tell(ResumeAsked{});
            break;
        case 10:
            story.tell(RetryAsked{});
            break;
        case 11:
            story.tell(StreamDidOpen{pick(50)});
            break;
        case 12:
            story.tell(VisibilityChanged{pick(2) == 0});
            break;
        case 13:
            story.tell(NetworkChanged{pick(3) != 0});
            break;
        case 14:
            story.tell(StreamWentMute{"the end of a step"});
            break;
        case 15:
            story.tell(StreamBroughtNews{});
            break;
        case 16:
            story.tell(StreamMustWait{c.stream});
            break;
        case 17:
            story.tell(StreamSpoke{pick(2) == 0});
            break;
        case 18:
            story.tell(AskedToWait{std::chrono::milliseconds{pick(9000)}});
            break;
        case 19:
            story.tell(WorkChanged{pick(2) == 0});
            break;
        case 20:
            if (pick(8) == 0)
                story.tell(RunFetched{.id = c.run_fetch, .run_over = true, .look_until = story.now + kAfterFailure});
            break;
        case 21:
            story.tell(RunGoesOn{});
            break;
        default:
            story.wait(std::chrono::milliseconds{pick(5000)});
            break;
        }
        // What the platform has to hold open after all effects so far.
        std::size_t const streams
            = effects_of<OpenStream>(story.all).size() - effects_of<CloseStream>(story.all).size();
        CHECK(streams <= 1);
        CHECK((streams == 1) == (c.stream != 0));
        CHECK((c.phase != Phase::Live || c.stream != 0));
        bool const quiet = c.phase == Phase::Paused || c.phase == Phase::Final || c.phase == Phase::Failed
            || c.phase == Phase::Asleep;
        CHECK((!quiet || c.stream == 0));
        // Wherever updates are wanted, something is under way or due.
        bool const follows = c.phase != Phase::Paused && c.phase != Phase::Final && c.phase != Phase::Failed;
        CHECK((!follows || c.run_fetch != 0 || c.poll_at || c.check_at));
        // And a stream that is wanted is under way, due, or waits for a network.
        bool const wants_stream = c.phase == Phase::Backoff || c.phase == Phase::Polling;
        CHECK((!wants_stream || c.stream != 0 || c.retry_at || !c.online));
    }
}

TEST_CASE("streaming can be switched off and on while a run is watched", "[connection]")
{
    Story story;
    story.go_live();
    StreamId const stream = story.c.stream;
    Effects const off = story.tell(StreamingChanged{false});
    CHECK(effects_of<CloseStream>(off) == std::vector<CloseStream>{{stream}});
    CHECK(effects_of<Fetch>(off).size() == 1);
    CHECK(mode_of(story.c) == Mode::Polling);
    CHECK(effects_of<OpenStream>(story.wait_with_answers(seconds{120})).empty());
    CHECK(story.tell(StreamingChanged{false}).empty());
    CHECK(effects_of<OpenStream>(story.tell(StreamingChanged{true})).size() == 1);
}

TEST_CASE("the flag counts for a paused run when it is resumed", "[connection]")
{
    Story story;
    story.go_live();
    story.tell(PauseAsked{});
    CHECK(story.tell(StreamingChanged{false}).empty());
    story.tell(ResumeAsked{});
    story.answer_run();
    CHECK(mode_of(story.c) == Mode::Polling);
}
