#include "ui/inspector/log_view.h"

#include "shared/base/text.h"
#include "shared/view/cells.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/ansi.h"
#include "ui/inspector/log_find.h"
#include "ui/inspector/log_layout.h"
#include "ui/inspector/log_memory.h"
#include "ui/inspector/log_reading.h"
#include "ui/interaction.h"
#include "ui/links.h"
#include "ui/selection.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kMinRows = 8;
    constexpr float kMaxHeight = 460;
    constexpr float kRestOfInspector = 582; // what a screen of 900 has beside eight rows
    constexpr std::size_t kSpokenBytes = 4'000;
    constexpr float kErrorTint = 0.08f;

    std::size_t wrap_columns(LogColumns const& at, float width)
    {
        return static_cast<std::size_t>(std::max(10.0f, (width - at.text - kLogPaddingX) / at.advance));
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

    // Draws one row of a line's text: grounds first, then what is found and selected, then the characters.
    class TextPainter {
    public:
        TextPainter(Frame& frame, LogLayout const& layout, LogRowText const& row, float y)
            : frame_(frame), at_(layout), row_(row), y_(y)
        {
        }

        // In the colours that the log has set. `ink` and `ground`: where it has set none.
        void draw(Color ink, Color ground)
        {
            if (row_.shown.runs.empty() && row_.shown.style == TerminalStyle{}) {
                draw_found();
                draw_selection();
                draw_cells(frame_, mono(ink), origin(), kLogLine, row_.text(), 0);
                return;
            }
            each_run([&](Run const& run) { draw_ground(run, log_colors(run.style, ink, ground)); });
            draw_found();
            draw_selection();
            each_run([&](Run const& run) {
                Color const asked = log_colors(run.style, ink, ground).ink;
                draw_run(run, run.found ? readable(asked, *run.found) : asked);
            });
        }

        // After draw(), in the same ink.
        void draw_links(Color ink)
        {
            float const columns_in_sight = at_.view.w / at_.columns.advance;
            auto const first
                = static_cast<std::size_t>(std::max(0.0f, (at_.view.x - at_.text_x()) / at_.columns.advance));
            std::size_t const from = byte_at(row_.text(), first);
            std::size_t const to
                = from + byte_at(row_.text().substr(from), static_cast<std::size_t>(columns_in_sight) + 2);
            ColumnCursor columns{row_.text()};
            for (TextLink const& link :
                find_links(row_.shown.text, row_.shown.links, row_.row.begin + from, row_.row.begin + to)) {
                std::size_t const begin = std::max(link.begin, row_.row.begin);
                std::size_t const end = std::min(link.end, row_.row.end);
                draw_link(frame_, at_.id, at_.grab, link,
                    {.text = row_.shown.text.substr(begin, end - begin),
                        .rect = place_of(columns, begin, end),
                        .ink = ink,
                        .line = row_.line});
            }
        }

    private:
        struct Run {
            std::string_view text;
            std::size_t column = 0;
            std::size_t end_column = 0;
            TerminalStyle style;
            std::optional<Color> found = {}; // the ground of the match that it is part of
        };
        // A match in sight.
        struct Found {
            std::size_t begin = 0;
            std::size_t end = 0;
            Color ground = 0;
        };

        ImVec2 origin() const { return {at_.text_x(), y_}; }
        float x_of(std::size_t column) const { return at_.text_x() + static_cast<float>(column) * at_.columns.advance; }

        // The row's part of the line, cut into runs of one style, and where matches begin and end once they are drawn; only as far as it
        // is in sight.
        template <typename See>
        void each_run(See see)
        {
            ShownLine const& shown = row_.shown;
            StyleRun const whole{.begin = 0, .style = shown.style};
            std::span<StyleRun const> const runs = shown.runs.empty() ? std::span{&whole, 1} : shown.runs;
            auto const behind = std::ranges::upper_bound(runs, row_.row.begin, {}, &StyleRun::begin);
            ColumnCursor columns{row_.text()};
            auto found = found_.begin();
            for (auto at = std::prev(behind); at != runs.end() && at->begin < row_.row.end; ++at) {
                std::size_t begin = std::max<std::size_t>(at->begin, row_.row.begin);
                std::size_t const run_end = std::next(at) == runs.end()
                    ? row_.row.end
                    : std::min<std::size_t>(std::next(at)->begin, row_.row.end);
                for (std::size_t end = begin; begin < run_end; begin = end) {
                    found = std::find_if(found, found_.end(), [&](Found const& match) { return match.end > begin; });
                    bool const within = found != found_.end() && found->begin <= begin;
                    end = found == found_.end() ? run_end : std::min(run_end, within ? found->end : found->begin);
                    Run run{.text = shown.text.substr(begin, end - begin), .style = at->style};
                    if (within)
                        run.found = found->ground;
                    run.column = columns.column_of(begin - row_.row.begin);
                    if (x_of(run.column) > right(at_.view))
                        return;
                    run.end_column = columns.column_of(end - row_.row.begin);
                    if (x_of(run.end_column) >= at_.view.x)
                        see(run);
                }
            }
        }

        void draw_ground(Run const& run, LogColors const& colors)
        {
            if (colors.ground)
                fill(frame_, {x_of(run.column), y_, x_of(run.end_column) - x_of(run.column), kLogLine}, *colors.ground);
        }

        void draw_run(Run const& run, Color ink)
        {
            float const x = x_of(run.column);
            float const width = x_of(run.end_column) - x;
            draw_cells(frame_, mono(ink), origin(), kLogLine, run.text, run.column);
            if (run.style.bold) // there is no bold face: drawn twice, half a pixel apart
                draw_cells(frame_, mono(ink), {origin().x + 0.4f, y_}, kLogLine, run.text, run.column);
            if (run.style.underline)
                horizontal_line(frame_, x, y_ + kLogLine - 3, width, ink);
            if (run.style.strike)
                horizontal_line(frame_, x, y_ + std::floor(kLogLine / 2) + 1, width, ink);
        }

        // Bytes of the line's shown text, as far as they stand in this row.
        Rect place_of(ColumnCursor& columns, std::size_t begin, std::size_t end) const
        {
            std::size_t const from = std::clamp(begin, row_.row.begin, row_.row.end) - row_.row.begin;
            std::size_t const to = std::clamp(end, row_.row.begin, row_.row.end) - row_.row.begin;
            float const x = x_of(columns.column_of(from));
            return {x, y_, x_of(columns.column_of(to)) - x, kLogLine};
        }

        void draw_found()
        {
            LogMemory const& log = frame_.memory.log();
            Needle const& needle = log.search.needle();
            if (needle.empty())
                return;
            Theme const& theme = frame_.theme;
            ColumnCursor columns{row_.text()};
            std::size_t match = 0;
            for (auto found = needle.find(row_.shown.text, 0, row_.row.end); found;
                found = needle.find(row_.shown.text, found->end, row_.row.end), ++match) {
                if (found->end <= row_.row.begin)
                    continue;
                Rect const place = place_of(columns, found->begin, found->end);
                if (place.x > right(at_.view))
                    return;
                if (right(place) < at_.view.x)
                    continue;
                bool const current = log.hit && *log.hit == HitList::Hit{row_.row.index, match};
                found_.push_back(
                    {found->begin, found->end, mixed(theme.terminal_warn, theme.terminal, current ? 0.45f : 0.25f)});
                fill(frame_, place, found_.back().ground, 2);
                if (current)
                    border(frame_, place, theme.terminal_warn, 2);
            }
        }

        void draw_selection()
        {
            TextSelection const* const selection = selection_of(frame_, at_.id);
            if (selection == nullptr)
                return;
            auto const part = selection->range().in_line(row_.line, row_.shown.text.size());
            bool const last_row = row_.row.end >= row_.shown.text.size();
            bool const breaks = part.through && last_row;
            if ((part.end <= row_.row.begin || part.begin > row_.row.end || part.begin == part.end) && !breaks)
                return;
            ColumnCursor columns{row_.text()};
            Rect place = place_of(columns, part.begin, part.end);
            if (breaks)
                place.w += at_.columns.advance; // the line break is selected too
            draw_selected(frame_, place);
        }

        Frame& frame_;
        LogLayout const& at_;
        LogRowText const& row_;
        float y_;
        std::vector<Found> found_;
    };

    // Where the lines below are of another day than those above.
    void draw_day(Frame& frame, LogLayout const& at, float y, std::string const& words, std::size_t line)
    {
        Theme const& theme = frame.theme;
        float const left = at.view.x - at.scroll_x + at.columns.time;
        float const width = static_cast<float>(count_columns(words)) * at.columns.advance;
        float const gap = log_gap(frame);
        draw_text(frame, mono(theme.terminal_dim), {left, y}, kLogLine, words);
        Color const quiet = faded(theme.terminal_dim, 0.4f);
        float const from = left + width + gap;
        horizontal_line(frame, from, y + std::floor(kLogLine / 2), std::max(0.0f, right(at.view) - gap - from), quiet);
        record_text(frame, make_id("log-day", line), {left, y, width, kLogLine}, words);
    }

    void draw_row(Frame& frame, StepRun const& step, LogLayout const& at, LogRowText const& row, float y)
    {
        Theme const& theme = frame.theme;
        LogLine const line = step.logs[row.line];
        bool const error = line.level == LogLevel::Error;
        if (error)
            fill(frame, {at.view.x, y, at.view.w, kLogLine}, faded(theme.terminal_error, kErrorTint));
        float const left = at.view.x - at.scroll_x;
        if (row.row.part == 0) {
            std::string const number = std::to_string(row.line + 1);
            float const width = static_cast<float>(number.size()) * at.columns.advance;
            draw_text(frame, mono(theme.terminal_dim), {left + at.columns.number_end - width, y}, kLogLine, number);
            if (at.columns.shows_time && line.at) {
                Rect const place{left + at.columns.time, y, 12 * at.columns.advance, kLogLine};
                draw_text(frame, mono(theme.terminal_dim), top_left(place), kLogLine,
                    format_clock_ms(*line.at, frame.utc_offset()));
                explain(frame, make_id("log-time", row.line), place, hovers(place),
                    format_date_time(*line.at, frame.utc_offset()));
            }
            if (at.columns.shows_level && line.level != LogLevel::None)
                draw_text(frame, mono(level_color(theme, line.level)), {left + at.columns.level, y}, kLogLine,
                    log_level_word(line.level));
        }
        Color const ink = error ? theme.terminal_error : theme.terminal_text;
        Color const ground = error ? mixed(theme.terminal_error, theme.terminal, kErrorTint) : theme.terminal;
        TextPainter painter{frame, at, row, y};
        painter.draw(ink, ground);
        painter.draw_links(ink);
    }

    void move_to(Frame& frame, ScrollArea& area, float y)
    {
        scroll_to(frame, y);
        area.origin.y += area.scroll_y - y;
        area.scroll_y = y;
    }

    // What is in sight stays where it is while lines above it are dropped.
    void make_up_for_dropped_rows(Frame& frame, ScrollArea& area)
    {
        LogMemory& log = frame.memory.log();
        float const gone = static_cast<float>(std::exchange(log.rows_gone, 0)) * kLogLine;
        if (gone == 0)
            return;
        // Where it was scrolled further than the shorter log reaches, it has been moved back already.
        float const before = area.scroll_y >= area.max_y - 1 ? std::max(area.scroll_y, log.scroll) : area.scroll_y;
        move_to(frame, area, std::max(0.0f, before - gone));
        log.scroll = std::max(0.0f, log.scroll - gone);
        log.scroll_max = std::max(0.0f, log.scroll_max - gone);
    }

    // The newest line stays in sight until the user scrolls up, and again once the user is back at the end.
    // Before the rows are drawn, so that a new line is never seen cut off.
    void follow(Frame& frame, ScrollArea& area)
    {
        LogMemory& log = frame.memory.log();
        bool const following = frame.state.view.follow_log;
        float const reachable = std::min(log.scroll_max, area.max_y);
        if (following && area.scroll_y < log.scroll - 1 && area.scroll_y < reachable - 2)
            frame.act(FollowLog{false});
        else if (following && area.scroll_y < area.max_y - 1)
            move_to(frame, area, area.max_y);
        else if (!following && area.max_y > 0 && area.scroll_y > log.scroll && area.scroll_y >= area.max_y - 1)
            frame.act(FollowLog{true});
        log.scroll = area.scroll_y;
        log.scroll_max = area.max_y;
        if (following || area.scroll_y >= area.max_y - 1)
            log.followed_lines = log.lines.end();
    }

    // Scrolls to what somebody went to, once its row is known.
    void reveal(Frame& frame, StepRun const& step, LogLayout const& at)
    {
        LogMemory& log = frame.memory.log();
        if (log.reveals_hit && log.hit) {
            std::string_view const shown = log.texts.of(step.logs, log.lines[log.hit->item]).text;
            log.reveal = TextPoint{log.hit->item, nth_match(shown, log.search.needle(), log.hit->match)};
        }
        log.reveals_hit = false;
        if (!log.reveal || log.reveal->line >= log.lines.end())
            return;
        std::string_view const shown = log.texts.of(step.logs, log.lines[log.reveal->line]).text;
        LogRows::Row row = log.rows.line_at(log.rows.row_of(log.reveal->line, log.reveal->byte, shown));
        if (row.index != log.reveal->line)
            return; // not laid out yet
        float const y = static_cast<float>(log.rows.row_of(log.reveal->line, log.reveal->byte, shown)) * kLogLine;
        float const third = std::floor(at.view.h / 3);
        if (y < at.scroll_y || y + kLogLine > at.scroll_y + at.view.h - kLogLine) {
            bool const one_line_off = y >= at.scroll_y - 2 * kLogLine && y <= at.scroll_y + at.view.h + kLogLine;
            float const to = !one_line_off ? y - third : y < at.scroll_y ? y : y - at.view.h + 2 * kLogLine;
            scroll_to(frame, std::min(std::max(0.0f, to), ImGui::GetScrollMaxY()));
        }
        log.rows.place(row, shown);
        std::size_t const byte = std::min(log.reveal->byte, shown.size());
        float const x = at.columns.text
            + static_cast<float>(column_of(shown.substr(row.begin), byte - std::min(byte, row.begin)))
                * at.columns.advance;
        if (x < at.scroll_x + at.columns.text || x > at.scroll_x + at.view.w - 10 * at.columns.advance)
            ImGui::SetScrollX(std::clamp(x - at.view.w / 2, 0.0f, ImGui::GetScrollMaxX()));
        log.reveal.reset();
        frame.wake_at(frame.now);
    }

    // Over the log's end, while the newest lines are not in sight.
    void draw_jump(Frame& frame, StepRun const& step, ScrollArea const& area)
    {
        LogMemory const& log = frame.memory.log();
        bool const grows = !is_terminal(step.state.kind) && !frame.state.run->over();
        std::size_t const newer = log.lines.end() - std::min(log.lines.end(), log.followed_lines);
        if (area.scroll_y >= area.max_y - 1 || (!grows && newer == 0))
            return;
        std::string words = "Jump to latest";
        if (newer > 0)
            words += " · " + format_count(newer) + " new";
        ButtonLook const look{.floating = true, .icon = Icon::Follow};
        float const width = button_width(frame, words, look);
        float const height = frame.control_height(26);
        Rect const place{
            std::round(area.view.x + (area.view.w - width) / 2), bottom(area.view) - height - 10, width, height};
        if (button(frame, make_id("jump-to-latest"), place, words, look))
            frame.act(FollowLog{true});
    }

    float dropped_height(StepRun const& step)
    {
        return step.logs.first() > 0 ? kLogLine + kLogPaddingY : 0;
    }

    // Over the lines that are left; in a narrow terminal the tooltip alone says why.
    void draw_dropped(Frame& frame, StepRun const& step, Rect const& rect)
    {
        if (rect.h == 0)
            return;
        Theme const& theme = frame.theme;
        std::string const count = describe_dropped(step.logs);
        std::string const words = count + std::string{kWhyDropped};
        float const gap = log_gap(frame);
        Rect const line{rect.x + gap, rect.y, rect.w - 2 * gap, kLogLine};
        bool const fits = measure(frame, mono(theme.terminal_warn), words) <= line.w;
        draw_text(frame, mono(theme.terminal_warn), top_left(line), line.h, fits ? words : count);
        horizontal_line(frame, rect.x, bottom(line) + kLogPaddingY / 2, rect.w, faded(theme.terminal_dim, 0.4f));
        ImGuiID const id = make_id("dropped-lines", step.ref);
        record_text(frame, id, line, words);
        explain(frame, id, line, hovers(line),
            "A run may take " + format_bytes(frame.state.run->memory)
                + " here. Beyond that its longest logs lose their oldest lines. Those that are left keep their "
                  "numbers.");
    }

    void draw_nothing(Frame& frame, StepRun const& step, Rect const& view)
    {
        std::string_view const words
            = step.logs.empty() ? "No lines are left" : "No lines at the levels that are shown";
        draw_centered(frame, mono(frame.theme.terminal_dim), view, words);
        record_text(frame, make_id("log-nothing"), view, std::string{words});
    }

} // namespace

