// Where the parts of a log view stand: columns, rows, and the text under a place on the screen.
#pragma once

#include "shared/run/model.h"
#include "ui/frame.h"
#include "ui/inspector/log_memory.h"
#include "ui/selection.h"

namespace pev::ui {

inline constexpr float kLogPaddingX = 14;
inline constexpr float kLogPaddingY = 10;

// Before the line numbers, and behind them.
inline float log_gap(Frame const& frame)
{
    return frame.narrow ? 8.0f : kLogPaddingX;
}

// From the terminal's left edge, CSS pixels.
struct LogColumns {
    float number_end = 0;
    float time = 0;
    float level = 0;
    float text = 0;
    bool shows_time = false;
    bool shows_level = false;
    float advance = 0; // of a character
};
LogColumns log_columns(Frame const& frame, StepRun const& step, float width);

struct LogLayout {
    ImGuiID id = 0;
    Rect view = {};
    LogColumns columns = {};
    float scroll_x = 0;
    float scroll_y = 0;
    Grab grab = {}; // what the pointer does with it

    float text_x() const { return view.x - scroll_x + columns.text; }
    // In whole rows and a rest: at a million lines a float no longer holds every pixel of the way.
    float y_of(std::size_t row) const
    {
        return view.y
            + static_cast<float>(
                static_cast<double>(row) * static_cast<double>(kLogLine) - static_cast<double>(scroll_y));
    }
};

// A row with its text; good until the next call.
struct LogRowText {
    LogRows::Row row;
    std::size_t line = 0; // of the log
    std::string_view shown; // the whole line
    std::string_view text() const
    {
        std::string_view const text = shown.substr(row.begin, row.end - row.begin);
        return text.substr(0, text.size() - (text.ends_with('\r') ? 1 : 0)); // of a line break within the line
    }
};
LogRowText log_row(Frame& frame, StepRun const& step, std::size_t row);

// The text at a place: between two characters, or, `under`, the character itself. The line is one of the log.
TextPoint log_point(Frame& frame, StepRun const& step, LogLayout const& at, ImVec2 place, bool under);

} // namespace pev::ui
