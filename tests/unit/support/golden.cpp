#include "tests/unit/support/golden.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace pev::test {

namespace {

    using Lines = std::vector<std::string_view>;

    Lines lines_of(std::string_view text)
    {
        Lines lines;
        while (!text.empty()) {
            std::size_t const end = std::min(text.find('\n'), text.size());
            lines.push_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return lines;
    }

    // How many lines the rests of both texts have in common, in order: by where the rests begin.
    std::vector<std::vector<std::size_t>> common_lengths(Lines const& a, Lines const& b)
    {
        std::vector<std::vector<std::size_t>> length(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
        for (std::size_t i = a.size(); i-- > 0;) {
            for (std::size_t j = b.size(); j-- > 0;)
                length[i][j] = a[i] == b[j] ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
        }
        return length;
    }

    void write(std::string const& path, std::string const& text)
    {
        std::ofstream file(path, std::ios::binary);
        file << text;
        INFO(path);
        REQUIRE(file.good());
    }

} // namespace

bool rebaselining()
{
    char const* const asked = std::getenv("PEV_REBASELINE");
    return asked != nullptr && *asked != '\0';
}

std::string golden_path(std::string const& file)
{
    return PEV_GOLDEN "/" + file;
}

std::string golden_failure_path(std::string const& file)
{
    std::error_code ignored; // writing tells
    std::filesystem::create_directories(PEV_GOLDEN_FAILURES, ignored);
    return PEV_GOLDEN_FAILURES "/" + file;
}

std::string line_difference(std::string_view expected, std::string_view actual)
{
    Lines const a = lines_of(expected);
    Lines const b = lines_of(actual);
    auto const common = common_lengths(a, b);
    std::string difference;
    std::string_view before; // the last line that both have
    bool apart = false;
    auto const add = [&](char sign, std::string_view line) {
        if (!apart && !before.empty())
            difference.append("  ").append(before).append("\n");
        apart = true;
        difference.append(1, sign).append(" ").append(line).append("\n");
    };
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            before = a[i];
            apart = false;
            ++i;
            ++j;
        } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
            add('-', a[i++]);
        } else {
            add('+', b[j++]);
        }
    }
    return difference;
}

void check_golden_text(std::string const& name, std::string const& actual)
{
    std::string const path = golden_path(name + ".txt");
    if (rebaselining()) {
        write(path, actual);
        return;
    }
    std::ifstream const file(path, std::ios::binary);
    if (!file.is_open())
        FAIL(path << " is missing: run `python3 scripts/rebaseline.py`, and look at what it wrote");
    std::ostringstream expected;
    expected << file.rdbuf();
    std::string const difference = line_difference(expected.str(), actual);
    if (difference.empty() && expected.str() == actual)
        return;
    std::string const seen = golden_failure_path(name + ".txt");
    write(seen, actual);
    FAIL_CHECK(path << " is no longer what comes out (which is in " << seen
                    << ").\nIf that is meant to be: `python3 scripts/rebaseline.py`\n"
                    << difference);
}

} // namespace pev::test
