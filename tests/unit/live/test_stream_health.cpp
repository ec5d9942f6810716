#include "shared/live/stream_health.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

constexpr Duration kMoment{1};

// A stream that has been open since at(0) and whose gap is closed. At at(30) a document says more than it has told.
StreamHealth behind(StepRun const& known, StepRun const& fetched)
{
    StreamHealth health;
    health.opened(at(0));
    health.compare(run_with({known}), run_with({known}), at(0), at(0.1));
    health.compare(run_with({known}), run_with({fetched}), at(29.9), at(30));
    return health;
}

StepRun running(std::initializer_list<std::string_view> lines = {})
{
    StepRun found = step("research", ExecutionState::Running);
    found.logs = log_of(lines);
    return found;
}

} // namespace

TEST_CASE("what a document tells the stream must have told four seconds later", "[health]")
{
    StreamHealth const health = behind(running(), step("research", ExecutionState::Success));
    CHECK(health.next_timer() == at(34));
    CHECK_FALSE(health.judge(at(34) - kMoment));
    CHECK(health.judge(at(34)) == "the end of research");
}

TEST_CASE("a stream that tells it in time is well", "[health]")
{
    StreamHealth health = behind(running(), step("research", ExecutionState::Success));
    health.heard(event(StepCompleted{.step_key = "research", .completed_at = {}, .result = {}, .duration = {}}));
    CHECK_FALSE(health.next_timer());
    CHECK_FALSE(health.judge(at(60)));
}

TEST_CASE("starts and log lines are missed as well, what events do not tell is not", "[health]")
{
    CHECK(behind(step("research"), running()).judge(at(34)) == "the start of research");
    CHECK(behind(running({"one"}), running({"one", "two"})).judge(at(34)) == "a log line of research");
    CHECK_FALSE(behind(step("research"), step("research", ExecutionState::Skipped)).next_timer());
    CHECK_FALSE(behind(step("research"), step("research")).next_timer());
}

TEST_CASE("what is missed is missed since it was missed first", "[health]")
{
    StepRun const known = running();
    StepRun const ended = step("research", ExecutionState::Success);
    StreamHealth health = behind(known, ended);
    health.compare(run_with({known}), run_with({ended}), at(31), at(32));
    CHECK(health.next_timer() == at(34));
}

TEST_CASE("the first document behind an opening closes the gap before it and proves nothing", "[health]")
{
    RunModel const known = run_with({running()});
    RunModel const ended = run_with({step("research", ExecutionState::Success)});
    StreamHealth health;
    health.compare(known, ended, at(1), at(2)); // no stream is open
    health.opened(at(10));
    health.compare(known, ended, at(9), at(11)); // was asked for before
    health.compare(known, ended, at(12), at(13));
    CHECK_FALSE(health.next_timer());
    health.compare(known, ended, at(14), at(15));
    CHECK(health.next_timer() == at(19));
    health.closed();
    CHECK_FALSE(health.next_timer());
}
