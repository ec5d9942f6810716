#include "ui/inspector/log_layout.h"

#include "shared/view/cells.h"
#include "ui/inspector/log_memory.h"
#include "ui/text.h"

#include <algorithm>
#include <cmath>

namespace pev::ui {

namespace {

    constexpr float kTimesFrom = 560; // narrower terminals leave the time out

} // namespace

LogColumns log_columns(Frame const& frame, StepRun const& step, float width)
{
    float const advance = std::max(1.0f, mono_advance(frame));
    auto const digits = static_cast<float>(std::to_string(step.logs.end()).size());
    float const number = frame.narrow ? std::max(3.0f, digits) * advance : std::max(34.0f, std::ceil(digits * advance));
    float const gap = log_gap(frame);
    LogColumns at;
    at.advance = advance;
    at.number_end = gap + number;
    at.shows_time = step.logs.count_timed() > 0 && width >= kTimesFrom;
    at.shows_level = step.logs.count(LogLevel::None) < step.logs.size();
    at.time = at.number_end + gap;
    at.level = at.time + (at.shows_time ? 12 * advance + 12 : 0);
    at.text = at.level + (at.shows_level ? 6 * advance : 0);
    return at;
}

LogRowText log_row(Frame& frame, StepRun const& step, std::size_t row)
{
    LogMemory& log = frame.memory.log();
    LogRowText at;
    at.row = log.rows.line_at(row);
    at.line = log.lines[at.row.index];
    at.shown = log.texts.of(step.logs, at.line);
    log.rows.place(at.row, at.shown.text);
    return at;
}

TextPoint log_point(Frame& frame, StepRun const& step, LogLayout const& at, ImVec2 place, bool under)
{
    std::size_t const rows = frame.memory.log().rows.size();
    if (rows == 0)
        return {};
    auto const y = static_cast<double>(place.y - at.view.y) + static_cast<double>(at.scroll_y);
    auto const row = static_cast<std::size_t>(std::max(0.0, y / static_cast<double>(kLogLine)));
    LogRowText const hit = log_row(frame, step, std::min(row, rows - 1));
    if (row >= rows) // below the last line
        return {hit.line, hit.row.end};
    double const column = static_cast<double>((place.x - at.text_x()) / at.columns.advance);
    std::size_t const byte
        = under ? byte_at(hit.text(), static_cast<std::size_t>(std::max(0.0, column))) : byte_near(hit.text(), column);
    return {hit.line, hit.row.begin + byte};
}

} // namespace pev::ui
