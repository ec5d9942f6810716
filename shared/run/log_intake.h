// Takes a line that the stream told into the log of its step: once, and at its place.
//
// Source: docs/WIRE.md#delivery (an event that is delivered twice changes nothing the second time).
// The stream may tell what is known already: a document was quicker, or a stream that was opened again repeats what came
// before. And it may tell things late. So a line is looked for before it is added:
// - A line from before this opening of the stream that an earlier opening told with the same time and text is that line.
// - A line that a document can have brought is the first line of that text that only the document has.
// - Of a log whose oldest lines were dropped, a line from before that is as old as those is one of them.
// - A line that is a little older than what stands at the end goes before what is newer.
#pragma once

#include "shared/run/log_buffer.h"

namespace pev {

struct ToldLine {
    LogLine line;
    bool replayed = false; // from before the stream was opened
    bool may_be_documented = false; // from before the newest document that tells the log
};

enum class LineNews : std::uint8_t {
    Added,
    Confirmed, // a document had it; now its level and time are known
    Known,
};

struct TakenLine {
    LineNews news = LineNews::Known;
    std::size_t number = 0; // of a line that was added
    bool operator==(LineNews other) const { return news == other; }
};

TakenLine take_in(LogBuffer& log, ToldLine const& told);

} // namespace pev
