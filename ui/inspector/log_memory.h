// What a log view remembers from frame to frame.
#pragma once

#include "shared/view/log_rows.h"
#include "shared/view/text_search.h"
#include "ui/widgets/text_field.h"

#include <optional>

namespace pev::ui {

struct LogMemory {
    LogLines lines;
    LogRows rows;
    LogTexts texts;
    float scroll = 0; // in the last frame
    float scroll_max = 0;
    std::size_t rows_gone = 0; // dropped since then, from above
    std::size_t top_line = 0; // in sight, index into lines
    std::size_t followed_lines = 0; // when its end was last in sight
    std::size_t menu_line = 0; // of the log: where the context menu was opened
    std::optional<TextPoint> reveal; // to be brought into sight; its line is an index into lines

    bool find_open = false;
    bool find_begins = false; // typing, with the next frame
    TextBuffer needle{};
    LogSearch search;
    bool search_complete = true;
    std::uint64_t searched = 0; // generation of the lines
    std::optional<HitList::Hit> hit; // the current match
    bool wants_first = false; // match, as soon as one is found
    bool reveals_hit = false;
};

} // namespace pev::ui
