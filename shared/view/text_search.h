// Finding a text in many others: by hits that are counted, numbered and walked through, and found a slice at a time so that
// no typing waits for them.
#pragma once

#include "shared/view/log_lines.h"
#include "shared/view/needle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

// How often each of many items holds the needle. Matches are found anew where they are drawn, so that a million of them
// cost eight bytes for each item that has some.
class HitList {
public:
    void clear() { *this = {}; }
    // Items come in ascending order; those without matches may be left out.
    void add(std::size_t item, std::size_t matches);
    // Forgets the items before this one.
    void drop_before(std::size_t item);

    std::size_t size() const { return through() - dropped_; }
    std::size_t items() const { return items_.size(); }
    struct Hit {
        std::size_t item = 0;
        std::size_t match = 0; // of the item's
        bool operator==(Hit const&) const = default;
    };
    Hit operator[](std::size_t number) const; // below size()
    // The number of the item's first hit; where it has none, of the next item's. size() where there is none.
    std::size_t number_of(std::size_t item) const;

private:
    struct Item {
        std::uint32_t item;
        std::uint32_t through; // hits in this item and all before, the dropped ones too
    };
    std::size_t through() const { return items_.empty() ? dropped_ : items_.back().through; }
    std::vector<Item> items_;
    std::size_t dropped_ = 0; // hits
};

class LogSearch {
public:
    // Goes on searching the shown lines, or begins anew where the needle or the lines have changed.
    // False while there is more to be searched: call again in the next frame.
    bool update(LogBuffer const& log, LogLines const& lines, std::string_view needle);

    Needle const& needle() const { return needle_; }
    HitList const& hits() const { return hits_; } // items are indices into LogLines

private:
    Needle needle_;
    std::uint64_t generation_ = 0;
    std::size_t lines_ = 0; // index behind the last
    HitList hits_;
};

// The same in one long text, which is JSON.
class TextSearch {
public:
    // `revision` counts changes of the text.
    bool update(std::string_view text, std::uint64_t revision, std::string_view needle);

    Needle const& needle() const { return needle_; }
    std::size_t size() const { return hits_.size(); }
    // The first byte of a match, by its number.
    std::size_t place(std::string_view text, std::size_t number) const;
    // The number of the first match at or behind a byte; size() where there is none.
    std::size_t number_from(std::string_view text, std::size_t byte) const;

private:
    Needle needle_;
    std::uint64_t revision_ = 0;
    std::size_t size_ = 0;
    std::size_t at_ = 0;
    HitList hits_; // items are blocks of the text
};

std::size_t count_matches(std::string_view text, Needle const& needle);
// The first byte of the n-th match that begins at `from` or behind; npos where there is none.
std::size_t nth_match(std::string_view text, Needle const& needle, std::size_t n, std::size_t from = 0);

} // namespace pev
