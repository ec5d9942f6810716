#include "shared/view/format.h"
#include "tests/unit/ui/stories.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kLog = any(Role::Log);

std::string logs(std::vector<std::string> const& lines)
{
    std::string json;
    for (std::string const& line : lines)
        json += (json.empty() ? "" : ",") + json_quote(line);
    return R"("logs":[)" + json + "]";
}

// One finished step with this log.
class LogScreen : public Headless {
public:
    explicit LogScreen(std::vector<std::string> const& lines, float width = 1440) : Headless(width, 900)
    {
        answer(200, run_of(step_of("a", logs(lines))));
    }

    std::string shown() const { return get(kLog).value; }
    // In the terminal's first column of text, in this row; with `right`, far behind the text.
    ImVec2 place(int row, bool right = false) const
    {
        ui::Rect const rect = get(kLog).rect;
        return {rect.x + (right ? rect.w - 20 : 50), rect.y + 19 * static_cast<float>(row) + 9};
    }
    void enter_log() { click_at(place(0, true)); }
    void find(std::string_view text)
    {
        click(toggle("Find in logs"));
        type(text);
    }
    std::string count_words() const { return get(any(Role::Status).within(region("Step inspector")).nth(1)).name; }
};

std::vector<std::string> numbered(int count)
{
    std::vector<std::string> lines;
    for (int i = 1; i <= count; ++i)
        lines.push_back("line " + std::to_string(i));
    return lines;
}

} // namespace

TEST_CASE("finding in a log counts the matches and walks through them, forth and back", "[ui][log]")
{
    LogScreen screen{{"retry one", "other", "Retry two, retry three"}};
    screen.find("retry");
    CHECK(screen.get(search_box("Find in logs")).states.focused);
    CHECK(screen.count_words() == "1 of 3");
    screen.press(ImGuiKey_Enter);
    CHECK(screen.count_words() == "2 of 3");
    screen.press(ImGuiKey_Enter);
    screen.press(ImGuiKey_Enter);
    CHECK(screen.count_words() == "1 of 3");
    screen.press(ImGuiKey_Enter, ImGuiMod_Shift);
    CHECK(screen.count_words() == "3 of 3");
    screen.click(button("Previous match"));
    CHECK(screen.count_words() == "2 of 3");
    screen.click(button("Next match"));
    CHECK(screen.count_words() == "3 of 3");
    screen.click(search_box("Find in logs"));
    screen.type("x");
    CHECK(screen.count_words() == "no matches");
    screen.click(button("Close find"));
    CHECK_FALSE(screen.sees(search_box("Find in logs")));
}

TEST_CASE("a match can be read in any colours that the log has chosen", "[ui][log]")
{
    // The line under it is in its ink; these tests have no letters.
    LogScreen screen{{"\x1b[4;38;2;111;95;46;48;2;233;201;77mneedle\x1b[0m"}};
    auto const in_that_ink = [] {
        std::ptrdiff_t corners = 0;
        for (ImDrawList const* const list : ImGui::GetDrawData()->CmdLists)
            corners += std::ranges::count(list->VtxBuffer, IM_COL32(111, 95, 46, 255), &ImDrawVert::col);
        return corners;
    };
    CHECK(in_that_ink() == 4);
    screen.find("needle");
    CHECK(screen.count_words() == "1 of 1");
    CHECK(in_that_ink() == 0);
    screen.type("x");
    CHECK(in_that_ink() == 4);
}

