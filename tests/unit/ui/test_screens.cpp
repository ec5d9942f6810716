#include "tests/unit/ui/headless.h"

#include "ui/semantics.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace pev;
using pev::test::Headless;
using ui::Role;

namespace {

void check_sound(Headless const& screen, float width, float height)
{
    std::set<std::uint32_t> ids;
    for (ui::SemanticNode const& node : screen.nodes()) {
        INFO(ui::role_word(node.role) << " '" << node.name << "'");
        CHECK(ids.insert(node.id).second);
        CHECK(node.rect.w > 0);
        CHECK(node.rect.h > 0);
        CHECK(node.rect.x >= 0);
        CHECK(node.rect.y >= 0);
        CHECK(node.rect.x + node.rect.w <= width + 0.5f);
        CHECK(node.rect.y + node.rect.h <= height + 0.5f);
    }
}

std::string as_json(std::string const& text)
{
    return json_quote(text);
}

// A finished run of one step after the other, with these names.
std::string run_with_names(std::vector<std::string> const& names)
{
    std::string steps;
    for (std::size_t i = 0; i < names.size(); ++i)
        steps += (i == 0 ? "" : ",") + std::string{R"({"id":"s","key":"k)"} + std::to_string(i) + R"(","name":)"
            + as_json(names[i])
            + R"(,"type":"AGENT","state":"success","status":"SUCCEEDED","attempt":0,"maxAttempts":3,"logs":[]})";
    return R"({"success":true,"data":{"id":"run-1","playbookName":)" + as_json(names.front())
        + R"(,"state":"success","status":"SUCCEEDED","steps":[)" + steps + "]}}";
}

} // namespace

TEST_CASE("what the first picture has no use for is left out until its code is there", "[ui]")
{
    auto const narrow = GENERATE(false, true);
    Headless screen{narrow ? 420.0f : 1440.0f, 900};
    screen.session().begin_incomplete();
    screen.answer_with_file("failed-run.json");
    screen.type("?");
    CHECK(screen.count(Role::Option) > 0);
    CHECK(screen.count(Role::Dialog) == 0);
    CHECK(screen.find(Role::Button, "Status") == nullptr);
    CHECK(screen.count(Role::SearchBox) == 0);
    screen.session().complete(screen.now());
    screen.settle();
    CHECK(screen.count(Role::Dialog) == 1);
    CHECK(screen.count(Role::SearchBox) == 1);
    CHECK((screen.find(Role::Button, "Status") != nullptr) == !narrow);
}

TEST_CASE("every recorded run is drawn soundly at every width", "[ui]")
{
    auto const file = GENERATE(as<std::string>{}, "failed-run.json", "live-run.final.json", "quirks-run.json");
    auto const width = GENERATE(320.0f, 420.0f, 699.0f, 700.0f, 720.0f, 1024.0f, 1440.0f, 2560.0f);
    Headless screen{width, 900};
    screen.answer_with_file(file);
    screen.settle();
    CHECK(screen.find(Role::Listbox, "Execution timeline") != nullptr);
    CHECK(screen.count(Role::Option) > 0);
    check_sound(screen, width, 900);
}

TEST_CASE("each step's inspector is drawn soundly with all sections open", "[ui]")
{
    auto const file = GENERATE(as<std::string>{}, "failed-run.json", "live-run.final.json", "quirks-run.json");
    auto const width = GENERATE(420.0f, 1440.0f);
    Headless screen{width, 2000};
    screen.answer_with_file(file);
    for (std::size_t section = 0; section < kSections; ++section) {
        if (!screen.session().state().view.open[section])
            screen.session().act(ToggleSection{static_cast<Section>(section)}, test::at(120));
    }
    std::size_t const steps = screen.session().state().run->steps.size();
    for (std::size_t i = 0; i < steps; ++i) {
        screen.session().act(SelectStep{screen.session().state().run->steps[i].key}, test::at(120));
        screen.settle();
        CHECK(screen.find(Role::Region, "Step inspector") != nullptr);
        check_sound(screen, width, 2000);
    }
}

TEST_CASE("names may hold anything", "[ui]")
{
    std::string const control = std::string{"a"} + '\x01' + "b\x1b[31mc" + '\x7f';
    std::string const right_to_left = "\u202E right to left: שלום";
    std::vector<std::string> const names{
        std::string(10'000, 'x'), "## ### %s %n %d", control, "", "\n\n\n", right_to_left, std::string(3'000, ' ')};
    auto const width = GENERATE(320.0f, 1440.0f);
    Headless screen{width, 900};
    screen.answer(200, run_with_names(names));
    screen.settle();
    CHECK(screen.find(Role::Option, "## ### %s %n %d") != nullptr);
    check_sound(screen, width, 900);
}

TEST_CASE("a run that can't be shown says why, in the server's words, and offers a retry", "[ui]")
{
    Headless screen;
    screen.settle();
    CHECK(screen.find(Role::Status, "Loading the run…") != nullptr);
    screen.answer(404, R"({"success":false,"error":{"code":"NOT_FOUND","message":"Playbook run not found"}})");
    screen.settle();
    CHECK(screen.find(Role::Alert, "The run was not found") != nullptr);
    CHECK(screen.find(Role::Text, "Playbook run not found") != nullptr);
    screen.click(Role::Button, "Retry");
    screen.answer_with_file("failed-run.json");
    screen.settle();
    CHECK(screen.find(Role::Heading, "Journalist enrichment") != nullptr);
}

TEST_CASE("a failed run leads to the failed step", "[ui]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.settle();
    screen.click(Role::Button, "Go to failed step");
    CHECK(screen.session().state().view.selected_step == "enrich");
    REQUIRE(screen.find(Role::Option, "Enrich journalists") != nullptr);
    CHECK(screen.find(Role::Option, "Enrich journalists")->states.selected);
}

TEST_CASE("the arrow keys walk the list", "[ui]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.settle();
    auto const selected = [&] { return screen.session().state().view.selected_step; };
    CHECK(selected() == "enrich"); // the one that failed
    screen.press(ImGuiKey_UpArrow);
    CHECK(selected() == "load");
    screen.press(ImGuiKey_DownArrow);
    CHECK(selected() == "enrich");
    screen.press(ImGuiKey_End);
    CHECK(selected() == "report");
    screen.press(ImGuiKey_UpArrow);
    CHECK(selected() == "score");
    screen.press(ImGuiKey_Home);
    CHECK(selected() == "load");
}

TEST_CASE("a slash enters the search, what is typed filters, Escape leaves it standing", "[ui]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.settle();
    screen.type("/");
    screen.type("outlets");
    CHECK(screen.session().state().view.filter.search == "outlets");
    CHECK(screen.count(Role::Option) == 1);
    screen.press(ImGuiKey_Escape);
    CHECK(screen.session().state().view.filter.search == "outlets");
    CHECK_FALSE(screen.find(Role::SearchBox, "Search steps, logs, output")->states.focused);
    screen.click(Role::Button, "Clear filters");
    CHECK(screen.count(Role::Option) == 4);
}

TEST_CASE("Tab goes through the search and out of it again, both ways", "[ui]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.settle();
    auto const in_search = [&] { return screen.find(Role::SearchBox, "Search steps, logs, output")->states.focused; };
    int tabs = 0;
    while (!in_search() && tabs++ < 20)
        screen.press(ImGuiKey_Tab);
    CHECK(in_search());
    screen.press(ImGuiKey_Tab);
    CHECK_FALSE(in_search());
    screen.press(ImGuiKey_Tab);
    CHECK_FALSE(in_search());
    // On and round.
    for (tabs = 0; !in_search() && tabs < 100; ++tabs)
        screen.press(ImGuiKey_Tab);
    CHECK(in_search());
    CHECK(tabs > 5);
}

TEST_CASE("a narrow screen shows the list or the step", "[ui]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    screen.settle();
    CHECK(screen.find(Role::Region, "Step inspector") == nullptr);
    screen.click(Role::Option, "Enrich journalists");
    CHECK(screen.find(Role::Region, "Step inspector") != nullptr);
    CHECK(screen.count(Role::Option) == 0);
    screen.click(Role::Button, "All steps");
    CHECK(screen.count(Role::Option) == 4);
}

TEST_CASE("sections fold, and a closed one says what is in it", "[ui]")
{
    Headless screen;
    screen.answer_with_file("live-run.final.json");
    screen.settle();
    REQUIRE(screen.find(Role::Button, "Input") != nullptr);
    CHECK(screen.find(Role::Button, "Input")->states.collapsed);
    CHECK_FALSE(screen.find(Role::Heading, "Input")->value.empty());
    screen.click(Role::Button, "Input");
    CHECK(screen.find(Role::Button, "Input")->states.expanded);
}

TEST_CASE("a finished run asks for no further frame, a live one for a beat and the next second", "[ui]")
{
    Headless finished;
    finished.answer_with_file("failed-run.json");
    finished.settle();
    finished.wait(std::chrono::seconds{5}); // notices that show for a moment are gone
    finished.settle();
    CHECK_FALSE(finished.frame().next_frame_at);

    Headless live;
    live.environment.reduced_motion = true;
    live.answer_with_file("live-run.initial.json");
    live.open_stream();
    live.settle();
    live.wait(std::chrono::seconds{5});
    live.settle();
    auto const next = live.frame().next_frame_at;
    REQUIRE(next);
    CHECK(*next <= test::at(126));
}

TEST_CASE("paused updates stop every timer", "[ui]")
{
    Headless screen;
    screen.answer_with_file("live-run.initial.json");
    screen.open_stream();
    screen.settle();
    screen.click(Role::Button, "Pause updates");
    screen.wait(std::chrono::seconds{5});
    screen.settle();
    CHECK(screen.find(Role::Status, "Paused") != nullptr);
    CHECK_FALSE(screen.frame().next_frame_at);
    screen.click(Role::Button, "Resume updates");
    CHECK(screen.session().state().mode() != Mode::Paused);
}
