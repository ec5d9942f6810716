#include "ui/panels/run_progress.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/flow.h"
#include "ui/ids.h"
#include "ui/text.h"
#include "ui/widgets/progress_bar.h"

#include <string>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kLeastWidth = 300;
    constexpr float kMostPart = 0.45f; // of the header
    constexpr float kBarHeight = 8;
    constexpr float kGap = 12;
    constexpr float kDot = 8;
    constexpr float kDotToWords = 14;
    constexpr Flow::Spacing kCounts{.gap = 14, .line = kSmallLine, .row_gap = 3};

    struct Count {
        int steps;
        std::string_view word;
        ExecutionState state;
    };

    std::vector<Count> collect_counts(Progress const& progress)
    {
        std::vector<Count> counts{
            {progress.completed, "completed", ExecutionState::Success},
            {progress.running, "running", ExecutionState::Running},
            {progress.failed, "failed", ExecutionState::Failed},
            {progress.blocked, "blocked", ExecutionState::Blocked},
            {progress.canceled, "canceled", ExecutionState::Canceled},
            {progress.skipped, "skipped", ExecutionState::Skipped},
            {progress.interrupted, "interrupted", ExecutionState::Queued},
            {progress.pending, "pending", ExecutionState::Queued},
        };
        std::erase_if(counts, [](Count const& count) { return count.steps == 0; });
        return counts;
    }

    std::string count_words(Count const& count)
    {
        return format_count(static_cast<std::size_t>(std::max(0, count.steps))) + " " + std::string{count.word};
    }

    float count_width(Frame const& frame, Count const& count)
    {
        return kDotToWords + measure(frame, small(0), count_words(count));
    }

    float counts_width(Frame const& frame, std::vector<Count> const& counts)
    {
        float width = -kCounts.gap;
        for (Count const& count : counts)
            width += count_width(frame, count) + kCounts.gap;
        return std::max(0.0f, width);
    }

    // As in the bar: what has not begun is empty.
    void draw_dot(ExecutionState state, ImVec2 centre)
    {
        constexpr float kStroke = 1.5f;
        ImDrawList& list = *ImGui::GetWindowDrawList();
        if (state == ExecutionState::Queued)
            list.AddCircle(centre, (kDot - kStroke) / 2, state_color(state), 20, kStroke);
        else
            list.AddCircleFilled(centre, kDot / 2, state_color(state), 20);
    }

    // On a wide screen they end at the right edge if they fit into one line. Returns the height.
    float draw_counts(Frame& frame, Progress const& progress, Rect const& box)
    {
        std::vector<Count> const counts = collect_counts(progress);
        float const total = counts_width(frame, counts);
        Flow flow{box, kCounts, frame.narrow || total > box.w ? box.x : right(box) - total};
        for (Count const& count : counts) {
            std::string const words = count_words(count);
            float const width = count_width(frame, count);
            ImVec2 const at = flow.place(width);
            draw_dot(count.state, {at.x + kDot / 2, frame.snap(at.y + kSmallLine / 2)});
            draw_text(frame, small(frame.theme.muted), {at.x + kDotToWords, at.y}, kSmallLine, words);
            record_text(frame, make_id(count.word, make_id("count")), {at.x, at.y, width, kSmallLine}, words);
        }
        return flow.height();
    }

    std::string percent_words(Progress const& progress)
    {
        return std::to_string(progress.percent()) + "%";
    }

    std::string done_words(Progress const& progress)
    {
        return format_count(static_cast<std::size_t>(progress.done())) + " / "
            + format_count(static_cast<std::size_t>(progress.total)) + " steps";
    }

    // `rect` is all that is said to be the progress.
    void draw_bar(Frame& frame, Progress const& progress, Rect const& bar, Rect const& rect)
    {
        draw_progress_bar(frame, bar,
            {{progress.completed, state_color(ExecutionState::Success)},
                {progress.skipped, state_color(ExecutionState::Skipped)},
                {progress.failed, state_color(ExecutionState::Failed)},
                {progress.running, state_color(ExecutionState::Running)},
                {progress.blocked, state_color(ExecutionState::Blocked)},
                {progress.canceled, state_color(ExecutionState::Canceled)}},
            progress.total);
        record_text(frame, make_id("progress"), rect, "Progress", Role::ProgressBar,
            percent_words(progress) + ", " + done_words(progress));
    }

} // namespace

float run_progress_width(Frame const& frame, float room)
{
    float const wanted = counts_width(frame, collect_counts(frame.state.run->progress));
    return std::max(kLeastWidth, std::min(wanted, room * kMostPart));
}

float draw_run_progress(Frame& frame, ImVec2 at, float width)
{
    constexpr float kLine = 35;
    constexpr float kBarY = 42;
    constexpr float kCountsY = 56;
    Theme const& theme = frame.theme;
    Progress const& progress = frame.state.run->progress;
    std::string const percent = percent_words(progress);
    std::string const done = done_words(progress);
    TextStyle const big{.size = kHuge, .weight = Weight::Semibold, .color = theme.text, .spacing = -0.4f};
    TextStyle const quiet = body(theme.muted);
    float const big_width = measure(frame, big, percent);
    float const done_width = measure(frame, quiet, done);
    float const x = frame.narrow ? at.x : at.x + width - big_width - kGap - done_width;
    draw_text(frame, quiet, {x, at.y}, kLine, done);
    draw_text(frame, big, {x + done_width + kGap, at.y}, kLine, percent);
    Rect const bar{at.x, at.y + kBarY, width, kBarHeight};
    draw_bar(frame, progress, bar, {at.x, at.y, width, kBarY + kBarHeight});
    return kCountsY + draw_counts(frame, progress, {at.x, at.y + kCountsY, width, 0});
}

float draw_run_progress_line(Frame& frame, ImVec2 at, float width)
{
    Progress const& progress = frame.state.run->progress;
    TextStyle const style{.size = kSmall, .weight = Weight::Semibold, .color = frame.theme.text};
    std::string const percent = percent_words(progress);
    float const percent_width = measure(frame, style, percent);
    Rect const line{at.x, at.y, width, kSmallLine};
    draw_text(frame, style, {right(line) - percent_width, line.y}, line.h, percent);
    float const bar_y = frame.snap(middle_y(line) - kBarHeight / 2);
    Rect const bar{line.x, bar_y, width - percent_width - kGap, kBarHeight};
    draw_bar(frame, progress, bar, line);
    return line.h;
}

} // namespace pev::ui
