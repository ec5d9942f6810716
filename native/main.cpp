// The program `pev`.
#include "native/program.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

// Takes a secret out of the environment, of which others may get to see a copy (child processes, crash reports).
std::string take_variable(char const* name)
{
    char* const value = std::getenv(name);
    if (value == nullptr)
        return {};
    std::string taken = value;
    std::memset(value, 'x', taken.size());
    unsetenv(name);
    return taken;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // whoever reads our output may go first
    std::vector<std::string> const arguments{argv + 1, argv + argc};
    // The list of processes shows arguments to everybody.
    for (std::size_t const secret : pev::native::secret_arguments(arguments))
        std::memset(argv[secret + 1], 'x', std::strlen(argv[secret + 1]));
    pev::native::EnvironmentVariables const environment{
        .cookie = take_variable("PEV_COOKIE"), .token = take_variable("PEV_TOKEN")};
    return static_cast<int>(pev::native::run_program(arguments, environment));
}
