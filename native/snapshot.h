// The document that a server would give of a run right now.
#pragma once

#include "shared/run/model.h"

#include <string>
#include <string_view>

namespace pev::native {

// `answer` is the document of an earlier moment, `run` what events have made of it since. What events don't touch stays as
// it was, to the byte. Logs are told as servers do, of steps that have ended.
std::string snapshot(std::string const& answer, RunModel const& run);
// The answer for one step out of such a document; a refusal where it has no step of the key.
std::string step_of(std::string const& answer, std::string_view key);

} // namespace pev::native