TEST_CASE("a match far away is scrolled to", "[ui][log]")
{
    std::vector<std::string> lines = numbered(2'000);
    lines[20] = "the needle";
    LogScreen screen{lines};
    CHECK(screen.shown().find("line 2000\n") != std::string::npos);
    screen.find("needle");
    CHECK(screen.shown().find("the needle") != std::string::npos);
    CHECK(screen.shown().find("line 2000\n") == std::string::npos);
    // What is typed on is found from there.
    screen.type("!");
    CHECK(screen.count_words() == "no matches");
}

TEST_CASE("a match in a long line is scrolled to, sideways", "[ui][log]")
{
    LogScreen screen{{std::string(3'000, '.') + "needle" + std::string(100, '.')}};
    screen.find("needle");
    CHECK(screen.count_words() == "1 of 1");
    ImGuiWindow const* found = nullptr;
    for (ImGuiWindow const* const window : ImGui::GetCurrentContext()->Windows) {
        if (window->Scroll.x > 1'000)
            found = window;
    }
    CHECK(found != nullptr);
}

TEST_CASE("Ctrl+F is taken while the log has the focus, and given back on Escape", "[ui][log]")
{
    LogScreen screen{{"one", "two"}};
    CHECK_FALSE(screen.last_frame().takes_reading_keys);
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl);
    CHECK_FALSE(screen.sees(search_box("Find in logs")));

    screen.enter_log();
    CHECK(screen.last_frame().takes_reading_keys);
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl);
    CHECK(screen.get(search_box("Find in logs")).states.focused);
    CHECK(screen.last_frame().takes_reading_keys);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(search_box("Find in logs")));
    CHECK_FALSE(screen.last_frame().takes_reading_keys);

    screen.enter_log();
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.last_frame().takes_reading_keys);
}

TEST_CASE("the arrows belong to the list of steps until the log has the focus", "[ui][log]")
{
    Headless screen;
    screen.answer(200, run_of(step_of("a", logs(numbered(200))) + "," + step_of("b", logs(numbered(200)))));
    screen.press(ImGuiKey_DownArrow);
    CHECK(screen.state().view.selected_step == "b");
    ui::Rect const rect = screen.get(kLog).rect;
    screen.click_at({rect.x + 200, rect.y + 30});
    std::string const end = screen.get(kLog).value;
    screen.press(ImGuiKey_UpArrow);
    CHECK(screen.state().view.selected_step == "b");
    CHECK(screen.get(kLog).value != end);
    screen.press(ImGuiKey_Home);
    CHECK(screen.get(kLog).value.starts_with("line 1\n"));
    screen.press(ImGuiKey_End);
    CHECK(screen.get(kLog).value == end);
    screen.press(ImGuiKey_Escape);
    screen.click(option("b"));
    screen.press(ImGuiKey_UpArrow);
    CHECK(screen.state().view.selected_step == "a");
}

TEST_CASE("a drag selects text across lines, and Ctrl+C copies it from the data, without colours", "[ui][log]")
{
    LogScreen screen{{"first", "\x1b[32mgreen\x1b[0m second", "third"}};
    CHECK(screen.shown() == "first\ngreen second\nthird\n");
    ImVec2 const from = screen.place(0);
    screen.drag(from, screen.place(1, true) - from);
    CHECK(screen.last_frame().takes_copy);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "first\ngreen second");
    // A click elsewhere takes the selection back.
    screen.click(heading("a").nth(0));
    CHECK_FALSE(screen.last_frame().takes_copy);
}

TEST_CASE("a double click selects a word, a triple click the line", "[ui][log]")
{
    LogScreen screen{{"worker-3 started", "second"}};
    screen.click_at(screen.place(0) + ImVec2{24, 0}, 2);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "worker-3");
    screen.wait(1s);
    screen.click_at(screen.place(0) + ImVec2{24, 0}, 3);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "worker-3 started");
}

TEST_CASE("Ctrl+A selects the whole log, however much of it is in sight", "[ui][log]")
{
    LogScreen screen{numbered(5'000)};
    screen.enter_log();
    screen.press(ImGuiKey_A, ImGuiMod_Ctrl);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard().starts_with("line 1\nline 2\n"));
    CHECK(screen.clipboard().ends_with("\nline 5000"));
}

TEST_CASE("Shift and the arrows move the selection's end", "[ui][log]")
{
    LogScreen screen{{"abc", "defg", "hi"}};
    screen.click_at(screen.place(0) + ImVec2{-20, 0}); // left of the text: before its first character
    screen.press(ImGuiKey_RightArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "a");
    screen.press(ImGuiKey_DownArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "abc\nd");
    screen.press(ImGuiKey_End, ImGuiMod_Shift);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "abc\ndefg");
    screen.press(ImGuiKey_RightArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "abc\ndef");
}

