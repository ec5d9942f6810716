#include "ui/draw_frame.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/memory.h"
#include "ui/panels/timeline_navigation.h"
#include "ui/screens/screens.h"
#include "ui/selection.h"
#include "ui/shortcuts.h"
#include "ui/theme.h"

#include "imgui.h"
#include "imgui_internal.h"

namespace pev::ui {

namespace {

    using std::chrono::floor;
    using std::chrono::seconds;

    // The memory belongs to the ImGui context: it is made with its first frame and goes with it.
    UiMemory& memory_of_context()
    {
        ImGuiStorage& storage = *ImGui::GetStateStorage();
        ImGuiID const key = make_id("memory-of-ui");
        if (auto* const known = static_cast<UiMemory*>(storage.GetVoidPtr(key)))
            return *known;
        auto* const made = new UiMemory;
        storage.SetVoidPtr(key, made);
        ImGuiContextHook hook;
        hook.Type = ImGuiContextHookType_Shutdown;
        hook.UserData = made;
        hook.Callback
            = [](ImGuiContext*, ImGuiContextHook* called) { delete static_cast<UiMemory*>(called->UserData); };
        ImGui::AddContextHook(ImGui::GetCurrentContext(), &hook);
        return *made;
    }

    Theme const& theme_of(AppState const& state, Environment const& environment)
    {
        switch (state.view.theme) {
        case ThemeChoice::Light:
            return kLightTheme;
        case ThemeChoice::Dark:
            return kDarkTheme;
        case ThemeChoice::System:
            break;
        }
        return environment.system_prefers_dark ? kDarkTheme : kLightTheme;
    }

    // What running timers count to, and when they move on.
    struct Timers {
        Instant server_now;
        std::optional<Instant> next_tick;
    };
    Timers timers_of(AppState const& state, Freshness const& fresh, Instant now)
    {
        // Where nobody knows how the run stands by now, timers that went on would claim to.
        Instant const server = state.clock.server_time(fresh.known_until.value_or(now));
        Instant const start = state.run && state.run->started_at ? *state.run->started_at : Instant{};
        auto const elapsed = floor<seconds>(server - start);
        Timers timers{.server_now = start + elapsed, .next_tick = {}};
        if (!fresh.known_until)
            timers.next_tick = now + (start + elapsed + seconds{1} - server);
        return timers;
    }

    // ImGui's own look is never seen; these are what its windows and fields take room by.
    void prepare_style(float density)
    {
        ImGuiStyle& style = ImGui::GetStyle();
        style.WindowPadding = style.FramePadding = style.ItemSpacing = {0, 0};
        style.WindowMinSize = {1, 1};
        style.WindowBorderSize = style.ChildBorderSize = style.FrameBorderSize = 0;
        style.WindowRounding = style.ChildRounding = style.FrameRounding = 0;
        style.AntiAliasedLinesUseTex = false;
        style.CircleTessellationMaxError = 0.1f / density;
        style.CurveTessellationTol = 0.5f / density;
        // Edges are softened over one device pixel, not one CSS pixel.
        ImGui::GetDrawListSharedData()->InitialFringeScale = 1 / density;
    }

    void begin_root()
    {
        ImGuiIO& io = ImGui::GetIO();
        io.ConfigInputTextCursorBlink = false; // a caret that blinks would draw frames while nothing happens
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(io.DisplaySize);
        ImGui::Begin("##viewer", nullptr,
            ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings
                | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBringToFrontOnFocus
                | ImGuiWindowFlags_NoScrollWithMouse);
    }

    void draw_screen(Frame& frame)
    {
        if (frame.state.run)
            draw_run_screen(frame);
        else if (frame.state.problem)
            draw_problem_screen(frame);
        else
            draw_loading_screen(frame);
    }

} // namespace

FrameResult draw_frame(
    AppState const& state, Instant now, Environment const& environment, Semantics& semantics, Actions& actions)
{
    FrameResult result;
    Theme const& theme = theme_of(state, environment);
    result.dark = theme.dark;
    float const density = std::max(0.5f, ImGui::GetIO().DisplayFramebufferScale.x);
    prepare_style(density);
    Freshness const fresh = state.freshness(now);
    Timers const timers = timers_of(state, fresh, now);
    semantics.begin_frame();

    begin_root();
    Frame frame{.state = state,
        .now = now,
        .stale = fresh.stale,
        .server_now = timers.server_now,
        .next_tick = timers.next_tick,
        .theme = theme,
        .environment = environment,
        .semantics = semantics,
        .actions = actions,
        .memory = memory_of_context(),
        .result = result,
        .density = density,
        .narrow = ImGui::GetIO().DisplaySize.x <= kNarrowWidth};
    if (fresh.changes_at)
        frame.wake_at(*fresh.changes_at);
    fill(frame, {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y}, theme.background);
    run_shortcuts(frame);
    draw_screen(frame);
    if (state.complete)
        draw_overlays(frame);
    settle_selection(frame);
    if (state.complete)
        stop_following_reader(frame);
    move_focus(frame);
    draw_tooltip(frame);
    ImGui::End();

    if (ImGui::GetMouseCursor() == ImGuiMouseCursor_TextInput)
        result.cursor = FrameResult::Cursor::Text;
    return result;
}

} // namespace pev::ui
