#include "ui/semantics.h"

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace pev::ui;

TEST_CASE("what is on screen is told as indented lines", "[ui][semantics]")
{
    Semantics semantics;
    auto const node = [](Role role, std::string name, std::string value = {}, States states = {}) {
        return SemanticNode{.id = 1,
            .role = role,
            .name = std::move(name),
            .value = std::move(value),
            .states = states,
            .rect = {0, 0, 10, 10}};
    };
    States pressed_and_focused;
    pressed_and_focused.pressed = pressed_and_focused.focused = true;
    semantics.open(node(Role::Region, "Step inspector"));
    semantics.add(node(Role::Toggle, "Wrap", "", pressed_and_focused));
    semantics.close();
    semantics.add(node(Role::SearchBox, "Search", "say \"hi\"\n"));
    semantics.add(node(Role::Image, ""));
    CHECK(to_text(semantics)
        == "region \"Step inspector\"\n"
           "  toggle \"Wrap\" [pressed, focused]\n"
           "searchbox \"Search\" value \"say \\\"hi\\\"\\n\"\n"
           "image\n");
}
