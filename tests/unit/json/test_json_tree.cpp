#include "shared/json/json_parser.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>

#include <cstdlib>
#include <format>
#include <limits>
#include <string>
#include <vector>

using namespace pev;

namespace {

JsonTree parse(std::string text, int depth = JsonTree::kAllLevels)
{
    auto tree = JsonTree::parse(std::move(text), depth);
    REQUIRE(tree);
    return *std::move(tree);
}

double number_of(std::string text)
{
    return parse(std::move(text)).root().number();
}

} // namespace

TEST_CASE("every value knows its exact source text", "[json]")
{
    auto const tree = parse(R"( {"max": 9007199254740993, "tiny":1e-320,"neg":-0.0 ,"big": 1e+308,
        "list" : [1 , "two", {"three":3}], "no":null,"yes":true,"not":false,"empty":{},"none":[]} )");
    JsonView const root = tree.root();
    CHECK(root["max"].raw() == "9007199254740993");
    CHECK(root["tiny"].raw() == "1e-320");
    CHECK(root["neg"].raw() == "-0.0");
    CHECK(root["big"].raw() == "1e+308");
    CHECK(root["list"].raw() == R"([1 , "two", {"three":3}])");
    CHECK(root["no"].raw() == "null");
    CHECK(root["yes"].truth());
    CHECK_FALSE(root["not"].truth(true));
    CHECK(root["empty"].raw() == "{}");
    CHECK(root["none"].raw() == "[]");
    CHECK(root.size() == 10);
    CHECK(root["list"].size() == 3);
    CHECK(root.raw().front() == '{');
    CHECK(root.raw().back() == '}');
}

TEST_CASE("strings are decoded and their source kept", "[json]")
{
    auto const tree
        = parse(R"({"quote \" in key":"a \"b\" \\","plain":"ö 🤖","escaped":"\u00f6 \ud83e\udd16\n","slash":"\\\\"})");
    JsonView const root = tree.root();
    CHECK(root["quote \" in key"].text() == "a \"b\" \\");
    CHECK(root["quote \" in key"].raw() == R"("a \"b\" \\")");
    CHECK(root["plain"].text() == "ö 🤖");
    CHECK(root["escaped"].text() == "ö 🤖\n");
    CHECK(root["slash"].text() == "\\\\");
}

TEST_CASE("reading a path that is not there needs no checks on the way", "[json]")
{
    auto const tree = parse(R"({"a":1})");
    JsonView const nothing = tree.root()["b"]["c"];
    CHECK_FALSE(nothing);
    CHECK(nothing.is_nothing());
    CHECK(nothing.text().empty());
    CHECK(nothing.raw().empty());
    CHECK(nothing.size() == 0);
    CHECK(nothing.children().begin() == nothing.children().end());
    CHECK(tree.root()["a"]["b"].is_nothing());
}

TEST_CASE("a key that stands twice means its last value, as in JSON.parse", "[json]")
{
    CHECK(parse(R"({"a":1,"b":0,"a":{"x":2}})").root()["a"]["x"].raw() == "2");
}

TEST_CASE("levels below the asked depth get no nodes but count", "[json]")
{
    auto const tree = parse(R"({"a":{"b":[1,2,{"c":3}],"d":4},"e":[5]})", 1);
    JsonView const root = tree.root();
    CHECK(tree.nodes().size() == 3);
    CHECK(root["a"].raw() == R"({"b":[1,2,{"c":3}],"d":4})");
    CHECK(root["a"].size() == 2);
    CHECK_FALSE(root["a"]["b"]);
    CHECK(root["e"].raw() == "[5]");
    CHECK(root["e"].size() == 1);
}

