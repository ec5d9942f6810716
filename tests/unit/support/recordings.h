// Reads the recorded runs of tests/data.
#pragma once

#include "shared/app/arrival.h"
#include "shared/run/model.h"

#include <string>
#include <vector>

namespace pev::test {

std::string read_file(std::string const& name);

// A run from a recorded REST answer. Fails the test where it is none.
RunModel read_run(std::string const& name);

struct RecordedMessage {
    Duration at{}; // from the run's start
    SseMessage message;
};
std::vector<RecordedMessage> read_stream(std::string const& name);

} // namespace pev::test
