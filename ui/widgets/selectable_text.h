// Text that a reader can select and copy: values, names, messages.
//
// Selected by drag, double click (a word) and triple click (all of it), copied by Ctrl+C or by the menu of the right button.
// What is cut off on screen is there in full when it is copied, and in a tooltip.
#pragma once

#include "shared/base/terminal_text.h"
#include "ui/frame.h"
#include "ui/selection.h"
#include "ui/text.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pev::ui {

// One line within `box`, ending in "…" where it doesn't fit.
Drawn selectable_line(Frame& frame, ImGuiID id, TextStyle const& style, Rect const& box, std::string_view text);
// Wrapped, with the links in it, `links` before those that it spells out; the last of `max_lines` is cut. Returns the height.
float selectable_lines(Frame& frame, ImGuiID id, TextStyle const& style, ImVec2 at, float width, float line_height,
    std::string_view text, std::size_t max_lines, std::span<LinkSpan const> links = {});

// Several texts of one widget that are selected together, in the order in which they are drawn: what a row of a list says.
// A drag that begins anywhere on the widget selects; what a click does, and what a menu offers, is the widget's own affair.
class SelectableParts {
public:
    SelectableParts(Frame& frame, ImGuiID id, Rect const& rect);

    Grab const& grab() const { return grab_; }
    bool held() const { return (grab_.begins || grab_.goes_on) && !has_selection(); }
    bool has_selection() const { return selection_ != nullptr; }
    // Before the first part: what is selected is to be copied, or all of it where nothing is.
    void copy() { copying_ = true; }

    // Draws the next part.
    Drawn line(TextStyle const& style, Rect const& box, std::string_view text);
    // The same for the lines that wrap() made of `text`. Whether the last one was cut; the height is that of the lines.
    bool lines(TextStyle const& style, ImVec2 at, float width, float line_height, std::string_view text,
        std::vector<std::string_view> const& lines);

    // After the last part.
    void finish();

private:
    struct Block;
    void read(Block const& block);
    void take_hold(Block const& block);
    void draw_selection(Block const& block) const;
    void collect(Block const& block);

    // What the pointer would take hold of, and how far away it is: first by lines, then along the line.
    struct Hold {
        float dy = 0;
        float dx = 0;
        TextRange grain;
    };

    Frame& frame_;
    ImGuiID id_;
    Grab grab_;
    TextSelection const* selection_; // null where nothing is selected
    bool copying_;
    std::size_t count_ = 0; // of parts so far
    std::optional<Hold> nearest_;
    std::string copied_;
    Rect last_; // the part that was collected last
};

} // namespace pev::ui
