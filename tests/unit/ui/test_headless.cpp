// The bench itself: that its hands do what a reader's do.
#include "tests/unit/ui/headless.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

ui::SemanticNode node(Role role, std::string name, int level)
{
    return {.id = 0, .role = role, .name = std::move(name), .value = {}, .states = {}, .rect = {}, .level = level};
}

} // namespace

TEST_CASE("widgets are found by role, name, number and what they lie in", "[ui][bench]")
{
    std::vector const nodes{node(Role::Region, "Left", 0), node(Role::Button, "Copy", 1), node(Role::Group, "More", 1),
        node(Role::Button, "Copy", 2), node(Role::Region, "Right", 0), node(Role::Button, "Copy all", 1)};
    using Indices = std::vector<std::size_t>;
    CHECK(button("Copy").matches(nodes) == Indices{1, 3});
    CHECK(button(containing("Copy")).matches(nodes) == Indices{1, 3, 5});
    CHECK(button("Copy").nth(1).matches(nodes) == Indices{3});
    CHECK(button("Copy").nth(2).matches(nodes).empty());
    CHECK(any(Role::Button).within(region("Right")).matches(nodes) == Indices{5});
    CHECK(button("Copy").within(group("More").within(region("Left"))).matches(nodes) == Indices{3});
    CHECK(button("Copy").within(region("Right")).matches(nodes).empty());
    CHECK(link("Copy").matches(nodes).empty());
    CHECK(button("Copy").nth(1).within(region("Left")).words() == "button 'Copy' (number 1) within region 'Left'");
}

TEST_CASE("what is wanted and not there is told with what is there instead", "[ui][bench]")
{
    Headless const screen;
    CHECK(screen.dump() == "status \"Loading the run…\" [busy]\n");
}

TEST_CASE("a definition is found by its term", "[ui][bench]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    CHECK(screen.definition_of("Duration", any(Role::Banner)) == "12.3s");
    CHECK(screen.definition_of("Duration", region("Step inspector")) == "3.4s");
}

TEST_CASE("a mouse that rests on something is told about it, a finger is not", "[ui][bench]")
{
    Headless screen;
    screen.answer_with_file("failed-run.json");
    screen.hover(button("Dark theme"));
    CHECK(screen.count(Role::Tooltip) == 0);
    screen.wait(1s);
    CHECK(screen.count(Role::Tooltip) == 1);
    screen.touch_and_hold(button("Dark theme"), 1s);
    CHECK(screen.count(Role::Tooltip) == 0);
}

TEST_CASE("wheel and finger scroll by CSS pixels, and the finger's movement glides on", "[ui][bench]")
{
    Headless screen{1440, 500};
    screen.answer_with_file("live-run.final.json");
    Locator const first = any(Role::Option).nth(0);
    Locator const second = any(Role::Option).nth(1);
    std::string const top = screen.get(second).name;
    auto const y_of_top = [&] { return screen.get(option(top)).rect.y; };
    float const start = y_of_top();
    screen.wheel(second, {0, 10});
    CHECK(y_of_top() == start - 10);
    screen.wheel(second, {0, -10});
    CHECK(y_of_top() == start);

    screen.swipe(any(Role::Option).nth(3), {0, -40});
    CHECK(y_of_top() < start - 40);
}
