#include "shared/json/json_parser.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <vector>

using namespace pev;

namespace {

std::vector<std::string> sentences_of(std::string text, std::uint8_t& told)
{
    JsonParser parser{std::move(text), 5};
    REQUIRE(parser.finish());
    return describe_oddities(parser.oddities(), told);
}

std::vector<std::string> sentences_of(std::string text)
{
    std::uint8_t told = 0;
    return sentences_of(std::move(text), told);
}

} // namespace

TEST_CASE("a value that is no JSON but can be understood is taken as it came, and exported as JSON", "[json]")
{
    auto const [text, kind, json] = GENERATE(table<std::string, JsonKind, std::string>({
        {"NaN", JsonKind::Number, R"("NaN")"},
        {"-NaN", JsonKind::Number, R"("-NaN")"},
        {"nan", JsonKind::Number, R"("nan")"},
        {"Infinity", JsonKind::Number, R"("Infinity")"},
        {"-Infinity", JsonKind::Number, R"("-Infinity")"},
        {"-inf", JsonKind::Number, R"("-inf")"},
        {"0x1F", JsonKind::Number, R"("0x1F")"},
        {"1.", JsonKind::Number, "1"},
        {".5", JsonKind::Number, "0.5"},
        {"-.5e-3", JsonKind::Number, "-0.5e-3"},
        {"+1", JsonKind::Number, "1"},
        {"007", JsonKind::Number, "7"},
        {"-00.10", JsonKind::Number, "-0.10"},
        {"1.e400", JsonKind::Number, "1e400"},
        {"True", JsonKind::Boolean, "true"},
        {"FALSE", JsonKind::Boolean, "false"},
        {"None", JsonKind::Null, "null"},
        {"undefined", JsonKind::Null, "null"},
        {"\"a\x01\nb\"", JsonKind::String, R"("a\u0001\nb")"},
        {R"("C:\dir \x1b \u12g4")", JsonKind::String, R"("C:\\dir \\x1b \\u12g4")"},
        {"[1,2 , ]", JsonKind::Array, "[1,2  ]"},
        {R"({"a":1,})", JsonKind::Object, R"({"a":1})"},
    }));
    CAPTURE(text);
    auto const tree = JsonTree::parse("[ " + text + " ,1]");
    REQUIRE(tree);
    CHECK(tree->at(1).kind() == kind);
    CHECK(tree->at(1).raw() == text);
    CHECK(tree->root().size() == 2);
    CHECK(valid_json(text) == json);
    CHECK(sentences_of(json).empty());
    CHECK(sentences_of("[" + text + "]").size() == 1);
}

TEST_CASE("what is JSON is exported to the byte", "[json]")
{
    auto const text = GENERATE(as<std::string>{}, R"({"a":[1,-0.0,1e400,9007199254740993,"\ud83d \u001b"],"b":null} )",
        "true", R"("")", "[ ]");
    CHECK(valid_json(text) == text);
    CHECK(sentences_of(text).empty());
}

TEST_CASE("control characters and odd backslashes in a string are read as they stand there", "[json]")
{
    std::string const odd{"{\"a\":\"\x1b[31m\x00\r\n\\x1b \\'\\n\"}", 25};
    auto const tree = JsonTree::parse(odd);
    REQUIRE(tree);
    CHECK(tree->root()["a"].text() == std::string_view("\x1b[31m\0\r\n\\x1b \\'\n", 16));
}

TEST_CASE("the diagnostics are told what was odd and where, the first few of a kind, and each kind once", "[json]")
{
    std::string const text = R"({"data":{"steps":[{"key":"a"},{"out":{"mean":NaN,"list":[1,Infinity]}},)"
                             R"({"out":[nan,nan]}],"odd":.5,}})";
    std::uint8_t told = 0;
    auto const sentences = sentences_of(text, told);
    REQUIRE(sentences.size() == 3);
    CHECK(sentences[0].find("data.steps[1].out.mean (byte 46)") != std::string::npos);
    CHECK(sentences[0].find("data.steps[1].out.list") != std::string::npos);
    CHECK(sentences[0].find("data.steps[2].out[0]") != std::string::npos);
    CHECK(sentences[0].ends_with(" and 1 more"));
    CHECK(sentences[1].find("data.odd (byte ") != std::string::npos);
    CHECK(sentences[2].find("commas behind the last value at data (byte ") != std::string::npos);
    CHECK(sentences_of(text, told).empty());
    CHECK(sentences_of("\xEF\xBB\xBF" + text, told).size() == 1);
}

TEST_CASE("NaN, Infinity and hexadecimal numbers are nothing to count with", "[json]")
{
    auto const tree = JsonTree::parse(R"([NaN,-Infinity,0x10,"NaN","12","-0.5e1","+7",".5","1 ","one",""])");
    REQUIRE(tree);
    std::vector<double> numbers;
    for (JsonView const value : tree->root().children())
        numbers.push_back(value.number(-1));
    CHECK(numbers == std::vector<double>{-1, -1, -1, -1, 12, -5, 7, 0.5, -1, -1, -1});
}

TEST_CASE("a boolean in quotes is one, in any case", "[json]")
{
    auto const tree = JsonTree::parse(R"({"a":"true","b":"False","c":True,"d":"yes"})");
    REQUIRE(tree);
    JsonView const root = tree->root();
    CHECK(root["a"].truth());
    CHECK_FALSE(root["b"].truth(true));
    CHECK(root["c"].truth());
    CHECK_FALSE(root["d"].truth());
    CHECK(root["d"].truth(true));
}
