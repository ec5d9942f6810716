// Opens links with the program that the desktop has for it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace pev::native {

class LinkOpener {
public:
    // The name of a program on the PATH, or its path. It is started without a shell.
    explicit LinkOpener(std::string program = default_program()) : program_(std::move(program)) {}

    // The program goes on by itself. Why it could not be started, where it could not.
    std::optional<std::string> open(std::string const& url);

private:
    static std::string default_program();

    std::string program_;
    std::vector<pid_t> started_; // and not yet known to have ended
};

} // namespace pev::native