void prepare_log(Frame& frame, StepRun const& step, float width)
{
    LogMemory& log = frame.memory.log();
    std::uint64_t const generation = log.lines.generation();
    log.lines.update(step.logs, step.ref, levels_to_show(step.logs, frame.state.view.log_levels));
    bool const other_lines = log.lines.generation() != generation; // points of the log may stand elsewhere now
    TextSelection const* const selection = selection_of(frame, make_id("log", step.ref));
    if (selection != nullptr && (other_lines || selection->range().from.line < step.logs.first()))
        clear_selection(frame);
    if (log.reveal && (other_lines || log.reveal->line < log.lines.first()))
        log.reveal.reset();
    std::size_t const dropped = log.rows.dropped();
    std::size_t const columns = frame.state.view.wrap_log ? wrap_columns(log_columns(frame, step, width), width) : 0;
    bool const knows_styles = log.texts.update(step.logs, log.lines);
    bool const knows_rows = log.rows.update(step.logs, log.lines, log.texts, {columns, frame.utc_offset()});
    if (!knows_styles || !knows_rows)
        frame.wake_at(frame.now);
    bool const other_rows = other_lines || log.rows.dropped() < dropped;
    log.rows_gone = other_rows ? 0 : log.rows_gone + log.rows.dropped() - dropped;
    search_log(frame, step);
}

