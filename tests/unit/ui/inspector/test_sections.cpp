#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kInspector = region("Step inspector");

// Tall enough for all sections at once.
class Inspector : public Headless {
public:
    explicit Inspector(std::string const& file, char const* step) : Headless(1440, 3'000)
    {
        answer_with_file(file);
        click(option(step));
    }

    Locator header(char const* section) const { return heading(section).within(kInspector); }
    void open(char const* section)
    {
        if (get(button(section).within(kInspector)).states.collapsed)
            click(button(section).within(kInspector));
    }
};

} // namespace

TEST_CASE("the inspector is headed by the step's name, key and state", "[ui][inspector]")
{
    Inspector const screen{"live-run.final.json", "Research outlets"};
    CHECK(screen.sees(heading("Research outlets").within(kInspector)));
    CHECK(screen.sees(text("research").within(kInspector)));
    CHECK(screen.get(any(Role::Status).within(kInspector)).name == "success");
}

TEST_CASE("the status section tells state, attempt, times, worker, and what a step waits for", "[ui][inspector]")
{
    Inspector screen{"failed-run.json", "Enrich journalists"};
    CHECK(screen.definition_of("State", kInspector) == "failed");
    CHECK(screen.definition_of("Attempt", kInspector) == "3 / 3");
    CHECK(screen.definition_of("Started", kInspector) == "14:03:20");
    CHECK(screen.definition_of("Completed", kInspector) == "14:03:23");
    CHECK(screen.definition_of("Duration", kInspector) == "3.4s");
    CHECK(screen.definition_of("Worker", kInspector) == "worker-2");
    screen.click(button("Status").within(kInspector));
    CHECK(screen.get(screen.header("Status")).value.find("failed") != std::string::npos);
    CHECK_FALSE(screen.sees(Locator{Role::Term, "Attempt"}.within(kInspector)));
}

TEST_CASE("an error shows its message and stack, and is copied with its stack", "[ui][inspector]")
{
    Inspector screen{"failed-run.json", "Enrich journalists"};
    CHECK(screen.sees(alert("Request failed with status code 429").within(kInspector)));
    CHECK(screen.sees(text(containing("at settle (api/handler.js:41:12)")).within(kInspector)));
    screen.click(button("Copy Error"));
    CHECK(screen.clipboard().find("processTicksAndRejections") != std::string::npos);
    CHECK(screen.clipboard().find("Request failed with status code 429") != std::string::npos);
}

TEST_CASE("an error that is a text is shown as it is; a step without one has no such section", "[ui][inspector]")
{
    Inspector screen{"quirks-run.json", "error is a string"};
    CHECK(screen.sees(alert("socket hang up").within(kInspector)));
    screen.click(option("Output is 0"));
    CHECK_FALSE(screen.sees(screen.header("Error")));
}

TEST_CASE("a log shows its lines, is counted, and copied whole", "[ui][inspector][log]")
{
    Inspector screen{"failed-run.json", "Enrich journalists"};
    CHECK(screen.get(screen.header("Logs")).value == "3 lines");
    std::string const lines
        = "attempt 1: 429, retry after 1000 ms\nattempt 2: 429, retry after 2000 ms\nattempt 3: 429, giving up\n";
    CHECK(screen.get(any(Role::Log)).value == lines);
    screen.click(button("Copy Logs"));
    CHECK(screen.clipboard() == lines);
    screen.click(button("Logs").within(kInspector));
    CHECK(screen.count(Role::Log) == 0);
}

