#include "ui/panels/floating_controls.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/mode_words.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/layer.h"

#include <cmath>
#include <string>

namespace pev::ui {

namespace {

    using namespace std::chrono_literals;

    constexpr float kMargin = 18;
    constexpr float kBottom = 16;
    constexpr float kGap = 8;
    constexpr float kButtonHeight = 31;
    constexpr float kFloatingRoom = 64;
    constexpr float kBarPadding = 7;
    constexpr float kBarMargin = 14;
    constexpr Duration kRefreshedFor = 1800ms;

    // A beat every two seconds: a ring that grows and fades in a few pictures, then rest.
    constexpr Duration kBeat = 2s;
    constexpr Duration kPicture = 80ms;
    constexpr int kPictures = 8;

    // Follows a refresh that was asked for until its answer is there.
    // A server that asks to wait is asked when it may be, whether or not somebody presses the button; it says when.
    std::string refresh_label(Frame& frame)
    {
        UiMemory& memory = frame.memory;
        bool const under_way = frame.state.connection.run_fetch != 0 || waits_as_told(frame.state.connection);
        if (memory.refreshing && !under_way) {
            memory.refreshing = false;
            memory.refresh_failed = frame.state.problem.has_value();
            memory.refreshed_until = frame.now + kRefreshedFor;
        }
        if (auto const& wait_until = frame.state.connection.wait_until)
            return "In " + time_to(frame, *wait_until);
        if (memory.refreshing)
            return "Loading…";
        if (memory.refreshed_until && frame.now < *memory.refreshed_until) {
            frame.wake_at(*memory.refreshed_until);
            return memory.refresh_failed ? "Failed" : "Updated";
        }
        return "Refresh";
    }

    // How far what stands at the bottom is from the screen's sides.
    float margin(Frame const& frame)
    {
        return frame.narrow ? kBarMargin : kMargin;
    }

    Rect line_at_bottom(Frame const& frame)
    {
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        float const height = frame.control_height(kButtonHeight);
        float const below = frame.narrow ? kBarPadding : kBottom;
        return {margin(frame), screen.y - below - height, screen.x - 2 * margin(frame), height};
    }

    // Returns where they end.
    float draw_buttons(Frame& frame, float room)
    {
        Rect const line = line_at_bottom(frame);
        Mode const mode = frame.state.mode();
        bool const can_pause = mode != Mode::Final && mode != Mode::Error;
        bool const paused = mode == Mode::Paused;
        ButtonLook const look{.floating = !frame.narrow, .padding = 12};
        ButtonLook const dots{.floating = !frame.narrow, .icon = Icon::Dots, .padding = 8};
        std::string const refresh = refresh_label(frame);
        std::string_view const pause_name = paused ? "Resume updates" : "Pause updates";
        std::string_view const pause = frame.narrow ? pause_name.substr(0, pause_name.find(' ')) : pause_name;
        float const height = line.h;
        // As wide as at rest, whatever it says: nothing moves.
        Rect const first{line.x, line.y, button_width(frame, "Refresh", look), height};
        Rect const second{right(first) + kGap, first.y, button_width(frame, pause, look), height};
        Rect const& last = can_pause ? second : first;
        Rect const third{right(last) + kGap, first.y, std::max(height, button_width(frame, {}, dots)), height};
        bool const more = right(third) <= line.x + room; // the badge leads there too
        Rect const all{first.x, first.y, right(more ? third : last) - first.x, height};
        begin_layer("##updates", all);
        record_open(frame,
            {.id = make_id("updates"),
                .role = Role::Region,
                .name = "Updates",
                .value = {},
                .states = {},
                .rect = all});
        if (button(frame, make_id("refresh"), first, refresh, look,
                waits_as_told(frame.state.connection) ? "Refresh" : refresh)) {
            frame.act(Refresh{});
            frame.memory.refreshing = true;
            frame.wake_at(frame.now);
        }
        if (can_pause && button(frame, make_id("pause"), second, pause, look, pause_name)) {
            if (paused)
                frame.act(Resume{});
            else
                frame.act(Pause{});
        }
        if (more && button(frame, make_id("show-diagnostics"), third, {}, dots, "Diagnostics"))
            frame.act(ShowDiagnostics{true});
        frame.semantics.close();
        end_layer();
        return right(all);
    }

