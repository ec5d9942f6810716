#include "native/files.h"
#include "native/saved_files.h"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <string>

using namespace pev;
using native::SavedFiles;

namespace {

// A folder of its own to stand in.
class Folder {
public:
    Folder()
        : before_(std::filesystem::current_path()), path_(std::filesystem::temp_directory_path() / "pev-saved-files")
    {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directory(path_);
        std::filesystem::current_path(path_);
    }
    ~Folder()
    {
        std::filesystem::current_path(before_);
        std::filesystem::remove_all(path_);
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

private:
    std::filesystem::path before_;
    std::filesystem::path path_;
};

SaveFile part(std::string name, std::string content, bool more = false)
{
    return {.name = std::move(name), .media_type = "text/plain", .content = std::move(content), .more = more};
}

std::string content_of(std::string const& name)
{
    auto const file = native::read_file(name);
    return file ? *file : file.error().message;
}

} // namespace

TEST_CASE("a file comes in parts, and is told of when it is whole", "[native][save]")
{
    Folder const folder;
    SavedFiles files;
    CHECK_FALSE(files.take(part("run.json", "{", true)));
    CHECK_FALSE(files.take(part("run.json", "}", true)));
    auto const told = files.take(part("run.json", "\n"));
    REQUIRE(told);
    CHECK(told->starts_with("Saved as /"));
    CHECK(told->ends_with("/run.json"));
    CHECK(content_of("run.json") == "{}\n");
}

TEST_CASE("what is there already stays as it is", "[native][save]")
{
    Folder const folder;
    SavedFiles files;
    files.take(part("steps.csv", "first"));
    CHECK(files.take(part("steps.csv", "second"))->ends_with("/steps (2).csv"));
    CHECK(files.take(part("steps.csv", "third"))->ends_with("/steps (3).csv"));
    CHECK(content_of("steps.csv") == "first");
    CHECK(content_of("steps (2).csv") == "second");
}

TEST_CASE("a file that can't be written is told of once, and later ones are not lost for it", "[native][save]")
{
    Folder const folder;
    SavedFiles files;
    auto const told = files.take(part("no/such/folder.log", "a", true));
    REQUIRE(told);
    CHECK(told->find("can't be saved") != std::string::npos);
    CHECK_FALSE(files.take(part("no/such/folder.log", "b", true)));
    CHECK_FALSE(files.take(part("no/such/folder.log", "c")));
    CHECK(files.take(part("b.log", "b")));
}
