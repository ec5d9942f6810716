#include "ui/inspector/log_view.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/ansi.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    constexpr float kPaddingX = 14;
    constexpr float kPaddingY = 10;
    constexpr float kMinRows = 8;
    constexpr float kMaxHeight = 460;
    constexpr float kRestOfInspector = 582; // what a screen of 900 has beside eight rows
    constexpr float kTimesFrom = 560; // narrower terminals leave the time out
    constexpr std::size_t kSpokenBytes = 4'000;

    // Where the columns stand, from the terminal's left edge.
    struct Columns {
        float number_end = 0;
        float time = 0;
        float level = 0;
        float text = 0;
        bool shows_time = false;
        bool shows_level = false;
        float advance = 0;
    };

    Columns columns_of(Frame const& frame, StepRun const& step, float width)
    {
        LogRows const& rows = frame.memory.log;
        float const advance = std::max(1.0f, mono_advance(frame));
        auto const digits = static_cast<float>(std::to_string(step.logs.size()).size());
        float const number
            = frame.narrow ? std::max(3.0f, digits) * advance : std::max(34.0f, std::ceil(digits * advance));
        float const gap = frame.narrow ? 8.0f : kPaddingX;
        Columns at;
        at.advance = advance;
        at.number_end = gap + number;
        at.shows_time = rows.any_time() && width >= kTimesFrom;
        at.shows_level = rows.any_level();
        at.time = at.number_end + gap;
        at.level = at.time + (at.shows_time ? 12 * advance + 12 : 0);
        at.text = at.level + (at.shows_level ? 6 * advance : 0);
        return at;
    }

    std::size_t wrap_columns(Columns const& at, float width)
    {
        return static_cast<std::size_t>(std::max(10.0f, (width - at.text - kPaddingX) / at.advance));
    }

    // The columns depend on what is in the log, the log's rows on the columns: levels and times first, then rows.
    Columns lay_out(Frame& frame, StepRun const& step, float width)
    {
        bool const wraps = frame.state.view.wrap_log;
        LogRows& rows = frame.memory.log;
        Columns at = columns_of(frame, step, width);
        rows.update(step.logs, step.key, step.revision, wraps ? wrap_columns(at, width) : 0);
        Columns const settled = columns_of(frame, step, width);
        if (settled.text != at.text) {
            at = settled;
            rows.update(step.logs, step.key, step.revision, wraps ? wrap_columns(at, width) : 0);
        }
        return at;
    }

    Color level_color(Theme const& theme, LogLevel level)
    {
        switch (level) {
        case LogLevel::Info:
            return theme.terminal_info;
        case LogLevel::Warn:
            return theme.terminal_warn;
        case LogLevel::Error:
            return theme.terminal_error;
        case LogLevel::Debug:
            return theme.terminal_debug;
        case LogLevel::None:
            break;
        }
        return theme.terminal_text;
    }

    void draw_run(
        Frame& frame, AnsiStyle const& style, Color plain, float& x, float y, float advance, std::string_view text)
    {
        Color ink = style.text.value_or(plain);
        std::optional<Color> ground = style.ground;
        if (style.inverse) {
            Color const behind = ground.value_or(frame.theme.terminal);
            ground = ink;
            ink = behind;
        }
        if (style.dim)
            ink = faded(ink, 0.65f);
        float const width = ground || style.underline ? measure(frame, mono(ink), text) : 0;
        if (ground)
            fill(frame, {x, y, width, kLogLine}, *ground);
        draw_text(frame, mono(ink), {x, y}, kLogLine, text);
        if (style.bold) // there is no bold face: drawn twice, half a pixel apart
            draw_text(frame, mono(ink), {x + 0.4f, y}, kLogLine, text);
        if (style.underline)
            horizontal_line(frame, x, y + kLogLine - 3, width, ink);
        (void)advance;
    }

    // The bytes from `begin` to `end` of a line, in the colours that its escape sequences have set by then.
    float draw_line_text(
        Frame& frame, std::string_view line, std::size_t begin, std::size_t end, Color plain, ImVec2 at)
    {
        float x = at.x;
        if (line.find('\x1b') == std::string_view::npos) {
            std::string_view const text = line.substr(begin, end - begin);
            draw_text(frame, mono(plain), at, kLogLine, text);
            return x;
        }
        AnsiReader reader{line.substr(0, end)};
        std::string_view text;
        AnsiStyle style;
        while (reader.next(text, style)) {
            auto const offset = static_cast<std::size_t>(text.data() - line.data());
            if (offset + text.size() <= begin)
                continue;
            if (offset < begin)
                text.remove_prefix(begin - offset);
            draw_run(frame, style, plain, x, at.y, 0, text);
            x += measure(frame, mono(plain), text);
        }
        return x;
    }

    struct RowPainter {
        Frame& frame;
        StepRun const& step;
        Rect view;
        ImVec2 origin;
        Columns at;

        void draw(LogRows::Row const& row, float y, bool newest)
        {
            Theme const& theme = frame.theme;
            LogLine const line = step.logs[row.line];
            bool const error = line.level == LogLevel::Error;
            if (error)
                fill(frame, {view.x, y, view.w, kLogLine}, faded(theme.terminal_error, 0.08f));
            float const left = origin.x;
            if (row.first) {
                std::string const number = std::to_string(row.line + 1);
                float const width = static_cast<float>(number.size()) * at.advance;
                draw_text(frame, mono(theme.terminal_dim), {left + at.number_end - width, y}, kLogLine, number);
                if (at.shows_time && line.at)
                    draw_text(frame, mono(theme.terminal_dim), {left + at.time, y}, kLogLine,
                        format_clock_ms(*line.at, frame.utc_offset()));
                if (at.shows_level && line.level != LogLevel::None)
                    draw_text(frame, mono(level_color(theme, line.level)), {left + at.level, y}, kLogLine,
                        log_level_word(line.level));
            }
            Color const plain = error ? theme.terminal_error : theme.terminal_text;
            draw_line_text(frame, line.text, row.begin, row.end, plain, {left + at.text, y});
            if (newest && step.state.kind == ExecutionState::Running) {
                std::string_view const text = line.text.substr(row.begin, row.end - row.begin);
                float const end = left + at.text + measure(frame, mono(plain), text, view.w);
                fill(frame, {end + 1, y + 3, 2, kLogLine - 6}, theme.terminal_text);
            }
        }
    };

    // The newest line stays in sight until the user scrolls up, and again once the user is back at the end.
    // Before the rows are drawn, so that a new line is never seen cut off.
    void follow(Frame& frame, ScrollArea& area)
    {
        UiMemory& memory = frame.memory;
        bool const following = frame.state.view.follow_log;
        float const reachable = std::min(memory.log_scroll_max, area.max_y);
        if (following && area.scroll_y < memory.log_scroll - 1 && area.scroll_y < reachable - 2)
            frame.act(FollowLog{false});
        else if (following && area.scroll_y < area.max_y - 1) {
            scroll_to(frame, area.max_y);
            area.origin.y += area.scroll_y - area.max_y;
            area.scroll_y = area.max_y;
        } else if (!following && area.max_y > 0 && area.scroll_y > memory.log_scroll && area.scroll_y >= area.max_y - 1)
            frame.act(FollowLog{true});
        memory.log_scroll = area.scroll_y;
        memory.log_scroll_max = area.max_y;
    }

} // namespace

