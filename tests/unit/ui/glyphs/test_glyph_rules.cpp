#include "ui/glyphs/glyph_rules.h"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

using pev::ui::drawn_as;

TEST_CASE("letters, emoji and private characters are drawn as they are", "[glyphs]")
{
    for (std::uint32_t const code_point :
        {0x20U, 0x41U, 0x7EU, 0xA0U, 0xDFU, 0x5D0U, 0x4E2DU, 0x1F916U, 0xE000U, 0x10FFFDU}) {
        CHECK(drawn_as(code_point).code_point == code_point);
        CHECK_FALSE(drawn_as(code_point).emoji);
    }
}

TEST_CASE("control characters are drawn as their pictures", "[glyphs]")
{
    CHECK(drawn_as(0).code_point == 0x2400);
    CHECK(drawn_as(0x1B).code_point == 0x241B);
    CHECK(drawn_as(0x1F).code_point == 0x241F);
    CHECK(drawn_as(0x7F).code_point == 0x2421);
    CHECK(drawn_as(0x85).code_point == 0xFFFD);
}

TEST_CASE("what is no character is drawn as the replacement character", "[glyphs]")
{
    for (std::uint32_t const code_point : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU})
        CHECK(drawn_as(code_point).code_point == 0xFFFD);
}

TEST_CASE("what only steers the text around it is not drawn and takes no room", "[glyphs]")
{
    for (std::uint32_t const code_point :
        {0xADU, 0x200BU, 0x200DU, 0x200EU, 0x2028U, 0x202EU, 0x2060U, 0x2066U, 0xFE0FU, 0xFEFFU, 0xE0041U, 0xE0FFFU})
        CHECK(drawn_as(code_point).code_point == 0);
    // Their neighbours are drawn.
    for (std::uint32_t const code_point : {0xACU, 0xAEU, 0x200AU, 0x2010U, 0x2027U, 0x202FU, 0xFE10U, 0xFF00U})
        CHECK(drawn_as(code_point).code_point == code_point);
}

TEST_CASE("the icon of DATA steps is asked for in colour", "[glyphs]")
{
    CHECK(drawn_as(0x2699).emoji);
    CHECK(drawn_as(0x2699).code_point == 0x2699);
    CHECK_FALSE(drawn_as(0x2698).emoji);
}
