// What the viewer has been through since it was opened: for the diagnostics panel, for bug reports, and for tests.
#pragma once

#include "shared/base/time.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace pev {

// Something that happened, perhaps many times in a row.
struct Note {
    Instant first; // our clock
    Instant last;
    std::string text;
    int times = 1;
};

// The newest notes. What repeats the one before only counts it up, so that a server that is away for an hour leaves one line.
class Notes {
public:
    static constexpr std::size_t kCapacity = 200;

    void add(Instant now, std::string text)
    {
        if (!notes_.empty() && notes_.back().text == text) {
            notes_.back().last = now;
            ++notes_.back().times;
            return;
        }
        if (notes_.size() == kCapacity)
            notes_.pop_front();
        notes_.push_back({.first = now, .last = now, .text = std::move(text)});
    }

    std::size_t size() const { return notes_.size(); }
    auto begin() const { return notes_.begin(); }
    auto end() const { return notes_.end(); }

private:
    std::deque<Note> notes_;
};

struct Diagnostics {
    std::uint64_t events_received = 0;
    std::uint64_t events_applied = 0;
    // Ignored, by reason.
    std::uint64_t already_known = 0;
    std::uint64_t other_run = 0;
    std::uint64_t unknown_step = 0;
    std::uint64_t run_over = 0;
    std::uint64_t unknown_type = 0;
    std::uint64_t broken = 0;
    std::uint64_t ignored() const
    {
        return already_known + other_run + unknown_step + run_over + unknown_type + broken;
    }

    Notes connection; // each change of how the run is kept up with, and why
    Notes errors; // what went wrong: answers, streams, events, the page's address
};

} // namespace pev