TEST_CASE("dragging beyond the end scrolls on and selects what comes into sight", "[ui][log]")
{
    LogScreen screen{numbered(300)};
    screen.enter_log();
    screen.press(ImGuiKey_Home);
    ui::Rect const rect = screen.get(kLog).rect;
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(rect.x + 50, rect.y + 9);
    screen.frame();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    screen.frame();
    io.AddMousePosEvent(rect.x + 50, rect.y + rect.h + 200);
    for (int i = 0; i < 60; ++i)
        screen.frame();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    screen.settle();
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    std::string const copied = screen.clipboard();
    CHECK(std::count(copied.begin(), copied.end(), '\n') > 40);
    CHECK(copied.find("\nline 40\n") != std::string::npos);
}

TEST_CASE("the context menu copies a line, all lines, or what is selected", "[ui][log]")
{
    LogScreen screen{{"first", "second", "third"}};
    screen.right_click(kLog);
    CHECK_FALSE(screen.sees(menu_item("Copy")));
    screen.click(menu_item("Copy line"));
    CHECK(screen.clipboard() == "second");
    CHECK_FALSE(screen.sees(any(Role::Menu)));
    screen.right_click(kLog);
    screen.click(menu_item("Copy all lines"));
    CHECK(screen.clipboard() == "first\nsecond\nthird\n");
    screen.click_at(screen.place(0) + ImVec2{8, 0}, 2);
    screen.right_click(kLog);
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == "first");
}

TEST_CASE("a menu is used by keys, and closed by Escape and by a click elsewhere that does nothing else", "[ui][menu]")
{
    LogScreen screen{{"first", "second", "third"}};
    screen.right_click(kLog);
    CHECK(screen.last_frame().offers_menu);
    screen.press(ImGuiKey_DownArrow);
    screen.press(ImGuiKey_DownArrow);
    screen.press(ImGuiKey_Enter);
    CHECK(screen.clipboard() == "first\nsecond\nthird\n");
    screen.right_click(kLog);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(any(Role::Menu)));
    screen.right_click(kLog);
    screen.click(button("Dark theme"));
    CHECK_FALSE(screen.sees(any(Role::Menu)));
    CHECK(screen.state().view.theme == ThemeChoice::System);
}

TEST_CASE("a finger that rests on the log opens the menu, in rows that it can hit", "[ui][log][touch]")
{
    LogScreen screen{{"first", "second", "third"}, 420};
    screen.tap(option("a"));
    screen.long_press(kLog);
    REQUIRE(screen.sees(menu_item("Copy line")));
    CHECK(screen.get(menu_item("Copy line")).rect.h >= 40);
    screen.tap(menu_item("Copy line"));
    CHECK(screen.clipboard() == "second");
}

TEST_CASE("lines are shown by level, with how many each has", "[ui][log]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(option("Collect brand assets"));
    auto const send_line = [&](std::string_view level, std::string_view line) {
        send(screen, "step.log.appended", "assets",
            R"({"logEntry":{"level":")" + std::string{level} + R"(","message":)" + json_quote(line) + "}}");
    };
    send_line("info", "begun");
    send_line("debug", "detail");
    send_line("error", "broken");
    screen.click(button("Log levels"));
    CHECK(screen.get(menu_item("Debug")).value == "1");
    CHECK(screen.get(menu_item("Debug")).states.pressed);
    screen.click(menu_item("Debug"));
    CHECK_FALSE(screen.get(menu_item("Debug")).states.pressed); // and the menu is still there
    screen.click(menu_item("Info"));
    screen.press(ImGuiKey_Escape);
    CHECK(screen.get(kLog).value == "broken\n");
    CHECK(screen.get(heading("Logs")).value == "1 of 3 lines");
    send_line("info", "more");
    send_line("error", "worse");
    CHECK(screen.get(kLog).value == "broken\nworse\n");
    screen.click(button("Copy Logs"));
    CHECK(screen.clipboard() == "broken\nworse\n");
    screen.click(button("Log levels"));
    screen.click(menu_item("All levels"));
    screen.press(ImGuiKey_Escape);
    CHECK(screen.get(heading("Logs")).value == "5 lines");
}

