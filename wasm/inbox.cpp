#include "wasm/inbox.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace pev::wasm {
namespace {

    // One huge message must not hold its memory for good.
    constexpr std::size_t kKeptBytes = 1u << 20;

    struct Slot {
        std::unique_ptr<char[]> bytes;
        std::size_t capacity = 0;
        std::size_t size = 0;
    };
    std::array<Slot, kInboxSlots> slots; // memory of the border itself, like a stack: it belongs to no viewer

    struct Body {
        std::uint64_t request;
        std::string bytes;
    };
    std::vector<Body> bodies; // few at a time

} // namespace

char* inbox_reserve(int slot, std::size_t bytes)
{
    auto& s = slots[static_cast<std::size_t>(slot)];
    if (bytes > s.capacity || s.capacity > kKeptBytes) {
        s.bytes.reset(); // first: the old text is not needed any more
        s.bytes.reset(new char[bytes]);
        s.capacity = bytes;
    }
    s.size = 0;
    return s.bytes.get();
}

void inbox_end(int slot, std::size_t bytes)
{
    slots[static_cast<std::size_t>(slot)].size = bytes;
}

std::string_view inbox(int slot)
{
    auto const& s = slots[static_cast<std::size_t>(slot)];
    return {s.bytes.get(), s.size};
}

char* add_to_body(std::uint64_t request, std::size_t bytes, std::size_t expected)
{
    auto body = std::ranges::find(bodies, request, &Body::request);
    if (body == bodies.end()) {
        body = bodies.insert(body, {request, {}});
        body->bytes.reserve(expected);
    }
    auto const before = body->bytes.size();
    body->bytes.resize(before + bytes);
    return body->bytes.data() + before;
}

std::string take_body(std::uint64_t request)
{
    auto const body = std::ranges::find(bodies, request, &Body::request);
    if (body == bodies.end())
        return {};
    std::string bytes = std::move(body->bytes);
    bodies.erase(body);
    return bytes;
}

} // namespace pev::wasm
