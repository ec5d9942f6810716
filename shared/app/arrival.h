// What the platform hands in: answers to effects, and changes of the world around the viewer.
#pragma once

#include "shared/app/effect.h"
#include "shared/base/time.h"
#include "shared/live/sse_message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace pev {

struct HttpAnswer {
    RequestId id = 0;
    int status = 0; // 0: no answer at all, see `failure`
    std::string content_type;
    std::optional<Instant> date; // Date header, where readable
    std::string body;
    std::string failure; // why there is no answer, in the platform's words
    std::uint64_t refused_bytes = 0; // of one that was not taken in because it has so many, or more
};

struct StreamOpened {
    StreamId id = 0;
};

struct StreamMessage {
    StreamId id = 0;
    SseMessage message;
};

struct StreamLost {
    StreamId id = 0;
    // The platform reopens the same stream by itself and will say StreamOpened or StreamLost again.
    bool reopens = false;
};

// The stream can't be opened yet: others of this browser hold as many as may be open at a time. StreamOpened or StreamLost
// comes when there is room.
struct StreamWaits {
    StreamId id = 0;
};

// Whether anybody can see the viewer. It is taken as visible until told otherwise.
struct VisibilityTold {
    bool visible = true;
};
// Whether the computer has a network, as far as the platform knows. It is taken to have one until told otherwise.
struct NetworkTold {
    bool online = true;
};

struct NotifyAnswer {
    bool allowed = false;
};

// A link was not opened, as far as can be told.
struct LinkRefused {
    std::string why; // a sentence for the reader
};

// Something about the viewer's surroundings that is worth a line in the diagnostics.
struct Remark {
    std::string text;
};

using Arrival = std::variant<HttpAnswer, StreamOpened, StreamMessage, StreamLost, StreamWaits, VisibilityTold,
    NetworkTold, NotifyAnswer, LinkRefused, Remark>;

} // namespace pev
