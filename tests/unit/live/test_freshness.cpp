#include "shared/live/freshness.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

Connection in_phase(Phase phase)
{
    Connection connection;
    connection.phase = phase;
    connection.has_run = true;
    return connection;
}

// Live in silence since at(0), and lost at at(20).
Connection after_loss()
{
    Connection connection = in_phase(Phase::Live);
    connection.stream = 1;
    connection.live_since = connection.heard_at = at(0);
    advance(connection, StreamWasLost{.id = 1, .browser_reopens = true}, at(20));
    REQUIRE(connection.run_fetch != 0);
    return connection;
}

constexpr Duration kMoment{1};

} // namespace

TEST_CASE("without a stream what is shown is fresh for five seconds", "[freshness]")
{
    Connection const connection = in_phase(Phase::Polling);
    CHECK_FALSE(freshness_of(connection, at(0), at(5) - kMoment).stale);
    CHECK_FALSE(freshness_of(connection, at(0), at(5) - kMoment).known_until);
    CHECK(freshness_of(connection, at(0), at(0)).changes_at == at(5));
    CHECK(freshness_of(connection, at(0), at(5)).stale);
    CHECK(freshness_of(connection, at(0), at(5)).known_until == at(0));
}

TEST_CASE("a silent stream that is lost had proved nothing: timers stop at once, and it is old after three seconds",
    "[freshness]")
{
    Connection const connection = after_loss();
    Freshness const at_once = freshness_of(connection, at(0), at(20));
    CHECK_FALSE(at_once.stale);
    CHECK(at_once.known_until == at(20));
    CHECK(at_once.changes_at == at(23));
    CHECK_FALSE(freshness_of(connection, at(0), at(23) - kMoment).stale);
    Freshness const later = freshness_of(connection, at(0), at(23));
    CHECK(later.stale);
    CHECK(later.known_until == at(0));
}

TEST_CASE("what was heard shortly before the loss of a stream is fresh for its five seconds", "[freshness]")
{
    Connection const connection = after_loss();
    CHECK_FALSE(freshness_of(connection, at(18), at(23) - kMoment).known_until);
    CHECK(freshness_of(connection, at(18), at(23)).stale);
}

TEST_CASE("a fetch that fails after the loss of a silent stream shows at once how old everything is", "[freshness]")
{
    Connection connection = after_loss();
    advance(connection, RunFetchFailed{connection.run_fetch}, at(20.1));
    CHECK(freshness_of(connection, at(0), at(20.1)).stale);
    CHECK(freshness_of(connection, at(0), at(20.1)).known_until == at(0));
    advance(connection, TimerRang{}, at(22.1));
    REQUIRE(connection.run_fetch != 0);
    CHECK(freshness_of(connection, at(0), at(22.2)).stale);
}

TEST_CASE("what is loaded again after a pause is old after three seconds without an answer", "[freshness]")
{
    Connection connection = in_phase(Phase::Paused);
    CHECK_FALSE(freshness_of(connection, at(0), at(100)).stale);
    CHECK(freshness_of(connection, at(0), at(100)).known_until == at(0));
    advance(connection, ResumeAsked{}, at(100));
    CHECK_FALSE(freshness_of(connection, at(0), at(103) - kMoment).stale);
    CHECK(freshness_of(connection, at(0), at(101)).changes_at == at(103));
    CHECK(freshness_of(connection, at(0), at(103)).stale);
}
