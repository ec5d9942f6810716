// Joins a freshly fetched run with what the stream has told since.
//
// Source: docs/WIRE.md#delivery (no replay is promised).
// A document is a photograph taken somewhere between request and answer, or a moment before (a database that copies to
// others, a cache), and events may have arrived meanwhile. So:
// - A step that no event touched shortly before the request or since is taken from the document.
// - Of a step that events did touch, the side that tells the newer fact wins (by the start of its attempt, then by the server's
//   number of it, then by rank), and where both have come as far, the events do; what the winner does not know (a null output, no
//   start) is kept from the other.
// - A step that runs again leaves its attempt behind (run/attempts.h).
// - A document that says of itself that it is older than one before (a cache, another database) takes nothing back either.
// - A run whose end was told stays over for a while, whatever documents say, unless they show something that began after it.
// - Log lines are joined as run/merge_logs.h says.
// - Which step is which, and where it stands, says run/order.h.
#pragma once

#include "shared/run/model.h"

#include <algorithm>

namespace pev {

// When a document was asked for and when it came, by our clock.
struct DocumentTimes {
    Instant sent;
    Instant received;
    // What happened later is not in it. Events say when they have happened at the latest, as if the quickest of them had taken
    // no time at all; it is taken to be no more than the document took.
    Instant told_until() const { return received + std::min<Duration>(received - sent, std::chrono::seconds{1}); }
};

// A document may be this much older than its request.
inline constexpr Duration kDocumentLag = std::chrono::seconds{5};
// A document that is older than another one by more than this was stamped by a clock that was set.
inline constexpr Duration kOldestDocument = std::chrono::seconds{30};
// The event that told the end of a run is believed against documents for so long.
inline constexpr Duration kEndHolds = std::chrono::seconds{30};

struct Merged {
    // The document lacked what events had told before it was asked for: what else it lacks is not known.
    bool document_lags = false;
};
Merged merge(RunModel& run, RunModel fetched, DocumentTimes const& times);

// The same for the document of one step. Nothing happens where the run has no step of its key, or several and none of its id.
Merged merge_step(RunModel& run, StepRun fetched, DocumentTimes const& times);

// To be called for the first document of a run, which there is nothing to merge with.
void note_document(RunModel& run, DocumentTimes const& times);

// -1: `a` tells of less than `b`: of an earlier attempt, or of an earlier stage of the same; 1: of more; 0: of as much.
int compare_progress(StepRun const& a, StepRun const& b);

} // namespace pev
