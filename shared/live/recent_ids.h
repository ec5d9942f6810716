// Recognises an event that is delivered once more by its SSE id.
//
// Source: docs/WIRE.md#delivery; WHATWG HTML, "last event ID", which stays for messages that
// have none of their own. Servers repeat ids, count anew, or send one for many events. So an id says something only together with
// what the event tells, and on a stream whose ids move from event to event: two lines that are alike are two. Ids that are the second
// in which their event was sent are those of all that was told in it: what one opening tells twice is then two, and what another one
// tells again is the same.
// A replay repeats what came shortly before a loss, so the newest hundred thousand or so are enough; memory stays bounded.
#pragma once

#include "shared/base/fingerprint.h"
#include "shared/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pev {

class RecentIds {
public:
    static constexpr std::size_t kGeneration = 100'000;

    // Whether this very event was told before. `content`: stands for all that it tells; `opening` counts the times that a stream
    // was opened; `at`: when it happened, where it says so.
    bool is_repeated(std::string_view id, std::uint64_t content, std::uint16_t opening, std::optional<Instant> at)
    {
        are_seconds_
            |= at && id == std::to_string(std::chrono::floor<std::chrono::seconds>(at->time_since_epoch()).count());
        if (opening != opening_) {
            opening_ = opening;
            counts_anew_ = false;
        }
        std::uint64_t const key = Fingerprint{}.add(id).value();
        moves_ |= newest_ != 0 && newest_ != key;
        newest_ = key;
        Entry const* const known = find(key);
        bool const other = known != nullptr && known->content != content;
        if (other && known->opening == opening)
            stands_for_one_ = false; // it was sent for many events
        counts_anew_ |= other;
        bool const same = known != nullptr && !other;
        // What says no time may be another one of the same words, where ids are given out again.
        bool const told_here = same && known->opening == opening;
        bool const repeated = same && moves_ && stands_for_one_ && (told_here ? !are_seconds_ : at || !counts_anew_);
        remember(key, {content, repeated && are_seconds_ ? known->opening : opening});
        return repeated;
    }

private:
    struct Entry {
        std::uint64_t content = 0;
        std::uint16_t opening = 0;
    };
    struct AsItIs { // it is a hash already
        std::size_t operator()(std::uint64_t fingerprint) const { return static_cast<std::size_t>(fingerprint); }
    };
    using Entries = std::unordered_map<std::uint64_t, Entry, AsItIs>; // by the id's fingerprint

    Entry const* find(std::uint64_t key) const
    {
        for (Entries const* const entries : {&newer_, &older_}) {
            if (auto const found = entries->find(key); found != entries->end())
                return &found->second;
        }
        return nullptr;
    }

    void remember(std::uint64_t key, Entry entry)
    {
        newer_[key] = entry;
        if (newer_.size() == kGeneration)
            older_ = std::exchange(newer_, {});
    }

    Entries older_;
    Entries newer_;
    std::uint64_t newest_ = 0;
    std::uint16_t opening_ = 0;
    bool moves_ = false; // ids differ from event to event
    bool stands_for_one_ = true; // no id was sent for two events of one opening
    bool counts_anew_ = false; // since this opening
    bool are_seconds_ = false; // ids are the time of their event
};

} // namespace pev
