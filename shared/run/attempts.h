// The attempts of a step: what tells one from the next, and what is kept of those that are over.
//
// Source: docs/WIRE.md#what-real-servers-do (attempts are known by their start); docs/DESIGN.md#attempts.
// A step runs again after a failure, by hand, or as the next round of a loop. Not every server counts: some always say 0, some count
// from one again. So an attempt is known by its start. What a document still tells of the attempt before (its end, its error, its
// log) is believed to be of that one.
// Log lines: most servers append to one log, and an attempt has a part of it. Some replace the log by the new attempt's: then the
// lines of before are kept with their attempt.
#pragma once

#include "shared/base/rest.h"
#include "shared/run/model.h"

namespace pev {

// Of a step so many attempts that are over are kept, the newest.
inline constexpr std::size_t kMostPastAttempts = 20;

// -1, 0, 1: the first is earlier, the same or later. A stamp of whole seconds (or milliseconds) is only compared as such.
int compare_stamps(Instant a, Instant b);

// The step has begun at least once.
bool has_run(StepRun const& step);
// Whether `later` tells of an attempt that began after the one that `earlier` tells of.
bool begins_later(StepRun const& earlier, StepRun const& later);

// The attempt is over, and another one is to come, which the server gives the number `next_attempt`. Once for each.
PEV_REST void remember_attempt(StepRun& step, int next_attempt);
// It goes on after all: what was said of a next one was wrong or too early.
void take_up_again(StepRun& step);
// An error that is not the step's own belongs to the attempt before, also where nobody has seen that one. `logs`: the step's.
// Returns whether it was news.
bool place_earlier_error(StepRun& step, LogBuffer const& logs);
PEV_REST void place_earlier_errors(RunModel& run);

// The log that a line of that time belongs to.
LogBuffer& log_at(StepRun& step, std::optional<Instant> at);
// Whether the log of an attempt before has this line of the stream.
bool was_told_before(StepRun const& step, LogLine const& line);
// A line was put in at this place of the step's log: what stands behind has moved.
void move_attempts(StepRun& step, std::size_t number, std::optional<Instant> at);
// Whether the server has replaced the log of the attempts before by `fetched`. `complete`: that log is closed.
bool replaces_log(StepRun const& known, LogBuffer const& fetched, bool complete);
// Leaves to the step the lines of its newest attempt, which `fetched` tells of, alone.
void part_logs(StepRun& known, StepRun const& fetched, bool complete);

} // namespace pev
