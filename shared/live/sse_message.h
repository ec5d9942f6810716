// One message of an event stream, as its reader gets it.
//
// Source: WHATWG HTML, 9.2.6. Made by a browser's EventSource (wasm/) or by SseParser (native/).
#pragma once

#include <string>

namespace pev {

struct SseMessage {
    std::string type; // "message" where the stream names none
    std::string data;
    std::string id; // the stream's last event id, also where this message brought none
    bool operator==(SseMessage const&) const = default;
};

} // namespace pev
