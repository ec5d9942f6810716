#include "native/link_opener.h"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

using pev::native::LinkOpener;

namespace {

// A program that writes down how it was called.
class Program {
public:
    Program() : folder_(std::filesystem::temp_directory_path() / "pev-link-opener")
    {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directory(folder_);
        std::ofstream{path()} << "#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > " << (folder_ / "part").string() << "\nmv "
                              << (folder_ / "part").string() << " " << (folder_ / "called").string() << "\n";
        std::filesystem::permissions(path(), std::filesystem::perms::owner_all);
    }
    ~Program() { std::filesystem::remove_all(folder_); }
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;

    std::string path() const { return (folder_ / "opener").string(); }
    // What it was called with, once it was.
    std::string call() const
    {
        using namespace std::chrono_literals;
        for (int i = 0; i < 500 && !std::filesystem::exists(folder_ / "called"); ++i)
            std::this_thread::sleep_for(20ms);
        std::ifstream file{folder_ / "called"};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

private:
    std::filesystem::path folder_;
};

} // namespace

TEST_CASE("a link is opened by a program that gets the address alone, past any shell", "[native][links]")
{
    Program const program;
    LinkOpener opener{program.path()};
    CHECK_FALSE(opener.open("https://example.com/?a=$(touch%20x)&b=';c"));
    CHECK(program.call() == "1|https://example.com/?a=$(touch%20x)&b=';c");
}

TEST_CASE("a link that no program opens says why", "[native][links]")
{
    LinkOpener opener{"/nowhere/opener"};
    auto const refused = opener.open("https://example.com/");
    REQUIRE(refused);
    CHECK(*refused == "The link can't be opened: /nowhere/opener: No such file or directory");
}
