// A number that stands for texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pev {

// 64 bits that stand for the parts of a message.
class Fingerprint {
public:
    Fingerprint& add(std::string_view part)
    {
        for (char const c : part)
            mix(static_cast<unsigned char>(c));
        mix(0x100); // where a part ends: no character
        return *this;
    }
    Fingerprint& add(std::int64_t number)
    {
        for (int shift = 0; shift < 64; shift += 8)
            mix((static_cast<std::uint64_t>(number) >> static_cast<unsigned>(shift)) & 0xFFU);
        return *this;
    }
    std::uint64_t value() const { return hash_; }

private:
    // FNV-1a
    void mix(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 1099511628211U; }
    std::uint64_t hash_ = 14695981039346656037U;
};

} // namespace pev
