#include "native/files.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace pev::native {

namespace {

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    Error failure(std::string const& path)
    {
        return {path + ": " + std::strerror(errno)};
    }

} // namespace

Result<std::string> read_file(std::string const& path)
{
    std::unique_ptr<std::FILE, Close> const file{std::fopen(path.c_str(), "rb")};
    if (!file)
        return failure(path);
    std::string text;
    std::array<char, 65536> chunk{};
    while (std::size_t const size = std::fread(chunk.data(), 1, chunk.size(), file.get()))
        text.append(chunk.data(), size);
    if (std::ferror(file.get()) != 0)
        return failure(path);
    return text;
}

std::optional<Error> print(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        return failure("standard output");
    return std::nullopt;
}

} // namespace pev::native