TEST_CASE("a log that grows is followed, until the reader scrolls up, and again from its end", "[ui][inspector][log]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(option("Research outlets"));
    CHECK(screen.get(heading("Logs")).value == "no lines yet");
    auto const newest_is_in_sight = [&](int number) {
        return screen.get(any(Role::Log)).value.find("line " + std::to_string(number) + "\n") != std::string::npos;
    };
    for (int i = 1; i <= 80; ++i)
        send_log(screen, "research", "line " + std::to_string(i));
    CHECK(newest_is_in_sight(80));
    CHECK(screen.state().view.follow_log);

    screen.wheel(any(Role::Log), {0, -200});
    CHECK_FALSE(screen.state().view.follow_log);
    CHECK_FALSE(newest_is_in_sight(80));
    send_log(screen, "research", "line 81");
    CHECK_FALSE(newest_is_in_sight(81));

    screen.wait(1s); // another movement of the wheel
    screen.wheel(any(Role::Log), {0, 100'000});
    CHECK(screen.state().view.follow_log);
    send_log(screen, "research", "line 82");
    CHECK(newest_is_in_sight(82));
}

TEST_CASE("long lines wrap when asked to", "[ui][inspector][log]")
{
    Headless screen{720, 3'000};
    screen.answer(200, run_of(step_of("a", R"("logs":[")" + std::string(400, 'x') + R"(","second"])")));
    float const before = screen.get(any(Role::Log)).rect.h;
    screen.click(toggle("Wrap"));
    CHECK(screen.get(toggle("Wrap")).states.pressed);
    CHECK(screen.get(any(Role::Log)).rect.h > before);
}

TEST_CASE("input and output are trees that fold, or text, and are copied as the server wrote them", "[ui][inspector]")
{
    Inspector screen{"quirks-run.json", "Numbers at the edges"};
    Locator const tree = any(Role::Tree).within(kInspector);
    CHECK(screen.get(tree_item("max").within(tree)).value == "9007199254740993");
    CHECK(screen.get(tree_item("tiny").within(tree)).value == "1e-320");
    screen.click(button("Copy Output"));
    CHECK(screen.clipboard().find("9007199254740993") != std::string::npos);
    screen.click(toggle("Output as text"));
    CHECK(screen.count(tree) == 0);
    CHECK(screen.sees(text(containing("9007199254740993")).within(kInspector)));
    screen.click(toggle("Output as tree"));
    CHECK(screen.count(tree) == 1);
}

TEST_CASE("a node of a tree opens by click, and shows what is in it", "[ui][inspector]")
{
    Inspector screen{"live-run.final.json", "Research outlets"};
    Locator const outlets = tree_item("outlets");
    CHECK(screen.get(outlets).states.collapsed);
    std::size_t const before = screen.count(Role::TreeItem);
    screen.click(outlets);
    CHECK(screen.get(outlets).states.expanded);
    CHECK(screen.count(Role::TreeItem) > before);
    screen.click(outlets);
    CHECK(screen.count(Role::TreeItem) == before);
}

TEST_CASE("values that are nearly nothing are shown as what they are", "[ui][inspector]")
{
    Inspector screen{"quirks-run.json", "Output is 0"};
    CHECK(screen.sees(button("Output").within(kInspector)));
    CHECK(screen.sees(text("0\n").within(kInspector)) != screen.sees(Locator{Role::TreeItem, ""}));
    screen.click(option("Output is an empty string"));
    CHECK(screen.sees(button("Output").within(kInspector)));
}

TEST_CASE("a section that has nothing in it says so and can't be opened", "[ui][inspector]")
{
    Inspector const screen{"failed-run.json", "Load dataset"};
    for (char const* const section : {"Logs", "Collaboration", "Episodic memory"}) {
        CHECK(screen.get(screen.header(section)).value == "none");
        CHECK_FALSE(screen.sees(button(section).within(kInspector)));
    }
}

TEST_CASE("a personality tells its name, description and traits", "[ui][inspector]")
{
    Inspector screen{"live-run.final.json", "Draft angle: business press"};
    screen.open("Personality");
    CHECK(screen.get(screen.header("Personality")).value == "Concise Writer · concise-writer");
    CHECK(screen.sees(text("Short sentences, one idea each.").within(kInspector)));
    CHECK(screen.sees(definition("friendly").within(kInspector)));
    CHECK(screen.sees(definition("concise").within(kInspector)));
}

TEST_CASE("a collaboration tells who said what to whom, and the shared state", "[ui][inspector]")
{
    Inspector screen{"live-run.final.json", "Draft angle: business press"};
    CHECK(screen.get(screen.header("Collaboration")).value.find("3 messages") != std::string::npos);
    CHECK(screen.get(screen.header("Collaboration")).value.find("agent") != std::string::npos);
    screen.open("Collaboration");
    CHECK(screen.get(heading("angle-biz to research")).value.find("request") != std::string::npos);
    CHECK(screen.get(heading("research to angle-biz")).value.find("response") != std::string::npos);
    CHECK(screen.get(heading("angle-biz to compliance")).value.find("escalation") != std::string::npos);
    CHECK(screen.get(tree_item("ask")).value == "\"outline for business press\"");
    CHECK(screen.sees(heading("Shared state")));
    CHECK(screen.get(tree_item("chosenOutlets")).value == "6");
}

TEST_CASE("memories show their content, not their embeddings", "[ui][inspector]")
{
    Inspector screen{"live-run.final.json", "Draft angle: business press"};
    screen.open("Episodic memory");
    CHECK(screen.sees(tree_item("text").nth(0)));
    CHECK(screen.dump().find("Draft 1 scored lower on evidence than on tone") != std::string::npos);
    CHECK(screen.dump().find("-0.92159") == std::string::npos);
}

TEST_CASE("the worker is named in a line, and told about in its section", "[ui][inspector]")
{
    Inspector screen{"failed-run.json", "Enrich journalists"};
    CHECK(screen.get(screen.header("Worker")).value == "worker-2");
    screen.open("Worker");
    CHECK(screen.definition_of("Worker ID", kInspector) == "worker-2");
    CHECK(screen.definition_of("Worked for", kInspector) == "3.4s");
}

TEST_CASE("sections stay as they were folded when another step is selected, which starts at its top", "[ui][inspector]")
{
    Headless screen{1440, 600};
    screen.answer_with_file("live-run.final.json");
    screen.click(option("Research outlets"));
    screen.click(button("Input").within(kInspector));
    screen.wheel(kInspector, {0, 5'000});
    CHECK_FALSE(screen.sees(button("Status").within(kInspector)));
    screen.click(option("Load campaign brief"));
    CHECK(screen.get(button("Status").within(kInspector)).states.expanded);
    screen.scroll_to(button("Input").within(kInspector), kInspector);
    CHECK(screen.get(button("Input").within(kInspector)).states.expanded);
}

TEST_CASE("a running step shows new facts as they come", "[ui][inspector]")
{
    Headless screen{1440, 3'000, live_run()};
    go_live(screen);
    screen.click(option("Collect brand assets"));
    CHECK(screen.definition_of("State", kInspector) == "running");
    send(screen, "step.completed", "assets", R"({"status":"SUCCESS","result":{"logos":3}})");
    CHECK(screen.definition_of("State", kInspector) == "success");
    CHECK(screen.get(tree_item("logos")).value == "3");
}
