// Steps that share their keys, as a reader meets them: each has its row, its place in the inspector, its log and its link.
#include "tests/unit/ui/headless.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace pev;
using namespace pev::test;
using ui::Role;

namespace {

// Three rounds, two sides of a condition, and keys that an address would swallow.
std::string document()
{
    auto const step = [](std::string const& id, std::string const& key, std::string const& name,
                          std::string const& state, std::string const& more) {
        return R"({"id":")" + id + R"(","key":")" + key + R"(","name":")" + name + R"(","type":"API","state":")" + state
            + R"(","attempt":0,"maxAttempts":3,"logs":["log of )" + id + R"("])" + more + "}";
    };
    auto const times = [](std::string const& from, std::string const& to) {
        return R"(,"startedAt":"2026-11-20T14:00:)" + from + R"(Z")"
            + (to.empty() ? "" : R"(,"completedAt":"2026-11-20T14:00:)" + to + R"(Z")");
    };
    return R"({"success":true,"data":{"id":"run-1","playbookName":"Rounds","state":"running",)"
           R"("startedAt":"2026-11-20T14:00:00Z","steps":[)"
        + step("1", "enrich", "Enrich", "success", times("01", "05")) + ","
        + step("2", "enrich", "Enrich", "failed", times("06", "10")) + ","
        + step("3", "enrich", "Enrich", "running", times("11", "")) + "," + step("4", "notify", "Notify", "skipped", "")
        + "," + step("5", "notify", "Notify", "queued", "") + "," + step("6", "..", "Dots", "queued", "") + ","
        + step("7", "", "Nameless", "queued", "") + "]}}";
}

} // namespace

TEST_CASE("steps of one key are selected, read and exported each for itself", "[ui][twins]")
{
    Headless screen;
    screen.answer(200, document());
    CHECK(screen.count(Role::Option) == 7);
    auto const inspector = region("Step inspector");
    for (std::size_t round = 0; round < 3; ++round) {
        screen.click(option("Enrich").nth(round));
        std::string const number = std::to_string(round + 1);
        CHECK(screen.state().selected() == &screen.state().run->steps[round]);
        CHECK(screen.get(option("Enrich").nth(round)).states.selected);
        CHECK(std::ranges::count_if(screen.nodes(), [](ui::SemanticNode const& node) {
            return node.role == Role::Option && node.states.selected;
        }) == 1);
        CHECK(screen.get(option("Enrich").nth(round)).value.find("round " + number) != std::string::npos);
        CHECK(screen.sees(text("round " + number).within(inspector)));
        CHECK(screen.dump().find("log of " + number) != std::string::npos);
        CHECK(screen.dump().find("log of " + std::to_string(round == 0 ? 2 : round)) == std::string::npos);
        RunExport file{ExportKind::StepLogText, *screen.state().run, screen.state().view.selected_step};
        std::string written;
        file.write(1'000, written);
        CHECK(written == "log of " + number + "\n");
        CHECK(screen.address() == (round == 0 ? "step=enrich" : "step=enrich~" + number));
    }
    screen.press(ImGuiKey_DownArrow);
    CHECK(screen.state().view.selected_step == "notify");
    CHECK_FALSE(screen.sees(text("round 1").within(inspector))); // sides of a condition
}

TEST_CASE("a link leads to one of several steps of a key", "[ui][twins]")
{
    Options options;
    options.step = "enrich~2";
    Headless screen{1440, 900, options};
    screen.answer(200, document());
    CHECK(screen.get(option("Enrich").nth(1)).states.selected);
    CHECK(screen.dump().find("log of 2") != std::string::npos);
}

TEST_CASE("a step with an empty key is selected when it is, and not when nothing is", "[ui][twins]")
{
    Headless screen;
    screen.answer(200, document());
    CHECK_FALSE(screen.get(option("Nameless")).states.selected);
    screen.click(option("Nameless"));
    CHECK(screen.get(option("Nameless")).states.selected);
    CHECK(screen.state().selected()->id == "7");
    CHECK(screen.address() == "step=~1");
}

TEST_CASE("an event goes to the round that runs, and no step of several is asked for alone", "[ui][twins]")
{
    Headless screen;
    screen.answer(200, document());
    screen.open_stream();
    screen.answer(200, document());
    screen.click(option("Enrich").nth(2));
    screen.send("step.completed",
        R"({"type":"step.completed","runId":"run-1","stepKey":"enrich","timestamp":"2026-11-20T14:00:20Z",)"
        R"("payload":{"status":"SUCCESS","completedAt":"2026-11-20T14:00:20Z","result":{"round":3}}})");
    CHECK(screen.state().run->steps[2].state.kind == ExecutionState::Success);
    CHECK(screen.state().run->steps[1].state.kind == ExecutionState::Failed);
    for (Effect const& effect : screen.platform().effects) {
        auto const* const fetch = std::get_if<Fetch>(&effect);
        CHECK((fetch == nullptr || fetch->url.find("/steps/") == std::string::npos));
    }
}
