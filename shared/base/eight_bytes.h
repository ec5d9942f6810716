// Eight bytes of a text looked at in one go: what reads every byte of a run spends its time on those that mean nothing.
//
// Source: "Determine if a word has a zero byte", Bit Twiddling Hacks.
// Used by: JSON's strings, searching, UTF-8.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pev {

class EightBytes {
public:
    static constexpr std::size_t kSize = sizeof(std::uint64_t);

    // From at least kSize bytes.
    explicit EightBytes(char const* from) { std::memcpy(&bytes_, from, kSize); }

    bool is_ascii() const { return (bytes_ & kHighBits) == 0; }

    // Index of the first byte that is one of the two; kSize where there is none.
    std::size_t find(char one, char other) const { return first(equal(one) | equal(other)); }
    // Likewise of the first one that is one of the two, or no ASCII.
    std::size_t find_or_wide(char one, char other) const { return first(equal(one) | equal(other) | bytes_); }
    std::size_t find_or_wide(char one, char other, char third) const
    {
        return first(equal(one) | equal(other) | equal(third) | bytes_);
    }
    // Likewise of the first one that is one of the two, or below `least`, which is at most 0x80.
    std::size_t find(char one, char other, char least) const
    {
        return first(equal(one) | equal(other) | ((bytes_ - repeated(least)) & ~bytes_));
    }

private:
    static_assert(std::endian::native == std::endian::little); // the first byte is the lowest
    static constexpr std::uint64_t kOnes = 0x0101010101010101;
    static constexpr std::uint64_t kHighBits = kOnes * 0x80;

    static std::uint64_t repeated(char c) { return kOnes * static_cast<unsigned char>(c); }
    // The high bit of the first byte that is equal is set, and of none before it; those behind may be set by a borrow.
    std::uint64_t equal(char c) const
    {
        std::uint64_t const different = bytes_ ^ repeated(c);
        return (different - kOnes) & ~different;
    }
    static std::size_t first(std::uint64_t found)
    {
        return static_cast<std::size_t>(std::countr_zero(found & kHighBits)) / 8;
    }

    std::uint64_t bytes_ = 0;
};

} // namespace pev
