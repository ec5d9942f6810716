#include "shared/json/json_same.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("JSON says the same in any order of keys, with other spaces and escapes", "[json]")
{
    CHECK(is_same_json(
        R"({"a":1,"b":[true,{"c":"x","d":null}]})", R"({ "b": [true, {"d": null, "c": "\u0078"}], "a": 1 })"));
    CHECK(is_same_json("[]", " [ ] "));
    CHECK(is_same_json(R"({"a":1,"a":2})", R"({"a":1,"a":2})"));
    CHECK_FALSE(is_same_json("[1,2]", "[2,1]"));
    CHECK_FALSE(is_same_json(R"({"a":1})", R"({"a":2})"));
    CHECK_FALSE(is_same_json(R"({"a":1})", R"({"b":1})"));
    CHECK_FALSE(is_same_json(R"({"a":1})", R"({"a":1,"b":1})"));
    CHECK_FALSE(is_same_json("9007199254740993", "9007199254740992")); // the same double
    CHECK_FALSE(is_same_json("{}", "[]"));
    CHECK_FALSE(is_same_json("null", "0"));
    CHECK_FALSE(is_same_json("", "null"));
    CHECK(is_same_json("no JSON", "no JSON"));
}

TEST_CASE("JSON that is nested deeply is compared as well", "[json]")
{
    std::string const deep = std::string(400, '[') + std::string(400, ']');
    CHECK(is_same_json(deep, " " + deep));
    CHECK_FALSE(is_same_json(deep, "[" + deep + "]"));
}
