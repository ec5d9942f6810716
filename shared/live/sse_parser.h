// Turns the bytes of a text/event-stream body into messages.
//
// Source: WHATWG HTML, 9.2.5 "Parsing an event stream" and 9.2.6 "Interpreting an event stream".
// Used by: native/ and the tests. Browsers parse the stream themselves, so wasm/ enters one step later.
// Threading: none. A parser belongs to one connection; to reconnect, make a new one from the last event id.
#pragma once

#include "shared/live/sse_message.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pev {

// A line that is there for the connection's sake, such as a heartbeat: all behind its colon.
struct SseComment {
    std::string text;
    bool operator==(SseComment const&) const = default;
};

using SseItem = std::variant<SseMessage, SseComment>;

class SseParser {
public:
    // A message, or a line, of more bytes than this fails the parser.
    static constexpr std::size_t kMaxMessageBytes = 64u << 20U;
    // Whoever asks for a longer wait is taken to have asked for this one.
    static constexpr std::chrono::milliseconds kLongestRetry = std::chrono::hours{24};

    // `last_event_id`: of the connection before this one. The specification starts each with an empty one, which would
    // forget it at the first message without an id; all browsers carry it over.
    explicit SseParser(std::string last_event_id = {}, std::size_t max_message_bytes = kMaxMessageBytes);

    // Appends what `bytes` complete to `out`, in the order of the stream. Chunks may split anywhere: inside a UTF-8
    // sequence, between '\r' and '\n', inside a field name. What the stream's end leaves incomplete is never told.
    // False, for good, once a message is larger than the limit.
    [[nodiscard]] bool feed(std::string_view bytes, std::vector<SseItem>& out);

    // What a reconnection has to send as Last-Event-ID: the id as of the last complete block. Empty: nothing.
    std::string const& last_event_id() const { return last_event_id_; }
    // How long the server wants a reconnection to wait, once it has said so.
    std::optional<std::chrono::milliseconds> retry() const { return retry_; }

private:
    void take_line(std::string_view line, std::vector<SseItem>& out);
    void take_field(std::string_view name, std::string_view value);
    void dispatch(std::vector<SseItem>& out);
    bool too_large(std::size_t line_bytes) const;

    std::size_t max_message_bytes_;
    bool failed_ = false;
    bool at_start_ = true; // no line is complete yet: a byte order mark may come
    bool after_cr_ = false; // a '\n' would belong to the line end before
    std::string line_; // the beginning of a line whose end is still to come

    // The buffers of 9.2.6.
    std::string data_;
    std::string event_type_;
    std::string id_buffer_;

    std::string last_event_id_;
    std::optional<std::chrono::milliseconds> retry_;
};

} // namespace pev
