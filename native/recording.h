// A recorded run, as serve.py --replay takes it too (demo/replay.py).
//
// It is a run document alone, or three files: NAME.initial.json (the run as first fetched), NAME.stream.ndjson (the events
// that followed, one {"atMs", "event", "data"} a line, `atMs` counted from the run's start) and perhaps NAME.final.json.
#pragma once

#include "shared/app/arrival.h"
#include "shared/base/result.h"
#include "shared/base/time.h"

#include <string>
#include <vector>

namespace pev::native {

struct RecordedEvent {
    Duration at{}; // since the run's start
    SseMessage message;
};

struct Recording {
    std::string run_id;
    std::string initial; // documents are answers as the API gives them, envelope and all
    std::vector<RecordedEvent> events; // in the order of time
    std::string final; // empty: there is none
    Instant began{}; // the time of day at the run's start; where nothing tells it, the newest in the document
};

// `path` names the document, one of the three files, or NAME. Errors name the file, and the line where there is one.
Result<Recording> load_recording(std::string const& path);

} // namespace pev::native
