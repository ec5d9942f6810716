// The desktop program, but for what only main() can do.
#pragma once

#include "native/command_line.h"

#include <string>
#include <vector>

namespace pev::native {

// As pev --help tells them.
enum class ExitCode : int {
    Done = 0,
    NoRun = 1,
    WrongOptions = 2,
    File = 3,
    NoScreen = 4,
};

// Does what the arguments (without the program's name) ask for. What goes wrong is told on the standard error, in one line.
ExitCode run_program(std::vector<std::string> const& arguments, EnvironmentVariables const& environment);

} // namespace pev::native
