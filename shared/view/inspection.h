// What the inspector shows of the selected step: its free JSON, parsed because somebody looks.
//
// Built by Session for the sections that are open, and again only when the step's text changed.
#pragma once

#include "shared/app/action.h" // Section
#include "shared/json/json_tree.h"
#include "shared/run/model.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pev {

struct ErrorView {
    std::string message;
    std::string stack; // empty where there is none
    JsonText other; // the whole value, where it is neither a string nor an object with a message
};
// Nothing where the step has no error (absent or null).
std::optional<ErrorView> look_at_error(JsonText const& text);

struct CollaborationMessage {
    std::string from;
    std::string to;
    std::string type; // request, response, escalation, delegation
    JsonText payload;
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
    std::size_t embedding_size = 0; // numbers; never shown themselves
    std::optional<Instant> created_at;
};
struct MemoryView {
    std::vector<MemoryTrace> traces;
    JsonText other; // likewise
};
MemoryView look_at_memory(JsonText const& text);

// Label and value in the order of the mission document, for the personality card.
struct LabeledValue {
    std::string label;
    std::string value;
};
std::vector<LabeledValue> look_at_personality(JsonText const& configuration);

// A JSON value that is being looked at. Null where there is none, or where its section is closed.
using SharedJson = std::shared_ptr<JsonTree const>;

struct Inspection {
    std::string step_key;
    SharedJson input;
    SharedJson output;
    std::optional<ErrorView> error;
    std::optional<CollaborationView> collaboration;
    std::vector<SharedJson> payloads; // of the messages, in their order
    SharedJson shared_state;
    MemoryView memory;
    std::vector<SharedJson> memory_contents; // of the traces, in their order
    std::vector<LabeledValue> personality;
};

// Parses what the open sections show, and what the closed ones summarize.
Inspection inspect(StepRun const& step, std::array<bool, kSections> const& open);

} // namespace pev
