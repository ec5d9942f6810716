#include "ui/panels/notices.h"

#include "shared/base/text.h"
#include "shared/view/current_step.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/selectable_text.h"

#include <algorithm>

namespace pev::ui {

namespace {

    struct Strip {
        ImGuiID id;
        std::string words;
        std::string_view button; // empty: none
        Color ground, ink, edge;
        bool tabular = false;
    };

    // Returns the height; `clicked` says whether the button was.
    float draw_strip(Frame& frame, float y, float width, Strip const& strip, bool& clicked)
    {
        constexpr std::size_t kMaxLines = 3;
        constexpr float kPaddingY = 8;
        float const padding = frame.narrow ? 14.0f : 20.0f;
        float const button_room = strip.button.empty() ? 0 : text_button_width(frame, strip.button) + 16;
        float const room = width - 2 * padding - button_room;
        TextStyle style = body(strip.ink);
        style.tabular = strip.tabular;
        auto const lines = wrap(frame, style, strip.words, room, kMaxLines);
        float const height = static_cast<float>(lines.size()) * kBodyLine + 2 * kPaddingY + 1;
        fill(frame, {0, y, width, height}, strip.ground);
        horizontal_line(frame, 0, y + height - 1, width, strip.edge);
        selectable_lines(frame, strip.id, style, {padding, y + kPaddingY}, room, kBodyLine, strip.words, kMaxLines);
        record(frame,
            {.id = strip.id,
                .role = Role::Alert,
                .name = strip.words.substr(0, 500),
                .value = {},
                .states = {},
                .rect = {0, y, width - button_room - padding, height}});
        if (!strip.button.empty()) {
            // Beside a short message, at the end of a long one's line.
            float const text_end
                = lines.size() == 1 ? padding + measure(frame, style, lines.front(), room) + 16 : padding + room + 16;
            clicked = text_button(
                frame, make_id("act", strip.id), text_end, y + kPaddingY, kBodyLine, strip.button, {.strong = true});
        }
        return height;
    }

    std::string describe_error(JsonText const& text)
    {
        auto const error = look_at_error(text);
        if (!error)
            return {};
        return one_line(error->message.empty() ? error->other : error->message, 600);
    }

    constexpr Duration kRecoveredFor = std::chrono::seconds{4};

    Strip update_strip(Frame const& frame)
    {
        Theme const& theme = frame.theme;
        return {.id = make_id("stale"),
            .words = {},
            .button = {},
            .ground = theme.notice_ground,
            .ink = theme.notice_text,
            .edge = mixed(state_color(ExecutionState::WaitingForDependencies), theme.notice_ground, 0.35f),
            .tabular = true};
    }

    std::string told(Problem const& problem)
    {
        return problem.title + (problem.detail.empty() ? "" : " (" + one_line(problem.detail, 200) + ")");
    }

    // " · last update 12 s ago", second by second.
    std::string last_update(Frame& frame)
    {
        using std::chrono::seconds;
        if (!frame.state.last_good_at)
            return {};
        Instant const heard = *frame.state.last_good_at;
        frame.wake_at(heard + std::chrono::floor<seconds>(frame.now - heard) + seconds{1});
        return " · last update " + format_ago(frame.now - heard);
    }

} // namespace

float draw_failure_banner(Frame& frame, float y, float width)
{
    RunModel const& run = *frame.state.run;
    if (run.state.kind != ExecutionState::Failed)
        return 0;
    Theme const& theme = frame.theme;
    std::string_view const message
        = frame.memory.summaries.of(make_id("run-error"), run.revision, run.error, describe_error);
    StepRun const* const step = first_failed_step(run);
    Strip strip{.id = make_id("failure"),
        .words = "Run failed",
        .button = step != nullptr ? "Go to failed step" : "",
        .ground = theme.error_ground,
        .ink = theme.error_text,
        .edge = mixed(state_color(ExecutionState::Failed), theme.error_ground, 0.35f)};
    if (!message.empty())
        strip.words += ": " + std::string{message};
    bool clicked = false;
    float const height = draw_strip(frame, y, width, strip, clicked);
    if (clicked)
        frame.act(SelectStep{step->key});
    return height;
}

float draw_update_notice(Frame& frame, float y, float width)
{
    AppState const& state = frame.state;
    std::optional<Problem> const& problem = state.problem;
    Strip strip = update_strip(frame);
    bool clicked = false;
    if (frame.stale) {
        strip.words
            = "Not up to date: " + (problem ? told(*problem) : "nothing is heard from the server") + last_update(frame);
        strip.button = "Retry";
    } else if (state.mode() == Mode::Paused) {
        strip.words = "Updates are paused. What is shown is of "
            + format_clock(state.last_good_at.value_or(frame.now), frame.utc_offset());
        strip.button = "Resume";
    } else if (state.mode() == Mode::Final && problem) {
        strip.words = "The run is over, and its last details could not be loaded: " + told(*problem);
        strip.button = "Retry";
    } else if (state.recovered_at && frame.now < *state.recovered_at + kRecoveredFor) {
        strip.words = "Up to date again";
        frame.wake_at(*state.recovered_at + kRecoveredFor);
    } else {
        return 0;
    }
    float const height = draw_strip(frame, y, width, strip, clicked);
    if (clicked)
        frame.act(state.mode() == Mode::Paused ? Action{Resume{}} : Action{RetryConnection{}});
    return height;
}

} // namespace pev::ui
