// Facts from the server: the seven events of a stream.
//
// Source: docs/WIRE.md#events.
#pragma once

#include "shared/base/time.h"
#include "shared/json/json_tree.h"
#include "shared/run/log_buffer.h"
#include "shared/run/state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace pev {

struct RunUpdated {
    std::string status;
    // Absent: says nothing. Empty: no step is current.
    std::optional<std::string> current_step_key;
};

struct RunCompleted {
    std::optional<Instant> completed_at;
};

struct RunFailed {
    std::string error;
    std::optional<Instant> failed_at;
    std::string failed_step_key;
};

struct StepUpdated {
    std::string step_key;
    std::string status;
    std::optional<int> attempt; // zero-based, as in the model
    std::optional<Instant> started_at;
};

struct StepCompleted {
    std::string step_key;
    std::optional<Instant> completed_at;
    std::optional<JsonText> result; // null is a result too
    std::optional<Duration> duration;
};

struct StepFailed {
    std::string step_key;
    std::string error;
    std::optional<Instant> failed_at;
    std::optional<int> attempt; // zero-based, as in the model
    bool will_retry = false;
};

struct StepLogAppended {
    std::string step_key;
    LogLevel level = LogLevel::None;
    std::string text;
    std::optional<Instant> at;
};

using Event
    = std::variant<RunUpdated, RunCompleted, RunFailed, StepUpdated, StepCompleted, StepFailed, StepLogAppended>;

// An event with the envelope that it came in.
struct RunEvent {
    std::string run_id;
    std::string sse_id; // empty where the server sends none
    std::optional<Instant> at; // the server's clock
    Event event;

    // How it reached us; whoever received it says so.
    std::optional<Instant> happened_by = {}; // our clock: it did not happen later than this
    std::optional<Instant> latest_stamp = {}; // the server's clock: what is stamped later has not happened yet
    std::uint16_t opening = 0; // counts the times that a stream was opened
    bool replayed = false; // happened before the stream was opened
};

// "step.completed"
std::string_view event_type(Event const& event);
// The step that the event is about; empty for events about the run.
std::string_view event_step_key(Event const& event);

} // namespace pev
