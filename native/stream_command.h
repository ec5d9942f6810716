// `pev stream URL`: an event stream as lines of JSON, for scripts, for looking at a server, and for contract tests.
//
// Each event, comment and error is one line on the standard output, in the form of public suites for clients of such
// streams: {"kind":"event","event":{"type":…,"data":…,"id":…}}, {"kind":"comment","comment":…}, {"kind":"error","comment":…}.
// The line "restart" on the standard input reconnects. It goes on until the server ends the stream for good.
#pragma once

#include "native/net/event_stream.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace pev::native {

struct StreamCommand {
    EventStream::Settings settings;
    HttpLoopSettings http;
    bool help = false;
};

// `arguments`: what follows "stream". The error is one line, and never holds a header's value.
Result<StreamCommand> parse_stream_command(std::vector<std::string> const& arguments);

// One line without its end.
std::string to_line(SseMessage const& message);
std::string to_line(SseComment const& comment);
std::string to_line(EventStream::Lost const& lost);

// Runs the command; the exit code of the program: 0 help, 1 the stream ended for good, 2 wrong options.
int run_stream_command(std::vector<std::string> const& arguments);

} // namespace pev::native
