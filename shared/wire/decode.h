// From the wire to the model: REST answers and stream messages.
//
// Source: docs/WIRE.md. Tolerant of everything that it names (null logs, unknown states, snake_case, string errors), of numbers and
// booleans in quotes, and of what is no JSON but can be understood (shared/json/json_oddity.h); an answer that is no run at all is an
// error in one sentence.
#pragma once

#include "shared/base/result.h"
#include "shared/json/json_parser.h"
#include "shared/run/event.h"
#include "shared/run/model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pev {

// What the server says about a request that it did not fulfil.
struct ServerError {
    std::string code; // "NOT_FOUND"
    std::string message; // the server's words
};

// A run that would take more memory than it may.
struct TooLarge {
    std::size_t step_bytes
        = 0; // what the steps take that were read, without their logs; 0: there are too many values to read
};

// `{"success":true,"data":{…}}`. The body may be a run, a refusal in the wire's form, or neither.
using RunAnswer = std::variant<RunModel, ServerError, TooLarge, Error>;
RunAnswer decode_run_answer(std::string body);

// The same in portions: a run of a hundred thousand steps takes longer than a page may stand still.
class RunDecoder {
public:
    // `memory`: what the run may take.
    explicit RunDecoder(std::string body, std::size_t memory = kRunMemory);
    // Goes on for about `bytes`; returns whether there is more to do.
    bool decode(std::size_t bytes);
    // How much has been decoded: 0 to 1.
    double progress() const;
    // Once there is no more.
    RunAnswer answer();
    // What in it was no JSON, as far as it was read.
    JsonOddities const& oddities() const { return parser_.oddities(); }

private:
    std::size_t expected_steps() const;
    void add(StepRun step);
    void forget_steps();
    bool is_too_large() const { return read_.other_bytes > read_.memory; }

    JsonParser parser_;
    RunModel read_; // its steps, and what they take
    std::uint32_t list_ = 0; // node of the list that the steps stand in
};

// The answer to a request for one step.
using StepAnswer = std::variant<StepRun, ServerError, Error>;
StepAnswer decode_step_answer(std::string body, JsonOddities* oddities = nullptr);

// `{"success":true,"data":{"streamUrl":…}}` of the app profile.
using StreamUrlAnswer = std::variant<std::string, ServerError, Error>;
StreamUrlAnswer decode_stream_url_answer(std::string body);

// The `data` of a stream message; it may be JSON in a JSON string. Two reasons to ignore one: a type of tomorrow, or data of a type that
// is known, but can't be read or lacks a part: then something happened that nobody could read.
struct UnknownEventType {
    std::string type;
};
using DecodedEvent = std::variant<RunEvent, UnknownEventType, Error>;
DecodedEvent decode_event(
    std::string_view sse_type, std::string data, std::string sse_id, JsonOddities* oddities = nullptr);

} // namespace pev
