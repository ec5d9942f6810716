#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kInspector = region("Step inspector");

ImVec2 start_of(ui::Rect const& rect)
{
    return {rect.x + 3, rect.y + 9};
}

} // namespace

TEST_CASE("ids, keys, names and values are selected by a double click and copied", "[ui][selection]")
{
    Headless screen{1440, 3'000};
    screen.answer_with_file("failed-run.json");
    screen.click(option("Enrich journalists"));
    auto const copied = [&](Locator const& what) {
        screen.wait(1s);
        screen.click_at(start_of(screen.get(what).rect), 2);
        screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
        return screen.clipboard();
    };
    CHECK(copied(definition("worker-2").within(kInspector)) == "worker-2");
    CHECK(copied(heading("Enrich journalists").within(kInspector)) == "Enrich");
    CHECK(copied(text("enrich").within(kInspector)) == "enrich");
}

TEST_CASE("the menu of the right button copies a whole value, or what is selected of it", "[ui][selection]")
{
    Headless screen{1440, 3'000};
    screen.answer_with_file("failed-run.json");
    screen.click(option("Enrich journalists"));
    Locator const message = alert("Request failed with status code 429").within(kInspector);
    ui::Rect const rect = screen.get(message).rect;
    ImVec2 const begin{rect.x + 16, rect.y + 18};
    screen.right_click(text("enrich").within(kInspector));
    CHECK_FALSE(screen.sees(any(Role::Menu))); // beside the short key there is nothing to copy
    screen.click_at(begin, 1);
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, true);
    screen.frame();
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, false);
    screen.settle();
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == "Request failed with status code 429");

    screen.wait(1s);
    screen.drag(begin, {200, 0});
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard().size() < std::string_view{"Request failed with status code 429"}.size());
    CHECK(screen.clipboard().starts_with("Request"));
}

TEST_CASE("a stack can be folded, and is read and copied like a log", "[ui][selection]")
{
    Headless screen{1440, 3'000};
    screen.answer_with_file("failed-run.json");
    screen.click(option("Enrich journalists"));
    Locator const stack = text(containing("at settle (api/handler.js:41:12)"));
    screen.click(button(containing("Stack · ")));
    CHECK_FALSE(screen.sees(stack));
    screen.click(button(containing("Stack · ")));
    screen.click(stack);
    CHECK(screen.last_frame().takes_reading_keys);
    screen.press(ImGuiKey_A, ImGuiMod_Ctrl);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard().find("processTicksAndRejections") != std::string::npos);
    screen.press(ImGuiKey_Escape);
    CHECK_FALSE(screen.last_frame().takes_reading_keys);
}

TEST_CASE("what is cut on screen is whole in its tooltip and when it is copied", "[ui][selection]")
{
    std::string const name(1'500, 'n');
    Headless screen;
    screen.answer(200, run_of(step_of("a", R"("name":")" + name + "\"")));
    Locator const title = any(Role::Heading).within(kInspector).nth(0);
    screen.hover(title);
    screen.wait(1s);
    CHECK(screen.count(Role::Tooltip) == 1);
    screen.right_click(title);
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == name);
}

TEST_CASE("the payload of a message is selected and copied", "[ui][selection]")
{
    Headless screen{1440, 3'000};
    screen.answer(200,
        run_of(step_of("a",
            R"("collaborationContext":{"messages":[{"fromStepKey":"a","toStepKey":"b","type":"request",)"
            R"("payload":"please look","timestamp":"2026-11-20T14:03:30Z"}],"escalationLevel":"human"})")));
    screen.click(button("Collaboration"));
    CHECK(screen.definition_of("Escalation level", kInspector) == "human");
    screen.right_click(text("please look"));
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == "please look");
}

TEST_CASE("a list of many cards draws those in sight", "[ui][selection]")
{
    std::string messages;
    for (int i = 0; i < 500; ++i)
        messages += (i == 0 ? "" : ",") + std::string{R"({"fromStepKey":"a","toStepKey":"b","payload":{"n":)"}
            + std::to_string(i) + "}}";
    Headless screen{1440, 900};
    screen.answer(200, run_of(step_of("a", R"("collaborationContext":{"messages":[)" + messages + "]}")));
    screen.click(button("Collaboration"));
    screen.wheel(kInspector, {0, 20'000});
    std::size_t const cards = screen.count(heading("a to b"));
    CHECK(cards > 5);
    CHECK(cards < 30);
    screen.wheel(kInspector, {0, 1e6f});
    CHECK(screen.dump().find("\"499\"") != std::string::npos);
}

TEST_CASE("what the header and the failure banner say is selected and copied", "[ui][selection]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    Locator const header = any(Role::Banner);
    auto const copied = [&](ImVec2 at) {
        screen.wait(1s);
        screen.click_at(at, 3);
        screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
        return screen.clipboard();
    };
    CHECK(
        copied(start_of(screen.get(heading("Journalist enrichment").within(header)).rect)) == "Journalist enrichment");
    CHECK(copied(start_of(screen.get(definition("v7").within(header)).rect)) == "v7");
    ui::Rect const banner = screen.get(alert(containing("Run failed"))).rect;
    CHECK(copied({banner.x + 40, banner.y + banner.h / 2}) == "Run failed: One or more steps failed");
    screen.right_click(definition("0928ca2c-eca4-48e9-8e6b-a18b8ad12fc9"));
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == "0928ca2c-eca4-48e9-8e6b-a18b8ad12fc9");
}

TEST_CASE("the chips of a personality are selected and copied", "[ui][selection]")
{
    Headless screen{1440, 3'000};
    screen.answer(200,
        run_of(step_of("a",
            R"("personality":{"id":"p","slug":"s","name":"Writer","configuration":{"domainSpecialty":["tech press"]}})")));
    screen.right_click(definition("tech press"));
    screen.click(menu_item("Copy"));
    CHECK(screen.clipboard() == "tech press");
}

TEST_CASE("what the server says instead of a run is selected and copied", "[ui][selection]")
{
    Headless screen;
    screen.answer(404, R"({"success":false,"error":{"code":"NOT_FOUND","message":"no such run"}})");
    ui::Rect const box = screen.get(text("no such run")).rect;
    screen.click_at({box.x + 20, box.y + 20}, 3);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "no such run");
}
