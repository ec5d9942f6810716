#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kTree = any(Role::Tree);

// One finished step with this output.
class JsonScreen : public Headless {
public:
    explicit JsonScreen(std::string const& output, float height = 900) : Headless(1440, height)
    {
        answer(200, run_of(step_of("a", R"("output":)" + output)));
    }

    void enter(Locator const& item)
    {
        ui::Rect const rect = get(item).rect;
        click_at({rect.x + rect.w - 6, rect.y + rect.h / 2});
    }
};

std::string numbers(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += (text.empty() ? "" : ",") + std::to_string(i);
    return "[" + text + "]";
}

} // namespace

TEST_CASE("the context menu of a value copies it, and the path to it", "[ui][json]")
{
    JsonScreen screen{R"({"items":[{"name":"say \"hi\"","n":9007199254740993}]})"};
    screen.click(tree_item("items"));
    screen.click(tree_item("0"));
    screen.right_click(tree_item("name"));
    screen.click(menu_item("Copy value"));
    CHECK(screen.clipboard() == "say \"hi\"");
    screen.right_click(tree_item("name"));
    CHECK(screen.get(menu_item("Copy path")).value == "$.items[0].name");
    screen.click(menu_item("Copy path"));
    CHECK(screen.clipboard() == "$.items[0].name");
    screen.right_click(tree_item("n"));
    screen.click(menu_item("Copy value"));
    CHECK(screen.clipboard() == "9007199254740993");
    screen.right_click(tree_item("0"));
    screen.click(menu_item("Copy value"));
    CHECK(screen.clipboard() == R"({"name":"say \"hi\"","n":9007199254740993})");
}

TEST_CASE("the keys walk a tree, fold and unfold it", "[ui][json]")
{
    JsonScreen screen{R"({"a":{"b":1},"c":2})"};
    screen.enter(tree_item("c"));
    CHECK(screen.get(tree_item("c")).states.selected);
    screen.press(ImGuiKey_UpArrow);
    screen.press(ImGuiKey_RightArrow);
    CHECK(screen.get(tree_item("a")).states.expanded);
    screen.press(ImGuiKey_RightArrow);
    CHECK(screen.get(tree_item("b")).states.selected);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "1");
    screen.press(ImGuiKey_LeftArrow);
    CHECK(screen.get(tree_item("a")).states.selected);
    screen.press(ImGuiKey_Enter);
    CHECK(screen.get(tree_item("a")).states.collapsed);
    screen.press(ImGuiKey_Home);
    CHECK(screen.get(tree_item("")).states.selected);
    screen.press(ImGuiKey_LeftArrow);
    CHECK(screen.count(Role::TreeItem) == 1);
    CHECK(screen.state().view.selected_step == "a");
}

TEST_CASE("finding in JSON unfolds the way to each match and brings it into sight", "[ui][json]")
{
    JsonScreen screen{R"({"many":)" + numbers(150) + R"(,"deep":{"list":[1,{"note":"a needle"}]},"needle":true})", 500};
    screen.click(toggle("Find in Output"));
    screen.type("needle");
    CHECK(screen.sees(status("1 of 2")));
    CHECK(screen.get(tree_item("note")).value == "\"a needle\"");
    screen.press(ImGuiKey_Enter);
    CHECK(screen.sees(status("2 of 2")));
    CHECK(screen.sees(tree_item("needle")));
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.sees(search_box("Find in JSON")));
}

TEST_CASE("Ctrl+F finds in the tree that has the focus, and in its raw text", "[ui][json]")
{
    JsonScreen screen{R"({"a":1,"b":"x"})"};
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl);
    CHECK_FALSE(screen.sees(search_box("Find in JSON")));
    screen.enter(tree_item("a"));
    CHECK(screen.last_frame().takes_reading_keys);
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl);
    CHECK(screen.get(search_box("Find in JSON")).states.focused);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.last_frame().takes_reading_keys);

    screen.click(toggle("Output as text"));
    screen.click(text(containing(R"({"a":1)")));
    screen.press(ImGuiKey_F, ImGuiMod_Ctrl);
    screen.type("\"b\"");
    CHECK(screen.sees(status("1 of 1")));
}

TEST_CASE("a long array is shown in pages", "[ui][json]")
{
    JsonScreen screen{numbers(1'234), 3'000};
    CHECK(screen.count(Role::TreeItem) == 1 + 13);
    screen.click(tree_item("1,200 … 1,233"));
    CHECK(screen.get(tree_item("1233")).value == "1233");
}

TEST_CASE("a long text is cut, and unfolds into all of it", "[ui][json]")
{
    JsonScreen screen{R"({"essay":")" + std::string(3'000, 'e') + R"(","end":1})", 3'000};
    CHECK(screen.count(Role::TreeItem) == 3);
    CHECK(screen.get(tree_item("essay")).states.collapsed);
    screen.click(tree_item("essay"));
    CHECK(screen.get(tree_item("essay")).states.expanded);
    CHECK(screen.count(Role::TreeItem) > 10);
    screen.click(tree_item("essay"));
    CHECK(screen.count(Role::TreeItem) == 3);
}

TEST_CASE("rows of a tree are selected and copied as JSON, folded ones in full", "[ui][json]")
{
    JsonScreen screen{R"({"a":[1,2],"b":"x","c":null})"};
    ui::Rect const first = screen.get(tree_item("a")).rect;
    ui::Rect const last = screen.get(tree_item("b")).rect;
    screen.drag({first.x + 2, first.y + 10}, {first.w - 10, last.y - first.y});
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "  \"a\": [1,2]\n  \"b\": \"x\"");
    CHECK(screen.get(tree_item("a")).states.collapsed); // a drag is no click
    screen.press(ImGuiKey_A, ImGuiMod_Ctrl);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == R"({"a":[1,2],"b":"x","c":null})");
}

TEST_CASE("raw JSON is selected and copied like any text", "[ui][json]")
{
    JsonScreen screen{R"({"alpha":1})"};
    screen.click(toggle("Output as text"));
    Locator const raw = text(containing("alpha"));
    ui::Rect const rect = screen.get(raw).rect;
    screen.click_at({rect.x + 14 + 25, rect.y + 20}, 2);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "alpha");
    screen.press(ImGuiKey_A, ImGuiMod_Ctrl);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == R"({"alpha":1})");
}

TEST_CASE("a tree that is out of sight leaves no trace in the semantics", "[ui][json]")
{
    Headless screen{1440, 500};
    screen.answer_with_file("live-run.final.json");
    screen.scroll_to(option("Draft angle: business press"), any(Role::Listbox));
    screen.click(option("Draft angle: business press"));
    screen.scroll_to(button("Collaboration"), region("Step inspector"));
    screen.click(button("Collaboration"));
    for (int i = 0; i < 40; ++i) {
        screen.wheel(region("Step inspector"), {0, 37});
        for (ui::SemanticNode const& node : screen.nodes()) {
            INFO(ui::role_word(node.role) << " '" << node.name << "'");
            CHECK(node.rect.h >= 1);
            CHECK(node.rect.w >= 1);
        }
    }
}
