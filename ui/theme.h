// The design's colours and measures, in light and dark: every colour of the design (those of ANSI are in
// ui/inspector/ansi.cpp), and sizes that more than one part uses. Measures of one panel or widget are constants in
// its own file.
//
// Source: docs/PAGE.md#states-and-colours.
// Text reaches a contrast of 4.5:1 on every ground that it stands on. Where the design's grey is weaker than that, `subtle`
// stands in for text, and `faint` is kept for lines and marks.
#pragma once

#include "shared/live/connection.h"
#include "shared/run/state.h"

#include "imgui.h"

namespace pev::ui {

using Color = ImU32;

constexpr Color rgb(unsigned hex)
{
    return IM_COL32((hex >> 16U) & 255U, (hex >> 8U) & 255U, hex & 255U, 255U);
}
// The same colour at `alpha` of its opacity, 0..1.
Color faded(Color color, float alpha);
// What is seen of `top` (opaque) at `alpha` over `ground`.
Color mixed(Color top, Color ground, float alpha);
// WCAG 2.2, "contrast ratio": 1 to 21.
float contrast(Color a, Color b);
// White or ink, whichever reads better on `fill`.
Color text_on(Color fill);

struct Theme {
    bool dark = false;

    // Grounds.
    Color background = 0;
    Color panel = 0;
    Color raised = 0;
    Color hover = 0;
    Color pressed = 0;
    Color selected = 0;
    Color code = 0;
    Color mark = 0; // behind what the search has found
    Color terminal = 0;
    Color error_ground = 0;
    Color notice_ground = 0;
    // Lines.
    Color line = 0;
    Color soft_line = 0;
    // Text.
    Color text = 0;
    Color muted = 0;
    Color subtle = 0;
    Color link = 0;
    Color error_text = 0;
    Color notice_text = 0;
    Color personality = 0;
    Color faint = 0; // no text: lines, marks
    Color accent = 0; // no text: focus, selection, marks

    // JSON by type.
    Color json_key = 0;
    Color json_string = 0;
    Color json_number = 0;
    Color json_word = 0;

    // The one button that is meant to be pressed, and what explains the others.
    Color primary = 0;
    Color on_primary = 0;
    Color tooltip = 0;
    Color on_tooltip = 0;

    // The log's terminal is dark in both.
    Color terminal_text = 0;
    Color terminal_dim = 0;
    Color terminal_debug = 0;
    Color terminal_info = 0;
    Color terminal_warn = 0;
    Color terminal_error = 0;

    Color shadow = 0;
    Color scrim = 0; // over what can't be used while a panel is open
};

extern Theme const kLightTheme;
extern Theme const kDarkTheme;

// The same in light and dark. What this viewer does not know looks like `queued`.
Color state_color(ExecutionState state);
Color mode_color(Mode mode);

// Type scale, CSS pixels.
inline constexpr float kHuge = 24; // the percentage
inline constexpr float kTitle = 20;
inline constexpr float kHeading = 16;
inline constexpr float kBody = 13;
inline constexpr float kSmall = 12;
inline constexpr float kTiny = 11;

// Line boxes that go with it.
inline constexpr float kBodyLine = 19;
inline constexpr float kSmallLine = 17;
inline constexpr float kCodeLine = 20;
inline constexpr float kLogLine = 19;

// Spacing, CSS pixels.
inline constexpr float kSpace1 = 4;
inline constexpr float kSpace2 = 8;
inline constexpr float kSpace3 = 12;
inline constexpr float kSpace4 = 16;
inline constexpr float kSpace5 = 24;

inline constexpr float kSmallRadius = 4; // keys, marks
inline constexpr float kControlRadius = 7; // buttons, fields
inline constexpr float kRadius = 8; // rows, cards
inline constexpr float kLargeRadius = 12; // panels over the screen

// How far something stands above what it lies on: the shadow's softness, and how far it falls.
struct Elevation {
    float blur;
    float offset;
};
inline constexpr Elevation kRaised{10, 3}; // floating buttons, menus
inline constexpr Elevation kLifted{22, 8}; // panels over everything

inline constexpr float kFocusRing = 2;
inline constexpr float kTouchTarget = 40;

// Up to this width there is one column: the list, or the step.
inline constexpr float kNarrowWidth = 700;

} // namespace pev::ui
