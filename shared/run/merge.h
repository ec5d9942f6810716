// Joins a freshly fetched run with what the stream has told since.
//
// Source: wire contract, `logs` ("reconcile without duplicates or loss") and "No replay is promised".
// A document is a photograph taken somewhere between request and answer, and events may have arrived meanwhile. So:
// - A step that no event touched since the request was sent is taken from the document.
// - Of a step that events did touch, the side that has come further wins (attempt, then rank); what the winner does not
//   know (a null output, no start) is kept from the other.
// - A run that is over stays over.
// - Log lines of both sides are aligned as sequences: lines that both have appear once, lines that only one has are kept.
#pragma once

#include "shared/run/model.h"

#include <string>
#include <unordered_set>

namespace pev {

// `touched_since_request`: keys of the steps that events changed after the document was asked for.
void merge(RunModel& run, RunModel fetched, std::unordered_set<std::string> const& touched_since_request);

// The shortest sequence that holds both `known` and `fetched` in order. Lines are equal by text; where both sides have
// one, the side with level and time wins.
LogBuffer merge_logs(LogBuffer const& known, LogBuffer const& fetched);

} // namespace pev
