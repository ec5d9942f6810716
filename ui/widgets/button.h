// Buttons: bordered ones, and words that act when clicked.
#pragma once

#include "ui/draw.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include <optional>
#include <string_view>

namespace pev::ui {

struct ButtonLook {
    bool floating = false; // over content: with a shadow
    bool primary = false;
    std::optional<Icon> icon = {}; // before the label, or alone
    float padding = 10;
};
// The width that the label needs.
float button_width(Frame const& frame, std::string_view label, ButtonLook const& look = {});
// `name` is what a screen reader says where the label is empty or says less.
bool button(Frame& frame, ImGuiID id, Rect const& rect, std::string_view label, ButtonLook const& look = {},
    std::string_view name = {});

struct TextButtonLook {
    std::optional<bool> on = {}; // a toggle, and whether it is pressed
    std::optional<Icon> icon = {};
    bool strong = false; // in the link's colour
    bool opens_menu = false; // with a small arrow
    std::optional<bool> expanded = {}; // it shows and hides something, and whether that is to be seen
    std::string_view name = {}; // for a screen reader, where the word alone says too little
};
float text_button_width(Frame const& frame, std::string_view label, TextButtonLook const& look = {});
// Centred in a line whose top left is (x, y).
bool text_button(Frame& frame, ImGuiID id, float x, float y, float line_height, std::string_view label,
    TextButtonLook const& look = {});

// A text button that says "Copied" for a moment. True when the text is wanted.
float copy_button_width(Frame const& frame);
bool copy_button(Frame& frame, ImGuiID id, float x, float y, float line_height, std::string_view name);

} // namespace pev::ui