TEST_CASE("any depth is read without recursion", "[json]")
{
    std::string text(100'000, '[');
    text += std::string(100'000, ']');
    CHECK(parse(text).nodes().size() == 100'000);
    CHECK(parse(text, 2).nodes().size() == 3);
}

TEST_CASE("what logs may hold is repaired rather than refused", "[json]")
{
    CHECK(parse(R"({"log":"half \ud83d of a pair"})").root()["log"].text() == "half \uFFFD of a pair");
    CHECK(parse("{\"log\":\"a\xFF\"}").root()["log"].text() == "a\uFFFD");
    CHECK(parse("\xEF\xBB\xBF{\"bom\":1}").root()["bom"].raw() == "1");
    CHECK(parse(R"({"\udd16":1})").root()["\uFFFD"].raw() == "1");
}

TEST_CASE("half a surrogate pair stays as it is in the source text", "[json]")
{
    auto const* const text = R"(["\ud83e\udd16","\udd16","\ud83d\ud83e\udd16","\\ud83d"])";
    auto const tree = parse(text);
    CHECK(tree.root().raw() == text);
    CHECK(tree.at(1).text() == "🤖");
    CHECK(tree.at(2).text() == "\uFFFD");
    CHECK(tree.at(3).text() == "\uFFFD🤖");
    CHECK(tree.at(4).text() == "\\ud83d");
}

TEST_CASE("strings of any length end where they end", "[json]")
{
    for (std::size_t size = 0; size < 40; ++size) {
        std::string const plain(size, 'x');
        CAPTURE(size);
        auto const tree = parse(std::format(R"(["{0}","\t{0}","{0}\\"])", plain));
        CHECK(tree.at(1).text() == plain);
        CHECK(tree.at(2).text() == "\t" + plain);
        CHECK(tree.at(3).text() == plain + "\\");
        for (char const control : {'\n', '\0', '\x1F'})
            CHECK(parse("[\"" + plain + control + plain + "\"]").at(1).text() == plain + control + plain);
        CHECK_FALSE(JsonTree::parse("[\"" + plain));
    }
}

TEST_CASE("a number's value is as near as a reader can tell", "[json]")
{
    auto const text = GENERATE(as<std::string>{}, "0", "-0", "7", "-12", "0.5", "2.50", "1e3", "1.5E+2", "25e-1",
        "-0.001", "999999999", "1234567890123456789", "0.1234567890123456789", "100000000000000000000", "1e308",
        "12e-300", "0.000000000000000000000000012", "9007199254740993");
    CHECK_THAT(number_of(text), Catch::Matchers::WithinRel(std::strtod(text.c_str(), nullptr), 1e-13));
}

TEST_CASE("a number beyond doubles is infinite or nothing, and never not a number", "[json]")
{
    double const infinite = std::numeric_limits<double>::infinity();
    CHECK(number_of("1e400") == infinite);
    CHECK(number_of("-1e99999999999") == -infinite);
    CHECK(number_of("1e-99999999999") == 0);
    CHECK(number_of("0e99999999999") == 0);
    CHECK(number_of("0." + std::string(400, '0') + "1") == 0);
    CHECK(number_of(std::string(400, '7') + "e-399") > 7);
}

TEST_CASE("numbers beyond doubles are numbers like others", "[json]")
{
    std::string const long_number(500, '7');
    std::string const text
        = R"({"a":1E+400,"b":-1e99999,"c":)" + long_number + R"(.5,"d":"1e400 \" 1e400","e":[1e-400,0.5]})";
    auto const tree = parse(text);
    CHECK(tree.source() == text);
    CHECK(tree.root()["a"].raw() == "1E+400");
    CHECK(tree.root()["b"].raw() == "-1e99999");
    CHECK(tree.root()["c"].raw() == long_number + ".5");
    CHECK(tree.root()["d"].text() == "1e400 \" 1e400");
    CHECK(tree.root()["e"].raw() == "[1e-400,0.5]");
    for (auto const* const wrong :
        {"[1e400e1]", "[1e+]", "[--1e400]", "[+-1]", "[1.2.3]", "[.]", "[-.e1]", "[0x]", "[0xg]"})
        CHECK_FALSE(JsonTree::parse(wrong));
}

TEST_CASE("text of which nobody can know what it means is refused with the place", "[json]")
{
    auto const text
        = GENERATE(as<std::string>{}, "", "   ", "<html>", R"({"a":1)", R"({"a":})", "[1,,]", "[,]", "{,}", "{}x",
            "nul", "\"open", "[1}", R"({a:1})", R"({"a" 1})", "[1 2]", "]", "{]", "tru", R"(["\u12)", R"(["\)", "[-]",
            "[1e]", R"({"a":1 "b":2})", "[,1]", "[1],", "nulll", "['a']", "-true", "+", "NaNs", "0b1", "1_000", "10n");
    CAPTURE(text);
    auto const tree = JsonTree::parse(text);
    REQUIRE_FALSE(tree);
    CHECK_FALSE(tree.error().message.empty());
}

TEST_CASE("an error in a document of many lines names the line", "[json]")
{
    auto const tree = JsonTree::parse("{\n \"a\": 1,\n \"b\": oops\n}");
    REQUIRE_FALSE(tree);
    CHECK(tree.error().message.starts_with("not valid JSON in line 3, at byte "));
    auto const one_line = JsonTree::parse("oops\n");
    REQUIRE_FALSE(one_line);
    CHECK(one_line.error().message.starts_with("not valid JSON at byte "));
}

TEST_CASE("half a document says that it ends too early", "[json]")
{
    auto const tree = JsonTree::parse(R"({"success":true,"data":{"id":"x","steps":[{"key":)");
    REQUIRE_FALSE(tree);
    CHECK(tree.error().message == "JSON that ends too early");
}

TEST_CASE("a long list is read item by item, and forgotten item by item", "[json]")
{
    JsonParser parser{R"({"data":{"list":[{"a":"\n1"},2,["\t3"]],"rest":"\\"}})", 4};
    std::vector<std::string> items;
    while (parser.read_item(3)) {
        CHECK(parser.around_item(1).key() == "data");
        CHECK(parser.around_item(2).key() == "list");
        items.emplace_back(parser.item().raw());
        if (items.size() == 1)
            CHECK(parser.item()["a"].text() == "\n1");
        parser.forget_item();
    }
    CHECK(items == std::vector<std::string>{R"({"a":"\n1"})", "2", R"(["\t3"])"});
    auto const tree = parser.finish();
    REQUIRE(tree);
    CHECK(tree->root()["data"]["list"].size() == 3);
    CHECK(tree->root()["data"]["rest"].text() == "\\");
    CHECK(tree->nodes().size() == 7);
}

TEST_CASE("quoting gives a JSON string for any bytes", "[json]")
{
    CHECK(json_quote("a\"b\\\n") == R"("a\"b\\\n")");
    CHECK(json_quote("ö\xFF") == "\"ö\uFFFD\"");
    CHECK(json_quote("") == R"("")");
    for (int byte = 0; byte < 0x80; ++byte) {
        std::string const text{'a', static_cast<char>(byte)};
        auto const read = JsonTree::parse(json_quote(text));
        REQUIRE(read);
        CHECK(read->root().text() == text);
    }
}
