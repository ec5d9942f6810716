// Remembers the newest events that came with an id, so that one that is delivered twice is applied once.
//
// Source: wire contract, "log lines by SSE id where the server sends one". A replay repeats what came shortly before a
// loss, so the newest hundred thousand or so are enough; memory stays bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>

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

class RecentIds {
public:
    static constexpr std::size_t kGeneration = 100'000;

    // False where it was seen already.
    bool insert(std::uint64_t fingerprint)
    {
        if (older_.contains(fingerprint) || !newer_.insert(fingerprint).second)
            return false;
        if (newer_.size() == kGeneration)
            older_ = std::exchange(newer_, {});
        return true;
    }

private:
    struct AsItIs { // it is a hash already
        std::size_t operator()(std::uint64_t fingerprint) const { return static_cast<std::size_t>(fingerprint); }
    };
    using Fingerprints = std::unordered_set<std::uint64_t, AsItIs>;
    Fingerprints older_;
    Fingerprints newer_;
};

} // namespace pev
