// Text that can be selected and copied, and areas for reading that keys go to.
//
// There is one selection on screen. A widget whose text can be selected grabs the pointer over it, tells what stands there,
// and is asked for the text when it is to be copied: from its data, not from what is drawn.
#pragma once

#include "shared/view/text_selection.h"
#include "ui/frame.h"

#include <string_view>
#include <vector>

namespace pev::ui {

// --- Pointer ---

struct Grab {
    bool hovered = false;
    bool begins = false; // the button went down here
    bool goes_on = false; // and is still held
    bool clicked = false; // let go again without having selected anything, after a single click
    bool asks_for_menu = false; // right button, or a finger that rests
    int clicks = 1; // 2: by words, 3 and more: by lines
    ImVec2 at; // the pointer, CSS pixels
};
Grab grab_text(Frame& frame, ImGuiID id, Rect const& rect);
// What a grab takes hold of at a byte of a line: nothing yet (one click: the place between two characters), a word, the line.
TextRange grain_of(Grab const& grab, std::size_t line, std::string_view text, std::size_t byte);
void select(Frame& frame, ImGuiID id, Grab const& grab, TextRange const& grain);
// While the pointer drags a selection beyond `view`: scrolls the current window after it.
void scroll_by_drag(Frame& frame, ImGuiID id, Rect const& view);

// --- The selection ---

// Null where nothing of this text is selected.
TextSelection* selection_of(Frame& frame, ImGuiID id);
void select_all(Frame& frame, ImGuiID id, TextRange const& range);
void clear_selection(Frame& frame);
// Ctrl+C, or Command+C.
bool copy_pressed(Frame const& frame, ImGuiID id);
char const* copy_hint(); // that key, for menus
void draw_selected(Frame const& frame, Rect const& rect);

// --- Reading ---

// Makes `id` an area that keys go to: arrows scroll, Ctrl+F finds, Ctrl+A selects all. Clicks and Tab enter it, Escape leaves
// it. True while it has the keys.
bool reading_area(Frame& frame, ImGuiID id, Rect const& rect);
void enter_reading(Frame& frame, ImGuiID id);
void leave_reading(Frame& frame);
// Arrows, page keys, Home and End scroll the current window.
void scroll_page_by_keys(Frame& frame);

// Lets go of what is not on screen any more. Once, at the end of a frame.
void settle_selection(Frame& frame);

} // namespace pev::ui
