#include "wasm/inbox.h"

#include <array>
#include <memory>

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

} // namespace pev::wasm
