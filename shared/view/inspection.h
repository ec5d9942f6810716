// What the inspector shows of the selected step: errors, conversations, memories and personalities, read out of free JSON.
//
// Built by Session, and again only when the step's text changed. Inputs and outputs are not among it: see json_outline.h.
#pragma once

#include "shared/base/terminal_text.h"
#include "shared/json/json_tree.h"
#include "shared/run/model.h"

#include <optional>
#include <string>
#include <vector>

namespace pev {

struct ErrorView {
    std::string message; // as a terminal would show it
    std::string stack; // the same; empty where there is none
    JsonText other; // the whole value, where it is neither a string nor an object with a message
    std::vector<LinkSpan> message_links = {};
    std::vector<LinkSpan> stack_links = {};
};
// Nothing where the step has no error (absent or null).
std::optional<ErrorView> look_at_error(JsonText const& text);
// All that it says, to take elsewhere.
std::string error_in_words(ErrorView const& error);

struct CollaborationMessage {
    std::string from;
    std::string to;
    std::string type; // request, response, escalation, delegation
    JsonText payload;
    std::string text; // the payload's, where it is a string
    std::optional<Instant> at;
};
struct CollaborationView {
    std::vector<CollaborationMessage> messages;
    JsonText shared_state;
    std::string escalation_level;
    JsonText other; // the whole value, where it has not the expected shape
};
std::optional<CollaborationView> look_at_collaboration(JsonText const& text);

struct MemoryTrace {
    std::string id;
    JsonText content;
    std::string text; // the content's, where it is a string
    std::size_t embedding_size = 0; // numbers; never shown themselves
    std::optional<Instant> created_at;
};
struct MemoryView {
    std::vector<MemoryTrace> traces;
    JsonText other; // likewise
};
MemoryView look_at_memory(JsonText const& text);

// Label and value in the order of docs/WIRE.md#a-step, for the personality card.
struct LabeledValue {
    std::string label;
    std::string value;
};
struct PersonalityWeight {
    std::string label;
    std::string value; // as the server wrote it
    float share = 0; // 0..1, of the most that it can be
};
struct PersonalityView {
    std::vector<LabeledValue> traits; // tone, style, …, and what a newer server adds under its own key
    std::vector<std::string> domains;
    std::vector<PersonalityWeight> weights; // memory, escalation, then what it is biased towards
    std::vector<std::string> required;
    std::vector<std::string> forbidden;
};
PersonalityView look_at_personality(JsonText const& configuration);

// An attempt before, as far as it is shown: the end of a long log.
struct PastAttemptView {
    std::string words; // "Attempt 1 of 3 · failed · 3 lines"
    std::optional<ErrorView> error;
    std::string log;
    std::size_t lines_left_out = 0; // before those
};
std::vector<PastAttemptView> look_at_attempts(StepRun const& step);
// All of it, to take elsewhere.
std::string attempt_in_words(PastAttemptView const& attempt);
// What the lines of the attempts before are among those of the log: "5 of earlier attempts"; empty where there are none.
std::string describe_earlier_lines(StepRun const& step);

struct Inspection {
    std::string step; // ref
    std::vector<PastAttemptView> attempts; // newest first
    std::optional<ErrorView> error;
    std::optional<CollaborationView> collaboration;
    MemoryView memory;
    PersonalityView personality;
};
Inspection inspect(StepRun const& step);

} // namespace pev
