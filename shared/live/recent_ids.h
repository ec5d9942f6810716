// Remembers the ids of the newest events, so that one that is delivered twice is applied once.
//
// Source: wire contract, "log lines by SSE id where the server sends one". A replay repeats what came shortly before a
// loss, so the newest hundred thousand or so are enough; memory stays bounded.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <utility>

namespace pev {

class RecentIds {
public:
    static constexpr std::size_t kGeneration = 100'000;

    // False where the id was seen already.
    bool insert(std::string const& id)
    {
        if (older_.contains(id) || !newer_.insert(id).second)
            return false;
        if (newer_.size() == kGeneration)
            older_ = std::exchange(newer_, {});
        return true;
    }

private:
    std::unordered_set<std::string> older_;
    std::unordered_set<std::string> newer_;
};

} // namespace pev
