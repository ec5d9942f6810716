#include "native/saved_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace pev::native {

namespace {

    constexpr int kMostOfAName = 1'000;

    // "steps.csv", "steps (2).csv", …
    std::string numbered(std::string const& name, int number)
    {
        if (number == 1)
            return name;
        std::filesystem::path const path{name};
        return path.stem().string() + " (" + std::to_string(number) + ")" + path.extension().string();
    }

    // Mode "x": what is there already stays.
    std::pair<std::string, std::FILE*> make_file(std::string const& name)
    {
        std::FILE* file = nullptr;
        std::string free_name;
        errno = EEXIST;
        for (int number = 1; file == nullptr && errno == EEXIST && number <= kMostOfAName; ++number) {
            free_name = numbered(name, number);
            file = std::fopen(free_name.c_str(), "wbx");
        }
        return {std::move(free_name), file};
    }

    std::string failure_of(std::string const& name, int error)
    {
        return name + " can't be saved: " + std::strerror(error);
    }

} // namespace

std::optional<std::string> SavedFiles::take(SaveFile const& part)
{
    auto [open, is_new] = open_.try_emplace(part.name);
    Open& saved = open->second;
    std::optional<std::string> told;
    if (is_new) {
        auto const [name, file] = make_file(part.name);
        saved.name = name;
        saved.file.reset(file);
        if (file == nullptr)
            told = failure_of(name, errno);
    }
    if (saved.file) {
        std::FILE* const file = saved.file.get();
        bool const written = std::fwrite(part.content.data(), 1, part.content.size(), file) == part.content.size();
        if (!written || (!part.more && std::fflush(file) != 0)) {
            told = failure_of(saved.name, errno);
            saved.file.reset();
        }
    }
    if (!part.more) {
        if (saved.file)
            told = "Saved as " + std::filesystem::absolute(saved.name).string();
        open_.erase(open);
    }
    return told;
}

} // namespace pev::native
