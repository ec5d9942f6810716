// Where JavaScript leaves texts for C++: a few buffers that are used over and over, so that a message costs one copy.
//
// JavaScript asks for room (pev_inbox), writes UTF-8 and says how much it was (pev_inbox_end); whoever is called next reads
// it. A text is good until the next one comes for the same slot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pev::wasm {

inline constexpr int kInboxSlots = 3;

// Room for `bytes` bytes in the slot.
char* inbox_reserve(int slot, std::size_t bytes);
void inbox_end(int slot, std::size_t bytes);
std::string_view inbox(int slot);

// Bodies of answers, by request, that come in parts. Room for the next one; `expected`: bytes in all, as far as is known.
// Null where there is not enough memory for the body and for what it is read into.
char* add_to_body(std::uint64_t request, std::size_t bytes, std::size_t expected);
// What has come; nothing is left of it here.
std::string take_body(std::uint64_t request);

} // namespace pev::wasm
