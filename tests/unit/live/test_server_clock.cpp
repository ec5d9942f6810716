#include "shared/live/server_clock.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using pev::test::at;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("clocks that agree within a second are taken as equal", "[live][clock]")
{
    ServerClock clock;
    CHECK(clock.offset() == Duration{0});
    clock.observe_date(at(10), at(10.2), at(10.4));
    clock.observe_event(at(10.4), at(10.5));
    CHECK(clock.offset() == Duration{0});
}

TEST_CASE("a server that is minutes ahead is found out, closer with each answer", "[live][clock]")
{
    ServerClock clock;
    Duration const ahead = minutes{5};
    clock.observe_date(at(300), at(0.1), at(0.9));
    CHECK(clock.offset() > ahead - seconds{1});
    CHECK(clock.offset() < ahead + seconds{1});
    clock.observe_event(at(302.50), at(2.52)); // 20 ms on the way
    CHECK(clock.offset() >= ahead - milliseconds{20});
    CHECK(clock.offset() < ahead + seconds{1});
    CHECK(clock.server_time(at(4)) >= at(303.98));
}

TEST_CASE("a server that is behind is found out too", "[live][clock]")
{
    ServerClock clock;
    clock.observe_date(at(0), at(120.0), at(120.1));
    CHECK(clock.offset() < -seconds{118});
    CHECK(clock.offset() > -seconds{121});
}

TEST_CASE("a replayed event of long ago says nothing about the clock", "[live][clock]")
{
    ServerClock clock;
    clock.observe_event(at(0), at(7200));
    CHECK(clock.offset() == Duration{0});
}

TEST_CASE("one event with a wrong stamp does not move the clock", "[live][clock]")
{
    ServerClock clock;
    clock.observe_date(at(10), at(10.2), at(10.4));
    clock.observe_event(at(1e9), at(10.5));
    CHECK(clock.offset() == Duration{0});
}

TEST_CASE("a clock that was set meanwhile is believed", "[live][clock]")
{
    ServerClock clock;
    clock.observe_date(at(10), at(10.2), at(10.4));
    clock.observe_date(at(3610), at(12.2), at(12.4));
    CHECK(clock.offset() > minutes{59});
    clock.observe_date(at(14), at(14.2), at(14.4));
    CHECK(clock.offset() == Duration{0});
}

TEST_CASE("a machine that stamps events may be ten minutes off the one that answers; what is beyond is a mistake",
    "[live][clock]")
{
    ServerClock clock;
    clock.observe_date(at(0), at(-0.2), at(0.1));
    SECTION("nine minutes ahead: its events happened as much later than its quickest one as they are stamped later")
    {
        clock.observe_event(at(540.000001), at(0));
        CHECK(clock.happened_by(at(545.000001), at(20)) == at(5));
    }
    SECTION("eleven: others are placed as if it had not been")
    {
        clock.observe_event(at(660), at(0));
        CHECK(clock.happened_by(at(5.000001), at(20)) > at(4));
        CHECK(clock.happened_by(at(5.000001), at(20)) < at(6));
    }
}

TEST_CASE(
    "what is stamped in whole seconds happened up to one later than its stamp, and not after it came", "[live][clock]")
{
    ServerClock clock;
    clock.observe_event(at(10), at(10)); // quick: the clocks agree
    CHECK(clock.happened_by(at(20), at(20.75)) == at(20.75));
    CHECK(clock.happened_by(at(20), at(40)) > at(20.99));
    CHECK(clock.happened_by(at(20), at(40)) < at(21));
    CHECK(clock.happened_if_exact(at(20), at(20.75)) == at(20));
    CHECK(clock.happened_by(at(20.123), at(40)) < at(20.124));
}

TEST_CASE("a stamp that the server's clock has not reached is known as such", "[live][clock]")
{
    ServerClock clock;
    CHECK(clock.latest_stamp(at(0)) > at(600)); // it may be ours that is wrong
    CHECK(clock.latest_stamp(at(0)) < at(3600));
    clock.observe_date(at(300), at(-0.1), at(0.1));
    CHECK(clock.latest_stamp(at(10)) > at(310));
    CHECK(clock.latest_stamp(at(10)) < at(313));
    clock.observe_event(at(3600), at(0));
    CHECK(clock.latest_stamp(at(10)) < at(313));
    clock.observe_event(at(540), at(0)); // by the clock of another machine
    CHECK(clock.latest_stamp(at(10)) >= at(550));
}