float log_view_height(Frame const& frame, StepRun const& step, float view_height)
{
    auto const rows = static_cast<float>(std::max<std::size_t>(1, frame.memory.log().rows.size()));
    float const room = std::clamp(view_height - kRestOfInspector, kMinRows * kLogLine, kMaxHeight);
    float const shown = std::min(rows, std::floor(room / kLogLine));
    return shown * kLogLine + 2 * kLogPaddingY + dropped_height(step);
}

void draw_log_view(Frame& frame, StepRun const& step, Rect const& rect)
{
    Theme const& theme = frame.theme;
    LogMemory& log = frame.memory.log();
    fill(frame, rect, theme.terminal, kRadius);
    LogLayout at{.id = make_id("log", step.ref), .columns = log_columns(frame, step, rect.w)};
    float const head = dropped_height(step);
    draw_dropped(frame, step, {rect.x, rect.y + kLogPaddingY, rect.w, head});
    // The room under the last row belongs to what scrolls: the bar for long lines stands there.
    at.view = {rect.x, rect.y + kLogPaddingY + head, rect.w, rect.h - kLogPaddingY - head};
    float const text_width = static_cast<float>(log.rows.widest()) * at.columns.advance;
    float const width
        = frame.state.view.wrap_log ? at.view.w : std::max(at.view.w, at.columns.text + text_width + kLogPaddingX);
    float const height = static_cast<float>(log.rows.size()) * kLogLine + kLogPaddingY;
    ScrollArea area = begin_scroll(frame, at.id, at.view, {width, height});
    make_up_for_dropped_rows(frame, area);
    follow(frame, area);
    at.scroll_x = area.scroll_x;
    at.scroll_y = area.scroll_y;
    at.grab = read_log(frame, step, at);
    reveal(frame, step, at);

    auto const from = static_cast<std::size_t>(std::max(0.0f, area.scroll_y / kLogLine));
    auto const to = std::min(log.rows.size(), from + static_cast<std::size_t>(at.view.h / kLogLine) + 2);
    std::string spoken;
    for (std::size_t i = from; i < to; ++i) {
        LogRowText const row = log_row(frame, step, i);
        if (i == from)
            log.top_line = row.row.index + (row.row.part > 0 ? 1 : 0);
        float const y = at.y_of(i);
        if (row.row.names_day) {
            std::string const words = format_day(*step.logs[row.line].at, frame.utc_offset());
            draw_day(frame, at, y, words, row.line);
            spoken.append(words).append("\n");
            continue;
        }
        draw_row(frame, step, at, row, y);
        if (i + 1 == log.rows.size() && step.state.kind == ExecutionState::Running && !frame.state.run->over()) {
            float const end = at.text_x() + static_cast<float>(count_columns(row.text())) * at.columns.advance;
            fill(frame, {end + 1, y + 3, 2, kLogLine - 6}, theme.terminal_text);
        }
        if (spoken.size() < kSpokenBytes)
            spoken.append(row.text().substr(0, kSpokenBytes)).append("\n");
    }
    if (log.lines.size() == 0)
        draw_nothing(frame, step, {at.view.x, at.view.y, at.view.w, kLogLine});
    draw_jump(frame, step, area);
    bool const focused = frame.memory.focus == at.id && frame.memory.focus_visible;
    record(frame,
        {.id = at.id,
            .role = Role::Log,
            .name = "Logs",
            .value = std::move(spoken),
            .states = {.focused = frame.memory.reading == at.id},
            .rect = at.view});
    end_scroll(frame, area, theme.terminal_dim);
    if (focused)
        focus_ring(frame, inset(rect, 2, 2), kRadius);
}

} // namespace pev::ui
