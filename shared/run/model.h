// One run of a playbook, as far as it is known.
//
// Source: docs/WIRE.md#the-run, docs/WIRE.md#a-step.
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
#include <span>
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

// An attempt of a step that is over because the step runs again, or is to: see run/attempts.h.
struct PastAttempt {
    int number = 1; // as it was shown, counted from one
    StateName state; // that it ended in, as far as somebody said so
    std::optional<Instant> started_at;
    std::optional<Instant> completed_at;
    JsonText error;
    // Its lines are those with these numbers in the step's log; or `log`, where the server replaced them by the next attempt's.
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<LogBuffer> log;
    bool operator==(PastAttempt const&) const = default;
};

struct StepRun {
    std::string id;
    std::string key; // user text; it may be empty, and several steps may have the same one
    // How the viewer names it, to the reader, to hosts and in addresses: its key, or KEY~2 for the second step of that key. Never
    // empty, unique within the run, and the same for as long as the run is shown.
    std::string ref;
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

    std::vector<PastAttempt> past; // oldest first
    int number = 1; // of the attempt that is shown, where the server does not count: see attempt_number()
    bool between_attempts = false; // the newest past attempt is over, and the next has not begun
    // As far as is known: a step that is tried again keeps its place (run/order.h).
    std::optional<Instant> first_started_at;

    // Server time of the newest fact known about the step; older facts do not undo it.
    std::optional<Instant> known_until;
    // The opening of the stream that told that fact; nothing where it was a document. What comes later on the same is newer.
    std::optional<std::uint16_t> told_opening;
    // Our clock: when an event last changed the step; and until when a document can have told of it and its log.
    std::optional<Instant> told_at;
    std::optional<Instant> documented_until;
    // Whether a document has told the state that the step is in: what only documents know is then known too.
    bool documented = false;
    // Stands for the document's text of an output that differs from ours in nothing but its form.
    std::uint64_t output_in_document = 0;
    // Counts changes of this step (not of its log, which grows at the end), so that views know when to look again.
    std::uint64_t revision = 0;

    // What to call it: its name, or its key where the name shows nothing.
    std::string_view title() const;
    // Counted from one: what the server says, or by the attempts that were seen where its number stands still.
    int attempt_number() const { return attempt + 1 > number ? attempt + 1 : number; }
    int attempt_limit() const { return max_attempts > attempt_number() ? max_attempts : attempt_number(); }
    // The error is that of an attempt before: servers keep it while a step runs again, and some beyond.
    bool has_earlier_error() const;
    // Memory for all but logs; and for the logs of this attempt and those before.
    std::size_t bytes_but_logs() const;
    std::size_t log_bytes() const;
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

    std::vector<StepRun> steps; // the playbook's own order, or as they ran
    bool arranged = false; // the latter: the server's order tells nothing (run/order.h)
    Progress progress;
    std::string current_step_key; // empty where unknown
    std::string failed_step_key; // likewise
    std::optional<Instant> current_step_until; // server time of the newest word about the current step
    std::optional<Instant> told_at; // our clock: when an event last changed the run's own state
    std::optional<std::uint16_t> told_opening; // of the stream that told that state; nothing where it was a document
    std::optional<Instant> document_updated_at; // `updated_at` of the newest document
    std::optional<Instant> documented_until; // our clock: until when that can have told of the run

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
    // A run that is over has nothing running or waiting, whatever the server says of a step. What a word of tomorrow says, it may have
    // ended with.
    bool interrupted(ExecutionState step) const
    {
        return over() && rank_of(step) < 2 && step != ExecutionState::Unknown;
    }
    // When the step ended: of one that was running then, the run's end. Nothing where it goes on, or nobody knows.
    std::optional<Instant> end_of(StepRun const& step) const;
    // The count in `progress` that a step in this state belongs to. Who ends the run counts anew.
    int& count_of(ExecutionState step);

    StepRun* find(std::string_view ref);
    StepRun const* find(std::string_view ref) const;
    // Which step the server means by a key; of several the one that is not over, else the newest. `at`: when it said so, since what it
    // said before a step began was about another one. Null where there is no such step.
    StepRun* find_by_key(std::string_view key, std::optional<Instant> at = {});
    StepRun const* find_by_key(std::string_view key, std::optional<Instant> at = {}) const;
    // Which step is meant by a dependency of the one at `step`: of several the nearest before it.
    StepRun const* find_dependency(std::string_view key, std::size_t step) const;
    // Indices of all steps of a key, ascending.
    std::span<std::uint32_t const> of_key(std::string_view key) const;
    bool keys_differ() const { return twins_.empty(); }
    // Whether the address of this step leads to it and to nothing else.
    bool can_be_asked_alone(StepRun const& step) const;
    // After `steps` was replaced, rearranged or grew: names those that have no ref, and makes what finds them and the counts true again.
    void index_steps();
    void recount();

private:
    struct RefHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view ref) const { return std::hash<std::string_view>{}(ref); }
    };
    void name_steps();

    std::unordered_map<std::string, std::uint32_t, RefHash, std::equal_to<>> by_ref_;
    // Steps that share their key, or are named otherwise: by key, then in the run's order.
    std::vector<std::uint32_t> twins_;
};

} // namespace pev
