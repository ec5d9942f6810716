// Joins the log lines of a document with those that are known.
//
// Source: docs/WIRE.md#a-step (`logs`); docs/DESIGN.md#merging-documents.
// A document holds a log from its beginning up to some moment. What is known was told by streams, which may have begun later,
// lost lines, told some twice or out of order, and by earlier documents. So:
// - Both sides are aligned as sequences, equal by text: lines of both appear once, lines of one side are kept.
// - A known line that stands before one that the document has, and is found in the document at another place, was told out of
//   order: the document's order holds.
// - A known line with the text and time of another one, where the document goes further and has only that one, was told
//   twice: it goes.
// - A known line that only the stream told, where the document goes further and a line of that text that only a document had
//   is there too, came late and was not recognised: they are one.
// - Where the oldest lines were dropped from what is known, those of the document do not come back, and numbers are the document's
//   as soon as both have a line.
// Where what is known is a part of the truth and the document is all of it, the result is the truth: tested with random
// logs (tests/unit/run/test_merge_logs.cpp).
#pragma once

#include "shared/run/log_buffer.h"

#include <cstddef>
#include <span>

namespace pev {

// `complete`: the document's log is closed; lines that it does not have were not stored, rather than not yet.
// Lines that both sides have keep what the stream knows about them. Takes time in proportion to the lines, and to the square
// of at most a thousand of them.
// `marks`: numbers of known lines, ascending, which become those of the same lines in the result.
LogBuffer merge_logs(LogBuffer known, LogBuffer fetched, bool complete, std::span<std::size_t> marks = {});

} // namespace pev