TEST_CASE("a log whose levels nobody knows has no such filter", "[ui][log]")
{
    LogScreen const screen{{"one", "two"}};
    CHECK_FALSE(screen.sees(button("Log levels")));
}

TEST_CASE("who has scrolled up is told how much is new, and led there", "[ui][log]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(option("Collect brand assets"));
    for (int i = 1; i <= 60; ++i)
        send_log(screen, "assets", "line " + std::to_string(i));
    CHECK_FALSE(screen.sees(button(containing("Jump to latest"))));
    screen.wheel(kLog, {0, -300});
    CHECK(screen.sees(button("Jump to latest")));
    send_log(screen, "assets", "line 61");
    send_log(screen, "assets", "line 62");
    CHECK(screen.sees(button("Jump to latest · 2 new")));
    screen.click(button("Jump to latest · 2 new"));
    CHECK(screen.get(kLog).value.ends_with("line 62\n"));
    CHECK(screen.state().view.follow_log);
    CHECK_FALSE(screen.sees(button(containing("Jump to latest"))));
}

namespace {

// A poll of a running step's log with so many lines, and a memory for it that 7,000 of them fill.
class ShortOfMemory : public Headless {
public:
    explicit ShortOfMemory(int lines, float width = 1440) : Headless(width, 900, options()) { poll(lines); }
    void poll(int lines)
    {
        std::vector<std::string> all = numbered(lines);
        for (std::string& line : all)
            line.append(" of a log ").append(100, '.');
        answer(200, run_of(step_of("a", logs(all), "running"), "running"));
    }
    std::size_t dropped() const { return state().run->dropped_line_count; }
    std::string shown_end() const
    {
        std::string const shown = get(kLog).value;
        std::size_t const begin = shown.rfind("line ");
        return shown.substr(begin, shown.find(" of a log", begin) - begin);
    }
    std::string first_in_sight() const { return get(kLog).value.substr(0, get(kLog).value.find(" of a log")); }

private:
    static Options options()
    {
        Options options;
        options.stream = false;
        options.memory = 1U << 20U;
        return options;
    }
};

} // namespace

