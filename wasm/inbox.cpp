#include "wasm/inbox.h"

#include "shared/run/model.h"

#include <algorithm>
#include <array>
#include <cstdlib>
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

    // What a document of so many bytes is read into: as much again, and its nodes. Of a large one logs are cut meanwhile.
    std::size_t bytes_read_into(std::size_t document)
    {
        return 2 * std::min(document, kRunMemory);
    }

    // Asked before, since nobody can go on where a small thing finds no room.
    bool there_is_memory_for(std::size_t bytes)
    {
        void* const volatile place = std::malloc(bytes); // volatile: or compilers take it for granted
        bool const there_is = place != nullptr;
        std::free(place);
        return there_is;
    }

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
    if (body == bodies.end())
        body = bodies.insert(body, {request, {}});
    auto const before = body->bytes.size();
    if (before + bytes > body->bytes.capacity()) {
        auto const wanted = std::max(expected, 2 * body->bytes.capacity());
        if (!there_is_memory_for(wanted + bytes_read_into(expected)))
            return nullptr;
        body->bytes.reserve(wanted);
    }
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
