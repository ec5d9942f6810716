// SSE parser: cut anywhere, a stream reads the same.
//
// Input: the bytes of a stream. They are cut by themselves, so that every mutation cuts elsewhere.
#include "shared/base/text.h"
#include "shared/live/sse_parser.h"
#include "tests/fuzz/fuzzer.h"

#include <algorithm>
#include <cstdint>

namespace pev::fuzz {

namespace {

    struct Reading {
        bool whole = true;
        std::vector<SseItem> items;
        std::string last_event_id;
        std::optional<std::chrono::milliseconds> retry;
        bool operator==(Reading const&) const = default;
    };

    constexpr std::size_t kMaxMessageBytes = 4096; // small, so that the limit is met

    // `chunk_size` says how many bytes of the rest come next.
    template <typename ChunkSize>
    Reading read(std::string_view stream, ChunkSize&& chunk_size)
    {
        SseParser parser{"id of before", kMaxMessageBytes};
        Reading reading;
        while (!stream.empty() && reading.whole) {
            std::size_t const size = std::min<std::size_t>(chunk_size(), stream.size());
            // In memory of its own: reading past a chunk's end is seen.
            std::vector<char> const chunk(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size));
            reading.whole = parser.feed({chunk.data(), chunk.size()}, reading.items);
            stream.remove_prefix(size);
        }
        reading.last_event_id = parser.last_event_id();
        reading.retry = parser.retry();
        return reading;
    }

    void expect_sound(Reading const& reading)
    {
        expect(is_utf8(reading.last_event_id), "the last event id is UTF-8");
        expect(!reading.retry || reading.retry->count() >= 0, "no negative retry");
        for (SseItem const& item : reading.items) {
            if (auto const* const comment = std::get_if<SseComment>(&item)) {
                expect(is_utf8(comment->text), "a comment is UTF-8");
                expect(comment->text.find_first_of("\r\n") == std::string::npos, "a comment is one line");
                continue;
            }
            auto const& message = std::get<SseMessage>(item);
            expect(is_utf8(message.type + message.data + message.id), "a message is UTF-8");
            expect(!message.type.empty(), "a message has a type");
            expect(message.data.find('\r') == std::string::npos, "lines of data are joined by '\\n' alone");
            expect(message.id.find_first_of(std::string_view{"\0\r\n", 3}) == std::string::npos, "an id fits a header");
        }
    }

} // namespace

void run_one(std::string_view input)
{
    Reading const whole = read(input, [&] { return input.size(); });
    expect_sound(whole);
    expect(read(input, [] { return std::size_t{1}; }) == whole, "byte by byte reads like the whole");
    std::uint32_t state = 1;
    auto const by_content = [&] {
        state = state * 1664525U + 1013904223U + static_cast<unsigned char>(input[state % input.size()]);
        return 1 + (state >> 16U) % 7;
    };
    expect(read(input, by_content) == whole, "in chunks reads like the whole");
}

} // namespace pev::fuzz
