// One run of a playbook, as far as it is known.
//
// Source: mission document, PlaybookRunView and StepRunView; wire contract for what they leave open.
// Free JSON (inputs, outputs, errors, traces, collaboration) stays the server's text until somebody looks at it:
// see view/inspection.h.
#pragma once

#include "shared/base/time.h"
#include "shared/json/json_tree.h"
#include "shared/run/log_buffer.h"
#include "shared/run/state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pev {

struct WorkerInfo {
    std::string worker_id;
    std::optional<Instant> started_at;
    std::optional<Instant> finished_at;
    bool operator==(WorkerInfo const&) const = default;
};

struct Personality {
    std::string id;
    std::string org_id;
    std::string slug;
    std::string name;
    std::string description;
    JsonText configuration;
    std::string created_by;
    std::optional<Instant> created_at;
    std::optional<Instant> updated_at;
    bool operator==(Personality const&) const = default;
};

struct StepRun {
    std::string id;
    std::string key; // user text; unique within the run
    std::string name;
    TypeName type;
    StateName state;
    std::string status; // the server's word
    int attempt = 0; // zero-based: 0 is the first try
    int max_attempts = 3;
    JsonText input;
    JsonText output;
    JsonText error; // null, a string, or an object with `message` and perhaps `stack`
    LogBuffer logs;
    std::optional<WorkerInfo> worker;
    JsonText collaboration_context;
    JsonText episodic_traces;
    std::optional<Personality> personality; // AGENT steps
    std::vector<std::string> dependencies; // keys; empty where the server does not say
    std::optional<Instant> started_at;
    std::optional<Instant> completed_at;
    std::optional<Instant> created_at;

    // Server time of the newest fact known about the step; older facts do not undo it.
    std::optional<Instant> known_until;
    // Our clock: when an event last changed the step; and until when a document can have told of it and its log.
    std::optional<Instant> told_at;
    std::optional<Instant> documented_until;
    // Whether a document has told the state that the step is in: what only documents know is then known too.
    bool documented = false;
    // Counts changes of this step (not of its log, which grows at the end), so that views know when to look again.
    std::uint64_t revision = 0;

    // What to call it: its name, or its key where the name shows nothing.
    std::string_view title() const;
    // Memory for all but the log.
    std::size_t bytes_but_logs() const;
    bool operator==(StepRun const&) const = default;
};

// Recomputed from the steps; what the server counted is not trusted to stand still.
struct Progress {
    int total = 0;
    int completed = 0; // success
    int failed = 0;
    int running = 0;
    int pending = 0; // queued, waiting for dependencies, or in a state that this viewer does not know
    int blocked = 0;
    int canceled = 0;
    int skipped = 0;
    int interrupted = 0; // not ended, though the run has
    // Steps that need no more work: completed and skipped.
    int done() const { return completed + skipped; }
    int percent() const { return total == 0 ? 0 : done() * 100 / total; }
    bool operator==(Progress const&) const = default;
};
// What a run may take of the viewer's memory unless somebody says otherwise (Options::memory). A page has 2 GB: room for the run, a
// newer document of it, that document's text, the nodes that it is read into, and a copy that is being exported.
inline constexpr std::size_t kRunMemory = 256u << 20;
// A document may have more bytes than that, since logs are cut while it is read.
constexpr std::size_t most_document_bytes(std::size_t run_memory)
{
    return 2 * run_memory;
}

struct RunModel {
    std::string id;
    std::string playbook_id;
    std::string playbook_name;
    std::optional<int> playbook_version;
    std::string org_id;
    StateName state;
    std::string status;
    std::string triggered_by; // empty for null
    JsonText input;
    JsonText output;
    JsonText error;
    std::string webhook_url; // empty for null
    std::optional<WorkerInfo> worker;
    std::optional<Instant> started_at;
    std::optional<Instant> completed_at;
    std::optional<Instant> created_at;
    std::optional<Instant> updated_at;

    std::vector<StepRun> steps; // the playbook's own order
    Progress progress;
    std::string current_step_key; // empty where unknown
    std::string failed_step_key; // likewise
    std::optional<Instant> current_step_until; // server time of the newest word about the current step
    std::optional<Instant> told_at; // our clock: when an event last changed the run's own state
    std::optional<Instant> document_updated_at; // `updated_at` of the newest document

    // Counts changes of what the timeline is laid out by: steps, states, times.
    std::uint64_t revision = 0;
    // Counts changes of which steps there are, in which order, and what they wait for: indices into `steps` hold as long as it.
    std::uint64_t order_revision = 0;
    std::size_t log_line_count = 0; // all lines, the dropped ones too
    std::size_t dropped_line_count = 0;

    std::size_t memory = kRunMemory; // bytes that it may take
    std::size_t log_bytes = 0; // that its logs take; see run/log_memory.h
    std::size_t other_bytes = 0; // that its steps take beside them

    bool over() const { return is_terminal(state.kind); }
    // A run that is over has nothing running or waiting, whatever the server says of a step.
    bool interrupted(ExecutionState step) const { return over() && rank_of(step) < 2; }
    // When the step ended: of one that was running then, the run's end. Nothing where it goes on, or nobody knows.
    std::optional<Instant> end_of(StepRun const& step) const;
    // The count in `progress` that a step in this state belongs to. Who ends the run counts anew.
    int& count_of(ExecutionState step);

    StepRun* find(std::string_view key);
    StepRun const* find(std::string_view key) const;
    // After `steps` was replaced or grew: makes find() and the counts true again.
    void index_steps();
    void recount();

private:
    struct KeyHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
    };
    std::unordered_map<std::string, std::size_t, KeyHash, std::equal_to<>> by_key_;
};

} // namespace pev
