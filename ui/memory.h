// What the UI remembers from frame to frame and nobody else needs to know: keyboard focus, what the mouse rests on, short
// notices, and layouts that would be dear to make anew. Everything that matters to the application is in AppState.
#pragma once

#include "shared/base/time.h"
#include "ui/inspector/json_rows.h"
#include "ui/inspector/log_rows.h"
#include "ui/inspector/summaries.h"
#include "ui/inspector/text_rows.h"
#include "ui/panels/timeline_rows.h"
#include "ui/semantics.h"

#include "imgui.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace pev::ui {

struct Tooltip {
    ImGuiID id = 0; // of what it explains; 0: nothing
    Instant since{};
    std::string text = {}; // of this frame; empty: not yet
    Rect anchor = {};
};

struct UiMemory {
    // Keyboard focus: on what, and whether to show it (not after a click). The order is that of drawing.
    ImGuiID focus = 0;
    bool focus_visible = false;
    bool focus_moved = false; // by the keyboard, in the last frame: scroll it into sight
    std::optional<std::size_t> focus_on; // in this frame, to what has this place in the order
    std::vector<ImGuiID> focus_order;

    // Tooltips come after the mouse or the focus has rested for a while.
    Tooltip hovered;
    Tooltip focused;

    std::array<char, 512> search{};
    bool search_active = false;

    bool shortcuts_open = false; // the panel over everything
    bool in_panel = false; // while it is drawn

    bool filters_open = false; // the panel under the button that it is anchored to
    Rect filters_anchor;

    ImGuiID focus_before_dialog = 0; // while one is open
    float diagnostics_height = 1; // of what scrolls in it

    ImGuiID copied = 0; // the button that says "Copied"
    Instant copied_until{};

    // A refresh that was asked for shows that it happened.
    bool refreshing = false;
    bool refresh_failed = false;
    std::optional<Instant> refreshed_until;

    ImGuiID scrolled_area = 0; // whose scrollbar still shows
    Instant scrolled_until{};

    float header_height = 100; // as last drawn

    TimelineRows timeline;
    std::string timeline_selected; // as last drawn: a change from elsewhere scrolls the list to it
    std::string clicked_step; // by mouse: that one is in sight already
    bool enters_step = false; // Enter in the list
    bool follows_run = true; // until the user scrolls
    float timeline_scroll = 0; // where the list was put, or found

    std::string inspected_step; // as last drawn: a new one starts at the top
    float inspector_height = 0;
    Summaries summaries;
    JsonRowsCache json;
    TextRowsCache texts;
    LogRows log;
    float log_scroll = 0; // in the last frame
    float log_scroll_max = 0;
};

} // namespace pev::ui