    struct Halo {
        float grown;
        float alpha;
    };
    constexpr Halo kHaloAtRest{.grown = 0.5f, .alpha = 0.33f}; // as in a still picture
    constexpr Halo kHaloDrawnIn{.grown = 0.1f, .alpha = 0.5f};

    // Where the stream spoke a moment ago it swells. While it does not, it changes with the timers: waiting costs a frame a second, also
    // where documents are looked into meanwhile.
    Halo halo_of(Frame& frame)
    {
        if (frame.environment.reduced_motion)
            return kHaloAtRest;
        if (frame.now - frame.state.connection.heard_at >= kBeat) {
            frame.tick();
            bool const odd
                = std::chrono::floor<std::chrono::seconds>(frame.server_now).time_since_epoch().count() % 2 != 0;
            return odd ? kHaloAtRest : kHaloDrawnIn;
        }
        Duration const into = frame.now.time_since_epoch() % kBeat;
        auto const picture = static_cast<int>(into / kPicture);
        frame.wake_at(frame.now + (picture < kPictures ? kPicture - into % kPicture : kBeat - into));
        if (picture >= kPictures)
            return kHaloAtRest;
        float const grown = static_cast<float>(picture) / kPictures;
        return {.grown = grown, .alpha = 0.55f * (1 - grown) + 0.1f};
    }

    void draw_pulse(Frame& frame, ImVec2 centre, Color ink, bool beats)
    {
        ImDrawList& list = *ImGui::GetWindowDrawList();
        if (beats) {
            Halo const halo = halo_of(frame);
            list.AddCircleFilled(centre, 4 + 5 * halo.grown, faded(ink, halo.alpha), 28);
        }
        list.AddCircleFilled(centre, 4, ink, 20);
    }

    constexpr TextStyle mode_style(Color ink)
    {
        return {.size = kSmall, .weight = Weight::Semibold, .color = ink};
    }

    constexpr float kModeHeight = 29;
    constexpr float kModeWord = 30; // where it begins
    constexpr float kModeEnd = 14; // after it

    float mode_width(Frame const& frame, ModeWords const& mode)
    {
        return mode.word.empty() ? 0 : std::ceil(measure(frame, mode_style(0), mode.word)) + kModeWord + kModeEnd;
    }

    void draw_mode(Frame& frame, ModeWords const& mode, float buttons_end)
    {
        if (mode.word.empty())
            return;
        Rect const line = line_at_bottom(frame);
        Color const ink = text_on(mode.color);
        float const width = std::min(mode_width(frame, mode), right(line) - buttons_end - kGap);
        float const y = frame.narrow ? frame.snap(middle_y(line) - kModeHeight / 2) : bottom(line) - kModeHeight;
        Rect const rect{right(line) - width, y, width, kModeHeight};
        begin_layer("##mode", rect);
        if (!frame.narrow)
            shadow(frame, rect, kModeHeight / 2, kRaised);
        fill(frame, rect, mode.color, kModeHeight / 2);
        draw_pulse(frame, {rect.x + 18, middle_y(rect)}, ink, mode.dot);
        draw_cut(
            frame, mode_style(ink), {rect.x + kModeWord, rect.y, rect.w - kModeWord - kModeEnd + 1, rect.h}, mode.word);
        mode_target(frame, make_id("floating-mode"), rect, mode);
        end_layer();
    }

} // namespace

float room_at_end(Frame const& frame)
{
    return frame.narrow ? kSpace3 : kFloatingRoom;
}

float updates_bar_height(Frame const& frame)
{
    bool const bar = frame.narrow && !frame.environment.picture;
    return bar ? frame.control_height(kButtonHeight) + 2 * kBarPadding + 1 : 0;
}

void draw_floating_controls(Frame& frame)
{
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    if (float const height = updates_bar_height(frame); height > 0) {
        fill(frame, {0, screen.y - height, screen.x, height}, frame.theme.panel);
        horizontal_line(frame, 0, screen.y - height, screen.x, frame.theme.line);
    }
    ModeWords const mode = mode_words(frame);
    float const badge = mode_width(frame, mode);
    float const buttons_end = draw_buttons(frame, line_at_bottom(frame).w - (badge > 0 ? badge + kGap : 0));
    draw_mode(frame, mode, buttons_end);
}

} // namespace pev::ui
