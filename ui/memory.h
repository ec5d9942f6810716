// What the UI remembers from frame to frame and nobody else needs to know: keyboard focus, what the mouse rests on, short
// notices, and layouts that would be dear to make anew. Everything that matters to the application is in AppState.
#pragma once

#include "shared/base/time.h"
#include "shared/view/text_rows.h"
#include "shared/view/text_selection.h"
#include "ui/inspector/summaries.h"
#include "ui/panels/timeline_rows.h"
#include "ui/semantics.h"

#include "imgui.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pev::ui {

struct Tooltip {
    ImGuiID id = 0; // of what it explains; 0: nothing
    Instant since{};
    std::string text = {}; // of this frame; empty: not yet
    Rect anchor = {};
};

struct LogMemory; // ui/inspector/log_memory.h
struct JsonMemory; // ui/inspector/json_memory.h
struct JsonMemories;

struct MenuItem {
    std::string label;
    std::string hint = {}; // at the right: a key, a count
    std::optional<bool> checked = {};
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

    // The one selection on screen.
    struct Selection {
        ImGuiID owner = 0;
        TextSelection text;
        int clicks = 1; // how it was begun: 2 by words, 3 by lines
        ImGuiID card = 0; // that holds its owner
        bool seen = false; // its owner, in this frame
        bool kept = false; // a click of this frame leaves it: it began or extended it, or moved a scroll bar
    };
    Selection selection;

    // The area that keys go to: a log, a JSON tree.
    ImGuiID reading = 0;
    ImGuiID reading_card = 0; // that holds it
    bool copies_active_row = false; // where nothing is selected; in this frame
    bool reading_seen = false; // in this frame
    bool leaves_reading = false; // with this frame

    // The text field that is typed into.
    ImGuiID typing = 0;
    bool typing_seen = false; // in this frame

    struct Menu {
        ImGuiID owner = 0;
        std::vector<MenuItem> items; // none: no menu
        Rect anchor;
        bool stays = false; // when something is chosen
        bool asked = false; // by its owner, in this frame
        bool appeared = false;
        bool closes = false;
        std::size_t active = static_cast<std::size_t>(-1);
        std::optional<std::size_t> chosen;
    };
    Menu menu;

    std::array<char, 512> search{}; // the text in the field

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
    bool header_open = false; // where it is folded for want of room

    TimelineRows timeline;
    std::string timeline_selected; // as last drawn: a change from elsewhere scrolls the list to it
    std::string clicked_step; // by mouse: that one is in sight already
    bool enters_step = false; // Enter in the list
    bool reveals_selected = false; // the list scrolls to it
    bool run_followed = false; // by the selection, as last drawn
    bool list_follows = true; // it, until the user scrolls
    bool list_placed = false; // by a first frame
    float timeline_scroll = 0; // where the list was put, or found
    // The first row in sight: it stays where it is when rows above it grow, or come and go.
    std::string anchor_step;
    float anchor_offset = 0; // from the top of what is in sight

    struct Divider {
        std::optional<float> held_at; // how far from the list's edge
        std::optional<float> list; // the width to which it is being dragged
    };
    Divider divider;

    std::string inspected_step; // as last drawn: a new one starts at the top
    float inspector_height = 0;
    float inspector_scroll = 0; // where it was put, or found
    bool reads = false; // in this frame: scrolled the inspector, typed
    Summaries summaries;
    std::unordered_map<ImGuiID, TextRows> texts; // by place

    // How high the cards of a list are, so that those out of sight need not be drawn.
    struct CardHeights {
        std::uint64_t revision = 0;
        float width = 0;
        std::vector<float> heights;
    };
    std::unordered_map<ImGuiID, CardHeights> cards; // by place
    ImGuiID current_card = 0; // being drawn
    bool stack_open = true; // of an error

    LogMemory& log() { return *log_; }
    JsonMemory& json(ImGuiID place);
    // Another step is inspected: what was laid out of the one before is not needed any more.
    void forget_step();

    UiMemory();
    ~UiMemory();

private:
    std::unique_ptr<LogMemory> log_;
    std::unique_ptr<JsonMemories> json_;
};

} // namespace pev::ui
