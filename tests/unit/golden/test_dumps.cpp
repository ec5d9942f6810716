#include "tests/unit/golden/scenes.h"
#include "tests/unit/support/golden.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace pev::test;

TEST_CASE("what is on screen is what it was: roles, names, values, states", "[ui][golden]")
{
    for (Scene const& scene : scenes()) {
        Headless screen{scene.width, scene.height, scene.options};
        scene.tell(screen);
        check_golden_text(std::string{scene.name}, screen.dump());
    }
}

TEST_CASE("a difference of lines shows what went, what came, and where", "[golden]")
{
    CHECK(line_difference("a\nb\nc\n", "a\nb\nc\n").empty());
    CHECK(line_difference("a\nb\nc\n", "a\nx\nc\n") == "  a\n- b\n+ x\n");
    CHECK(line_difference("a\nb\nc\nd\n", "a\nb\nd\n") == "  b\n- c\n");
    CHECK(line_difference("", "a\n") == "+ a\n");
    CHECK(line_difference("a\nb\nc\n", "x\na\nb\nc\ny\n") == "+ x\n  c\n+ y\n");
}