float log_view_height(Frame& frame, StepRun const& step, float width, float view_height)
{
    lay_out(frame, step, width);
    auto const rows = static_cast<float>(frame.memory.log.size());
    float const room = std::clamp(view_height - kRestOfInspector, kMinRows * kLogLine, kMaxHeight);
    float const shown = std::min(rows, std::floor(room / kLogLine));
    return shown * kLogLine + 2 * kPaddingY;
}

void draw_log_view(Frame& frame, StepRun const& step, Rect const& rect)
{
    Theme const& theme = frame.theme;
    fill(frame, rect, theme.terminal, kRadius);
    Columns const at = lay_out(frame, step, rect.w);
    LogRows const& rows = frame.memory.log;

    ImGuiID const id = make_id("log", step.key);
    // The room under the last row belongs to what scrolls: the bar for long lines stands there.
    Rect const view{rect.x, rect.y + kPaddingY, rect.w, rect.h - kPaddingY};
    float const text_width = static_cast<float>(rows.widest_line()) * at.advance;
    float const width = frame.state.view.wrap_log ? view.w : std::max(view.w, at.text + text_width + kPaddingX);
    float const height = static_cast<float>(rows.size()) * kLogLine + kPaddingY;
    ScrollArea area = begin_scroll(frame, id, view, {width, height});
    follow(frame, area);

    // In whole rows and a rest: at a million lines a float no longer holds every pixel of the way.
    auto const from = static_cast<std::size_t>(std::max(0.0f, area.scroll_y / kLogLine));
    auto const to = std::min(rows.size(), from + static_cast<std::size_t>(view.h / kLogLine) + 2);
    auto const scrolled = static_cast<double>(area.scroll_y);
    RowPainter painter{frame, step, view, area.origin, at};
    std::string spoken;
    for (std::size_t i = from; i < to; ++i) {
        LogRows::Row const row = rows.at(step.logs, i);
        auto const y = view.y + static_cast<float>(static_cast<double>(i) * static_cast<double>(kLogLine) - scrolled);
        painter.draw(row, y, i + 1 == rows.size());
        if (spoken.size() < kSpokenBytes)
            spoken.append(step.logs[row.line].text.substr(row.begin, std::min(kSpokenBytes, row.end - row.begin)))
                .append("\n");
    }
    record(
        frame, {.id = id, .role = Role::Log, .name = "Logs", .value = std::move(spoken), .states = {}, .rect = view});
    end_scroll(frame, area, theme.terminal_dim);
}

} // namespace pev::ui
