// The document that a server would give of a run right now.
#pragma once

#include "shared/run/model.h"

#include <string>

namespace pev::native {

// `answer` is the document of an earlier moment, `run` what events have made of it since. What events don't touch stays as
// it was, to the byte. Logs are told as servers do, of steps that have ended.
std::string snapshot(std::string const& answer, RunModel const& run);

} // namespace pev::native
