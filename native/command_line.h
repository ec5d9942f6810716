// What the desktop program is asked to do: its options, the page's address, or a recording.
//
// The options of the run are those of the page (shared/app/options.h), under the same names and with the same values.
#pragma once

#include "native/offscreen.h"
#include "shared/app/options.h"
#include "shared/base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pev::native {

// How quickly a recording plays: so many times as fast as it was recorded, or an event at each key stroke.
struct Speed {
    double factor = 1;
    bool by_step = false;
};

// When a picture is taken, or a window closes by itself.
struct Moment {
    enum class Kind : std::uint8_t {
        Ready, // the run is there, and as live as it gets
        Live, // a stream is open
        Final, // the run is over
        End, // of the recording
        After, // so many seconds since the beginning, by the run's clock
    };
    Kind kind = Kind::Ready;
    Duration after{};
};

struct CommandLine {
    enum class Task : std::uint8_t { Show, Help, Version } task = Task::Show;

    Options options;

    std::string replay; // a file; empty: the run comes from the API
    Speed speed;

    std::string cookie_file;
    std::string token_file;
    std::string certificate_file;
    // From the environment or the command line; files are not read yet.
    std::string cookie;
    std::string token;

    std::string screenshot; // a file; empty: no picture
    bool dump_tree = false;
    float width = 1440; // CSS pixels
    float height = 900;
    std::optional<float> scale; // device pixels in a CSS pixel; nothing: as the screen has it, or one
    std::optional<Moment> until;
    std::optional<std::chrono::seconds> timeout;

    // No window: a picture, or the tree as text, or both.
    bool offscreen() const { return !screenshot.empty() || dump_tree; }
};

// What the environment says; empty where it says nothing.
struct EnvironmentVariables {
    std::string cookie; // PEV_COOKIE
    std::string token; // PEV_TOKEN
};

// The error is one line that names the option, and never a secret.
Result<CommandLine> parse_command_line(
    std::vector<std::string> const& arguments, EnvironmentVariables const& environment);

std::string help_text();
std::string version_text();

// Which of the arguments hold secrets that other users of the machine could see in its list of processes, by their index.
std::vector<std::size_t> secret_arguments(std::vector<std::string> const& arguments);

} // namespace pev::native
