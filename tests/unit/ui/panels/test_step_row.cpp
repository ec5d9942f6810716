// A row of the list is a button and a text at once.
#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

// Where the row's name and its key begin.
ImVec2 name_of(ui::Rect const& row)
{
    return {row.x + 60, row.y + 18};
}
ImVec2 key_of(ui::Rect const& row)
{
    return {row.x + 42, row.y + 40};
}

std::string copied(Headless& screen)
{
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    return screen.clipboard();
}

} // namespace

TEST_CASE("a drag over a row selects its text, and leaves the step that is inspected", "[ui][timeline][selection]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    ui::Rect const row = screen.get(option("Score outlets")).rect;
    screen.drag(key_of(row), {300, 0});
    CHECK(screen.state().view.selected_step == "enrich"); // the one that failed, as before
    CHECK(screen.last_frame().takes_copy);
    CHECK(copied(screen) == "score · AGENT");

    // On to the next line, as far as the pointer goes.
    screen.wait(1s);
    screen.drag(name_of(row), {200, 22});
    CHECK(copied(screen) == "Score outlets\nscore · AGENT");

    screen.wait(1s);
    screen.click(option("Score outlets"));
    CHECK(screen.state().view.selected_step == "score");
    CHECK_FALSE(screen.last_frame().takes_copy);
}

TEST_CASE("a double click on a row selects the step and a word of its text", "[ui][timeline][selection]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.click_at(key_of(screen.get(option("Score outlets")).rect), 2);
    CHECK(screen.state().view.selected_step == "score");
    CHECK(copied(screen) == "score");
}

TEST_CASE("the menu of a row copies the step's name, key, error, and a link to it", "[ui][timeline][selection]")
{
    Options options;
    options.page = "https://host/viewer/";
    options.query = "run=run-1";
    Headless screen{1440, 900, options};
    screen.answer_with_file("failed-run.json");
    auto const choose = [&](char const* what) {
        screen.right_click(option("Enrich journalists"));
        screen.click(menu_item(what));
        return screen.clipboard();
    };
    CHECK(choose("Copy name") == "Enrich journalists");
    CHECK(choose("Copy key") == "enrich");
    CHECK(choose("Copy link to step") == "https://host/viewer/?run=run-1&step=enrich");
    CHECK(choose("Copy error").find("api/handler.js:41:12") != std::string::npos);
    CHECK(screen.state().view.selected_step == "enrich"); // nobody has selected another

    screen.right_click(option("Load dataset"));
    CHECK_FALSE(screen.sees(menu_item("Copy error")));
    CHECK_FALSE(screen.sees(menu_item("Copy")));
    screen.press(ImGuiKey_Escape);

    ui::Rect const row = screen.get(option("Load dataset")).rect;
    screen.drag(key_of(row), {300, 0});
    screen.right_click(option("Load dataset"));
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard().starts_with("load · DATA"));
}

TEST_CASE("where no address leads back to the step, no link is offered", "[ui][timeline][selection]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.right_click(option("Load dataset"));
    CHECK(screen.sees(menu_item("Copy key")));
    CHECK_FALSE(screen.sees(menu_item("Copy link to step")));
}

TEST_CASE("a finger that rests on a row gets its menu", "[ui][timeline][touch]")
{
    Headless screen{420, 900};
    screen.answer_with_file("failed-run.json");
    screen.long_press(option("Score outlets"));
    screen.tap(menu_item("Copy key"));
    CHECK(screen.clipboard() == "score");
    CHECK(screen.count(Role::Option) == 4); // and has not opened the step
}

TEST_CASE("escape sequences in names are neither seen nor copied", "[ui][timeline]")
{
    Headless screen;
    screen.answer(200, run_of(step_of("a", R"("name":"\u001b[31mRed\u001b[0m step")")));
    screen.right_click(option("Red step"));
    screen.click(menu_item("Copy name"));
    CHECK(screen.clipboard() == "Red step");
}

TEST_CASE("names are drawn as they are read, searched and copied: as a terminal shows them", "[ui][timeline]")
{
    // What is drawn beside, around and behind the words, since these tests have no letters.
    auto const shapes = [](std::string_view control, std::string_view search) {
        Headless screen;
        std::string const text = json_quote(std::string{control} + "dl 100%");
        std::string const step = step_of("a",
            R"("name":)" + text + R"(,"type":)" + text + R"(,"workerInfo":{"workerId":)" + text
                + R"(},"personality":{"name":)" + text + R"(,"slug":)" + text + "}",
            "success");
        screen.answer(200, run_of(step));
        if (!search.empty()) {
            screen.click(any(Role::SearchBox));
            screen.type(search);
        }
        CHECK(screen.sees(option("dl 100%")));
        std::vector<std::pair<float, float>> places;
        for (ImDrawList const* const list : ImGui::GetDrawData()->CmdLists) {
            for (ImDrawVert const& corner : list->VtxBuffer)
                places.emplace_back(corner.pos.x, corner.pos.y);
        }
        return places;
    };
    CHECK(shapes("dl 10%\r", "") == shapes("", ""));
    CHECK(shapes("\x1b[1;31m", "") == shapes("", ""));
    CHECK(shapes("dl 10%\r", "10") == shapes("", "10"));
    CHECK(shapes("dl 10%\r", "10") != shapes("", ""));
}

TEST_CASE("a step that runs tells since when", "[ui][timeline]")
{
    Headless screen;
    screen.answer(200, run_of(step_of("a", R"("startedAt":"2026-11-20T14:00:05Z")", "running"), "running"));
    screen.click_at(key_of(screen.get(option("a")).rect), 1);
    ui::Rect const row = screen.get(option("a")).rect;
    screen.wait(1s);
    screen.drag(key_of(row), {row.w, 0});
    CHECK(copied(screen) == "a · AGENT since 14:00:05");
}
