// Which step is which: rounds of a loop, sides of a condition, keys that look like names of the viewer's.
#include "shared/run/merge.h"
#include "shared/run/order.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

constexpr DocumentTimes kLater{
    .sent = Instant{std::chrono::hours{24 * 365 * 60}}, .received = Instant{std::chrono::hours{24 * 365 * 60}}};

StepRun twin(std::string const& key, std::string const& id, ExecutionState state = ExecutionState::Queued)
{
    StepRun made = step(key, state);
    made.id = id;
    return made;
}

StepRun began_at(StepRun step, double from, std::optional<double> to = {})
{
    step.started_at = at(from);
    if (to)
        step.completed_at = at(*to);
    return step;
}

std::vector<std::string> refs(RunModel const& run)
{
    std::vector<std::string> names;
    for (StepRun const& step : run.steps)
        names.push_back(step.ref);
    return names;
}

std::string id_by_key(RunModel const& run, std::string_view key, std::optional<Instant> when = {})
{
    StepRun const* const found = run.find_by_key(key, when);
    return found == nullptr ? "none" : found->id;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("each step has a name of its own: its key, and of several of one key the number", "[run][twins]")
{
    RunModel const run = run_with({step("a"), step("b"), step("b"), step("b"), step("a")});
    CHECK(refs(run) == Names{"a", "b", "b~2", "b~3", "a~2"});
    for (StepRun const& each : run.steps)
        CHECK(run.find(each.ref) == &each);
    CHECK(run.find("b~4") == nullptr);
    CHECK(run.find("") == nullptr);
}

TEST_CASE("a key that looks like the name of a second step keeps it, and an empty key has a name", "[run][twins]")
{
    CHECK(refs(run_with({step("x"), step("x"), step("x~2"), step("x")})) == Names{"x", "x~3", "x~2", "x~4"});
    CHECK(refs(run_with({step(""), step("~1"), step("")})) == Names{"~2", "~1", "~3"});
    RunModel const run = run_with({step("x"), step("x"), step("x~2")});
    CHECK(run.find_by_key("x~2") == &run.steps[2]);
    CHECK(run.find_by_key("x~3") == nullptr); // that is a name of ours
    CHECK(run_with({step("")}).find_by_key("")->ref == "~1");
}

TEST_CASE("names stay while steps come, go and change places", "[run][twins]")
{
    RunModel run = run_with({twin("x", "A"), twin("x", "B"), twin("y", "C")});
    merge(run, run_with({twin("y", "C"), twin("x", "new"), twin("x", "B"), twin("x", "A")}), kLater);
    CHECK(run.find("x")->id == "A");
    CHECK(run.find("x~2")->id == "B");
    CHECK(run.find("x~3")->id == "new");
    merge(run, run_with({twin("x", "B"), twin("y", "C")}), kLater);
    CHECK(run.find("x~2")->id == "B");
    CHECK(run.steps.size() == 2);
}

TEST_CASE("an event goes to the step of its key that is not over, else to the newest", "[run][twins]")
{
    using enum ExecutionState;
    RunModel const rounds = run_with({began_at(twin("x", "1", Success), 1, 2), began_at(twin("x", "2", Failed), 3, 4),
        began_at(twin("x", "3", Running), 5), twin("x", "4")});
    CHECK(id_by_key(rounds, "x") == "3");
    RunModel const waiting = run_with({began_at(twin("x", "1", Success), 1, 2), twin("x", "2"), twin("x", "3")});
    CHECK(id_by_key(waiting, "x") == "2");
    RunModel const over = run_with(
        {began_at(twin("x", "1", Success), 5, 6), began_at(twin("x", "2", Failed), 3, 4), twin("x", "3", Skipped)});
    CHECK(id_by_key(over, "x") == "1");
    RunModel const sides = run_with({twin("x", "small", Skipped), twin("x", "large")});
    CHECK(id_by_key(sides, "x") == "large");
    CHECK(id_by_key(sides, "y") == "none");
}

TEST_CASE("what was said before a round began is about the one before", "[run][twins]")
{
    using enum ExecutionState;
    RunModel const run
        = run_with({began_at(twin("x", "1", Success), 1, 10), began_at(twin("x", "2", Running), 12), twin("y", "3")});
    CHECK(id_by_key(run, "x", at(9)) == "1");
    CHECK(id_by_key(run, "x", at(11.5)) == "2"); // two clocks
    CHECK(id_by_key(run, "x", at(30)) == "2");
}

TEST_CASE("events of one key reach each of its steps in turn", "[run][reduce][twins]")
{
    RunModel run = run_with({twin("x", "1"), twin("x", "2")});
    auto const tell = [&](Event what, double second) { return reduce(run, event(std::move(what), at(second))); };
    for (int round = 0; round < 2; ++round) {
        double const begin = 1 + 10.0 * round;
        tell(StepUpdated{.step_key = "x", .status = "RUNNING", .attempt = 0, .started_at = at(begin)}, begin);
        tell(StepLogAppended{.step_key = "x",
                 .level = LogLevel::Info,
                 .text = "round " + std::to_string(round + 1),
                 .at = at(begin + 1)},
            begin + 1);
        tell(
            StepCompleted{
                .step_key = "x", .completed_at = at(begin + 2), .result = std::to_string(round), .duration = {}},
            begin + 2);
    }
    CHECK(texts(run.steps[0].logs) == Names{"round 1"});
    CHECK(texts(run.steps[1].logs) == Names{"round 2"});
    CHECK(run.steps[0].output == "0");
    CHECK(run.steps[1].output == "1");
    CHECK(run.progress.completed == 2);
}

TEST_CASE("documents are matched by id, then by key and place", "[run][merge][twins]")
{
    using Matches = std::vector<std::uint32_t>;
    auto const match = [](std::vector<StepRun> known, std::vector<StepRun> fetched) {
        return match_steps(run_with(std::move(known)), run_with(std::move(fetched)));
    };
    CHECK(match({twin("x", "A"), twin("x", "B")}, {twin("x", "B"), twin("x", "A")}) == Matches{1, 0});
    CHECK(match({twin("x", "A")}, {twin("x", "new"), twin("x", "A")}) == Matches{kNoStep, 0});
    CHECK(match({twin("x", "A"), twin("x", "B")}, {twin("x", "C")}) == Matches{kNoStep});
    // Where ids tell nothing: none, or the same for all.
    CHECK(match({step("x"), step("y"), step("x")}, {step("x"), step("x"), step("x"), step("y")})
        == Matches{0, 2, kNoStep, 1});
    CHECK(match({twin("x", "1"), twin("x", "1"), twin("y", "1")}, {twin("y", "1"), twin("x", "1"), twin("x", "1")})
        == Matches{2, 0, 1});
    // The only one of its key stays it, whatever its id.
    CHECK(match({twin("x", "A"), step("y")}, {twin("x", "B"), twin("y", "C")}) == Matches{0, 1});
}

TEST_CASE("equal keys keep their logs apart in a document", "[run][merge][twins]")
{
    RunModel run = run_with({twin("x", "A"), twin("x", "B")});
    RunModel fetched = run_with({twin("x", "B"), twin("x", "A")});
    fetched.steps[0].logs = log_of({"of B"});
    fetched.steps[1].logs = log_of({"of A"});
    merge(run, std::move(fetched), kLater);
    CHECK(texts(run.find("x")->logs) == Names{"of A"});
    CHECK(texts(run.find("x~2")->logs) == Names{"of B"});
}

TEST_CASE(
    "a round that began before any document told of it is no new attempt of the one before", "[run][merge][twins]")
{
    auto const first = [] { return began_at(twin("x", "1", ExecutionState::Success), 1, 2); };
    RunModel run = run_with({first()});
    run.steps[0].logs = log_of({"round 1"});
    run.steps[0].known_until = at(2);
    auto const tell = [&](Event what, double second) {
        RunEvent told = event(std::move(what), at(second));
        told.happened_by = at(second);
        reduce(run, told);
    };
    tell(StepUpdated{.step_key = "x", .status = "RUNNING", .attempt = 0, .started_at = at(5)}, 5);
    tell(StepLogAppended{.step_key = "x", .level = LogLevel::Info, .text = "round 2", .at = at(6)}, 6);
    RunModel fetched = run_with({first(), began_at(twin("x", "2", ExecutionState::Running), 5)});
    fetched.steps[0].logs = log_of({"round 1"});
    fetched.steps[1].logs = log_of({"round 2"});
    merge(run, std::move(fetched), {.sent = at(6), .received = at(6)});
    CHECK(run.find("x")->state.kind == ExecutionState::Success);
    CHECK(run.find("x")->started_at == at(1));
    CHECK(texts(run.find("x")->logs) == Names{"round 1"});
    CHECK(run.find("x~2")->state.kind == ExecutionState::Running);
    CHECK(texts(run.find("x~2")->logs) == Names{"round 2"});
}

TEST_CASE("a line that was written while a round ran is of that round", "[run][reduce][twins]")
{
    RunModel run = run_with({began_at(twin("x", "1", ExecutionState::Success), 1, 2),
        began_at(twin("x", "2", ExecutionState::Success), 5, 8), twin("x", "3")});
    auto const tell = [&](std::string text, double second) {
        reduce(run,
            event(StepLogAppended{.step_key = "x", .level = LogLevel::Info, .text = std::move(text), .at = at(second)},
                at(9)));
    };
    tell("round 2", 6);
    tell("round 1", 1.5);
    tell("soon", 9);
    CHECK(texts(run.find("x")->logs) == Names{"round 1"});
    CHECK(texts(run.find("x~2")->logs) == Names{"round 2"});
    CHECK(texts(run.find("x~3")->logs) == Names{"soon"});
}

TEST_CASE("the document of one step goes to the one of its id, or to none", "[run][merge][twins]")
{
    RunModel run = run_with({twin("x", "A"), twin("x", "B")});
    for (std::string const id : {"B", "C", ""}) {
        StepRun alone = twin("x", id);
        alone.output = "\"" + id + "\"";
        merge_step(run, std::move(alone), kLater);
    }
    CHECK(run.find("x")->output.empty());
    CHECK(run.find("x~2")->output == "\"B\"");
}

TEST_CASE("a dependency means the nearest step of its key before", "[run][twins]")
{
    RunModel const run = run_with({step("x"), step("y"), step("x"), step("y"), step("z")});
    CHECK(run.find_dependency("x", 1) == &run.steps[0]);
    CHECK(run.find_dependency("x", 3) == &run.steps[2]);
    CHECK(run.find_dependency("y", 3) == &run.steps[1]); // its own round before
    CHECK(run.find_dependency("z", 0) == &run.steps[4]); // the only one
    CHECK(run.find_dependency("y", 0) == &run.steps[1]);
    CHECK(run.find_dependency("gone", 3) == nullptr);
}

TEST_CASE("no step is asked for alone at an address that may be another one", "[run][twins]")
{
    for (std::string const key : {"", ".", "..", "a/b", "/", "a\\b"}) {
        RunModel const run = run_with({step(key), step("fine")});
        INFO(key);
        CHECK_FALSE(run.can_be_asked_alone(run.steps[0]));
        CHECK(run.can_be_asked_alone(run.steps[1]));
    }
    RunModel const run = run_with({step("x"), step("x"), step("..."), step("a?b#c%2F")});
    CHECK_FALSE(run.can_be_asked_alone(run.steps[0]));
    CHECK_FALSE(run.can_be_asked_alone(run.steps[1]));
    CHECK(run.can_be_asked_alone(run.steps[2]));
    CHECK(run.can_be_asked_alone(run.steps[3]));
}
