#include "shared/json/json_writer.h"

#include "shared/json/json_tree.h"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>

using pev::JsonWriter;

namespace {

std::string number(double value)
{
    std::string out;
    JsonWriter{out}.number(value);
    return out;
}

} // namespace

TEST_CASE("objects and arrays get their commas", "[json][probe]")
{
    std::string out;
    JsonWriter json{out};
    json.open('{');
    json.key("empty");
    json.open('[');
    json.close(']');
    json.key("list");
    json.open('[');
    json.boolean(true);
    json.null();
    json.open('{');
    json.key("a");
    json.count(1);
    json.key("b");
    json.text("two");
    json.close('}');
    json.number(3);
    json.close(']');
    json.key("last");
    json.boolean(false);
    json.close('}');
    CHECK(out == R"({"empty":[],"list":[true,null,{"a":1,"b":"two"},3],"last":false})");
    CHECK(pev::JsonTree::parse(out));
}

TEST_CASE("numbers keep their thousandths and are JSON whatever they are", "[json][probe]")
{
    CHECK(number(0) == "0");
    CHECK(number(1.5) == "1.500");
    CHECK(number(-0.25) == "-0.250");
    CHECK(number(0.001) == "0.001");
    CHECK(number(0.0004) == "0");
    CHECK(number(-0.0004) == "0");
    CHECK(number(16.0106) == "16.011");
    CHECK(number(1'795'000'000'000.125) == "1795000000000.125");
    CHECK(number(std::numeric_limits<double>::infinity()) == "null");
    CHECK(number(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("texts and keys are quoted", "[json][probe]")
{
    std::string out;
    JsonWriter json{out};
    json.open('{');
    json.key("a\"b");
    json.text("line\nbreak \\ \x01");
    json.close('}');
    auto const tree = pev::JsonTree::parse(out);
    REQUIRE(tree);
    CHECK(tree->root()["a\"b"].text() == "line\nbreak \\ \x01");
}

TEST_CASE("counts are whole, however large", "[json][probe]")
{
    std::string out;
    JsonWriter{out}.count(std::numeric_limits<std::uint64_t>::max());
    CHECK(out == "18446744073709551615");
}
