#include "native/link_opener.h"

#include <array>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pev::native {

std::string LinkOpener::default_program()
{
#ifdef __APPLE__
    return "open";
#else
    return "xdg-open";
#endif
}

std::optional<std::string> LinkOpener::open(std::string const& url)
{
    std::erase_if(started_, [](pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; });
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    std::string argument = url;
    std::array<char*, 3> arguments{program_.data(), argument.data(), nullptr};
    pid_t child = 0;
    int const error = posix_spawnp(&child, program_.c_str(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0)
        return "The link can't be opened: " + program_ + ": " + std::strerror(error);
    started_.push_back(child);
    return std::nullopt;
}

} // namespace pev::native