TEST_CASE("a log that has lost its oldest lines says how many, and the others keep their numbers", "[ui][log][memory]")
{
    ShortOfMemory screen{14'000};
    std::string const gone = format_count(screen.dropped());
    REQUIRE(screen.dropped() > 6'000);
    CHECK(screen.sees(text(gone + " older lines dropped: the run is larger than the memory for it")));
    CHECK(screen.get(heading("Logs")).value == format_count(14'000 - screen.dropped()) + " of 14,000 lines");
    CHECK(screen.shown_end() == "line 14000");
    screen.hover(text(gone + " older lines dropped: the run is larger than the memory for it"));
    screen.wait(2s);
    CHECK(screen.get(any(Role::Tooltip)).name.starts_with("A run may take 1.0 MB here."));

    screen.click(button("Save logs as a file"));
    screen.wait(1s);
    auto const files = effects_of<SaveFile>(screen.platform().effects);
    REQUIRE(files.size() == 1);
    CHECK(files[0].content.starts_with("# " + gone + " older lines dropped"));
    CHECK(files[0].content.find("\nline " + std::to_string(screen.dropped() + 1) + " of a log") != std::string::npos);

    ShortOfMemory const whole{100};
    CHECK_FALSE(whole.sees(text(containing("dropped"))));
}

TEST_CASE(
    "what is read stays in sight while lines above it are dropped, and so does what was found", "[ui][log][memory]")
{
    ShortOfMemory screen{6'900};
    REQUIRE(screen.dropped() == 0);
    screen.click(toggle("Find in logs"));
    screen.type("line 69");
    screen.wheel(kLog, {0, -3'000});
    std::string const read = screen.first_in_sight();
    screen.wait(2s);
    screen.poll(8'000);
    REQUIRE(screen.dropped() > 1'000);
    CHECK(screen.first_in_sight() == read);
    CHECK(screen.sees(button(containing("Jump to latest · 1,100 new"))));
    screen.click(button(containing("Jump to latest")));
    CHECK(screen.shown_end() == "line 8000");
    screen.wait(2s);
    screen.poll(9'000); // and the newest stay in sight
    CHECK(screen.shown_end() == "line 9000");
    screen.click(toggle("Wrap"));
    screen.wait(2s);
    screen.poll(10'000);
    screen.click(toggle("Wrap"));
    CHECK(screen.shown_end() == "line 10000");
}

TEST_CASE("a selection whose beginning is dropped is let go", "[ui][log][memory]")
{
    ShortOfMemory screen{6'000};
    screen.click_at({screen.get(kLog).rect.x + 400, screen.get(kLog).rect.y + 40});
    screen.press(ImGuiKey_A, ImGuiMod_Ctrl);
    screen.wait(2s);
    screen.poll(8'000);
    REQUIRE(screen.dropped() > 0);
    screen.press(ImGuiKey_DownArrow, ImGuiMod_Shift);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard().find("line ") != std::string::npos);
}

TEST_CASE("a log is saved as a file, named after playbook and step", "[ui][log]")
{
    LogScreen screen{{"\x1b[32mone\x1b[0m", "two"}};
    screen.click(button("Save logs as a file"));
    screen.wait(1s);
    auto const files = effects_of<SaveFile>(screen.platform().effects);
    REQUIRE(files.size() == 1);
    CHECK(files[0].name.starts_with("Outreach-"));
    CHECK(files[0].name.ends_with("-a.log"));
    CHECK(files[0].content == "one\ntwo\n");
}

TEST_CASE("a large log is saved in parts, which hold no frame up", "[ui][log]")
{
    LogScreen screen{std::vector<std::string>(40'000, std::string(100, 'x'))};
    screen.click(button("Save logs as a file"));
    screen.wait(1s);
    auto const files = effects_of<SaveFile>(screen.platform().effects);
    REQUIRE(files.size() > 1);
    CHECK(files.front().more);
    CHECK_FALSE(files.back().more);
}

TEST_CASE("what has no room in the bar of the log is in a menu", "[ui][log]")
{
    Headless screen{320, 900};
    screen.answer(200, run_of(step_of("a", logs({"one", "two"}), "running"), "running"));
    screen.tap(option("a"));
    REQUIRE(screen.sees(button("More actions")));
    screen.tap(button("More actions"));
    screen.tap(menu_item("Copy"));
    CHECK(screen.clipboard() == "one\ntwo\n");
    for (ui::SemanticNode const& node : screen.nodes()) {
        if (node.role == Role::Button || node.role == Role::Toggle) {
            INFO(node.name);
            CHECK(node.rect.h >= 39.5f);
            CHECK(node.rect.w >= 39.5f);
        }
    }
}

TEST_CASE("a line of a hundred kilobytes is searched, and shown in rows", "[ui][log]")
{
    Headless screen{1440, 900, live_run()};
    go_live(screen);
    screen.click(option("Collect brand assets"));
    send_log(screen, "assets", std::string(100'000, 'x') + " far needle");
    send_log(screen, "assets", "last");
    screen.click(toggle("Find in logs"));
    screen.type("needle");
    CHECK(screen.sees(status("1 of 1")));
    screen.click(toggle("Wrap"));
    CHECK(screen.get(kLog).value.find("needle") != std::string::npos);
}
