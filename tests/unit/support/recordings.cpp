#include "tests/unit/support/recordings.h"

#include "shared/json/json_tree.h"
#include "shared/wire/decode.h"

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <sstream>

namespace pev::test {

std::string read_file(std::string const& name)
{
    std::ifstream const file(std::string{PEV_TEST_DATA "/"} + name, std::ios::binary);
    INFO("tests/data/" << name);
    REQUIRE(file.is_open());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

RunModel read_run(std::string const& name)
{
    RunAnswer answer = decode_run_answer(read_file(name));
    REQUIRE(std::holds_alternative<RunModel>(answer));
    return std::get<RunModel>(std::move(answer));
}

std::vector<RecordedMessage> read_stream(std::string const& name)
{
    std::vector<RecordedMessage> messages;
    std::istringstream lines(read_file(name));
    for (std::string line; std::getline(lines, line);) {
        auto const tree = JsonTree::parse(line);
        REQUIRE(tree);
        JsonView const root = tree->root();
        messages.push_back({.at = std::chrono::milliseconds{static_cast<long long>(root["atMs"].number())},
            .message = {.type = std::string{root["event"].text()}, .data = std::string{root["data"].raw()}, .id = {}}});
    }
    return messages;
}

} // namespace pev::test
