#include "ui/theme.h"

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>

using namespace pev;
using namespace pev::ui;

TEST_CASE("text reaches a contrast of 4.5 on every ground that it stands on", "[ui][theme]")
{
    for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
        INFO((theme->dark ? "dark" : "light"));
        std::initializer_list<Color> const grounds{
            theme->background, theme->panel, theme->raised, theme->hover, theme->selected, theme->code};
        for (Color const ground : grounds) {
            for (Color const text : {theme->text, theme->muted, theme->subtle, theme->link, theme->personality,
                     theme->error_text, theme->json_key, theme->json_string, theme->json_number, theme->json_word})
                CHECK(contrast(text, ground) >= 4.5f);
        }
        CHECK(contrast(theme->error_text, theme->error_ground) >= 4.5f);
        CHECK(contrast(theme->link, theme->error_ground) >= 4.5f);
        CHECK(contrast(theme->notice_text, theme->notice_ground) >= 4.5f);
        CHECK(contrast(theme->link, theme->notice_ground) >= 4.5f);
        Color const error_row = mixed(theme->terminal_error, theme->terminal, 0.08f);
        for (Color const text : {theme->terminal_text, theme->terminal_dim, theme->terminal_debug, theme->terminal_info,
                 theme->terminal_warn, theme->terminal_error}) {
            CHECK(contrast(text, theme->terminal) >= 4.5f);
            CHECK(contrast(text, error_row) >= 4.5f);
        }
    }
}

TEST_CASE("badges and pills of every state can be read", "[ui][theme]")
{
    for (std::size_t i = 0; i < kExecutionStates; ++i) {
        Color const color = state_color(static_cast<ExecutionState>(i));
        CHECK(contrast(text_on(color), color) >= 4.5f);
        for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
            for (Color const ground : {theme->panel, theme->selected, theme->hover})
                CHECK(contrast(theme->text, mixed(color, ground, 0.16f)) >= 4.5f);
        }
    }
    for (Mode const mode : {Mode::Live, Mode::Polling, Mode::Paused, Mode::Error, Mode::Loading})
        CHECK(contrast(text_on(mode_color(mode)), mode_color(mode)) >= 4.5f);
}

TEST_CASE("states have the mission's colours", "[ui][theme]")
{
    CHECK(state_color(ExecutionState::Queued) == rgb(0xA0AEC0));
    CHECK(state_color(ExecutionState::Running) == rgb(0x3182CE));
    CHECK(state_color(ExecutionState::Success) == rgb(0x38A169));
    CHECK(state_color(ExecutionState::Failed) == rgb(0xE53E3E));
    CHECK(state_color(ExecutionState::WaitingForDependencies) == rgb(0xD69E2E));
    CHECK(state_color(ExecutionState::Blocked) == rgb(0x805AD5));
    CHECK(state_color(ExecutionState::Canceled) == rgb(0x718096));
    CHECK(state_color(ExecutionState::Unknown) == state_color(ExecutionState::Queued));
}
