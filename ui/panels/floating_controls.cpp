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
    constexpr Duration kRefreshedFor = 1800ms;
    constexpr ButtonLook kMore{.floating = true, .icon = Icon::Dots, .padding = 8};

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

    // Returns where they end.
    float draw_buttons(Frame& frame)
    {
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        Mode const mode = frame.state.mode();
        bool const can_pause = mode != Mode::Final && mode != Mode::Error;
        bool const paused = mode == Mode::Paused;
        ButtonLook const look{.floating = true, .padding = 12};
        std::string const refresh = refresh_label(frame);
        std::string_view const pause_name = paused ? "Resume updates" : "Pause updates";
        std::string_view const pause = frame.narrow ? pause_name.substr(0, pause_name.find(' ')) : pause_name;
        float const height = frame.control_height(kButtonHeight);
        // As wide as at rest, whatever it says: nothing moves.
        Rect const first{kMargin, screen.y - kBottom - height, button_width(frame, "Refresh", look), height};
        Rect const second{right(first) + kGap, first.y, button_width(frame, pause, look), height};
        float const more_x = right(can_pause ? second : first) + kGap;
        Rect const third{more_x, first.y, std::max(height, button_width(frame, {}, kMore)), height};
        Rect const all{first.x, first.y, right(third) - first.x, height};
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
        if (button(frame, make_id("show-diagnostics"), third, {}, kMore, "Diagnostics"))
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

    // Where something was heard a moment ago it swells. While nothing is, it changes with the timers: waiting costs a frame a second.
    Halo halo_of(Frame& frame)
    {
        if (frame.environment.reduced_motion)
            return kHaloAtRest;
        if (frame.now - frame.state.last_good_at.value_or(Instant{}) >= kBeat) {
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

    void draw_mode(Frame& frame, float buttons_end)
    {
        ModeWords const mode = mode_words(frame);
        if (mode.word.empty())
            return;
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        Color const ink = text_on(mode.color);
        TextStyle const style{.size = kSmall, .weight = Weight::Semibold, .color = ink};
        constexpr float kHeight = 29;
        float const width = std::ceil(measure(frame, style, mode.word)) + 28 + 16;
        Rect rect{screen.x - kMargin - width, screen.y - kBottom - kHeight, width, kHeight};
        if (rect.x < buttons_end + kGap) // no room beside them
            rect.y -= frame.control_height(kButtonHeight) + kGap;
        begin_layer("##mode", rect);
        shadow(frame, rect, kHeight / 2, kRaised);
        fill(frame, rect, mode.color, kHeight / 2);
        draw_pulse(frame, {rect.x + 18, middle_y(rect)}, ink, mode.dot);
        draw_text(frame, style, {rect.x + 30, rect.y}, rect.h, mode.word);
        mode_target(frame, make_id("floating-mode"), rect, mode);
        end_layer();
    }

} // namespace

void draw_floating_controls(Frame& frame)
{
    float const buttons_end = draw_buttons(frame);
    draw_mode(frame, buttons_end);
}

} // namespace pev::ui
