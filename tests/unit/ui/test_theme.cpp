#include "ui/theme.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string_view>
#include <vector>

using namespace pev;
using namespace pev::ui;

namespace {

struct Token {
    std::string_view name;
    Color Theme::* color;
};

// Each colour of the theme stands in exactly one of these lists: a new one that doesn't fails the first test.
constexpr std::array kGrounds{
    Token{"background", &Theme::background},
    Token{"panel", &Theme::panel},
    Token{"raised", &Theme::raised},
    Token{"hover", &Theme::hover},
    Token{"pressed", &Theme::pressed},
    Token{"selected", &Theme::selected},
    Token{"code", &Theme::code},
};
constexpr std::array kTexts{
    Token{"text", &Theme::text},
    Token{"muted", &Theme::muted},
    Token{"subtle", &Theme::subtle},
    Token{"link", &Theme::link},
    Token{"error_text", &Theme::error_text},
    Token{"personality", &Theme::personality},
    Token{"json_key", &Theme::json_key},
    Token{"json_string", &Theme::json_string},
    Token{"json_number", &Theme::json_number},
    Token{"json_word", &Theme::json_word},
};
constexpr std::array kTerminalTexts{
    Token{"terminal_text", &Theme::terminal_text},
    Token{"terminal_dim", &Theme::terminal_dim},
    Token{"terminal_debug", &Theme::terminal_debug},
    Token{"terminal_info", &Theme::terminal_info},
    Token{"terminal_warn", &Theme::terminal_warn},
    Token{"terminal_error", &Theme::terminal_error},
};
// A text that has a ground of its own.
struct Pair {
    Token text;
    Token ground;
};
constexpr std::array kPairs{
    Pair{{"notice_text", &Theme::notice_text}, {"notice_ground", &Theme::notice_ground}},
    Pair{{"on_primary", &Theme::on_primary}, {"primary", &Theme::primary}},
    Pair{{"on_tooltip", &Theme::on_tooltip}, {"tooltip", &Theme::tooltip}},
};
// Ground for texts of the lists above.
constexpr std::array kOtherGrounds{
    Token{"error_ground", &Theme::error_ground},
    Token{"mark", &Theme::mark},
    Token{"terminal", &Theme::terminal},
};
// Nothing is written in these, or on them.
constexpr std::array kLinesAndMarks{
    Token{"line", &Theme::line},
    Token{"soft_line", &Theme::soft_line},
    Token{"faint", &Theme::faint},
    Token{"accent", &Theme::accent},
    Token{"shadow", &Theme::shadow},
    Token{"scrim", &Theme::scrim},
};

constexpr float kReadable = 4.5f; // WCAG 2.2, 1.4.3
constexpr float kVisible = 3.0f; // 1.4.11, what is no text

void check(Theme const& theme, Token const& text, Token const& ground, float least = kReadable)
{
    INFO((theme.dark ? "dark: " : "light: ") << text.name << " on " << ground.name);
    CHECK(contrast(theme.*text.color, theme.*ground.color) >= least);
}

} // namespace

TEST_CASE("every colour of the theme is tested", "[ui][theme]")
{
    std::size_t const tested = kGrounds.size() + kTexts.size() + kTerminalTexts.size() + 2 * kPairs.size()
        + kOtherGrounds.size() + kLinesAndMarks.size();
    CHECK(sizeof(Theme) == (tested + 1) * sizeof(Color)); // and one for `dark`
}

TEST_CASE("text reaches a contrast of 4.5 on every ground that it stands on", "[ui][theme]")
{
    for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
        for (Token const& ground : kGrounds) {
            for (Token const& text : kTexts)
                check(*theme, text, ground);
        }
        for (Pair const& pair : kPairs)
            check(*theme, pair.text, pair.ground);
        for (Token const& text : {kTexts[0], kTexts[1], kTexts[2]})
            check(*theme, text, {"mark", &Theme::mark});
        for (Color Theme::* const text : {&Theme::error_text, &Theme::link})
            check(*theme, {"text", text}, {"error_ground", &Theme::error_ground});
        check(*theme, {"link", &Theme::link}, {"notice_ground", &Theme::notice_ground});
        Color const error_row = mixed(theme->terminal_error, theme->terminal, 0.08f);
        for (Token const& text : kTerminalTexts) {
            check(*theme, text, {"terminal", &Theme::terminal});
            INFO(text.name << " in a row with an error");
            CHECK(contrast(theme->*text.color, error_row) >= kReadable);
        }
    }
}

TEST_CASE("the focus ring is seen on every ground", "[ui][theme]")
{
    for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
        for (Token const& ground : kGrounds)
            check(*theme, {"accent", &Theme::accent}, ground, kVisible);
    }
}

TEST_CASE("badges and pills of every state can be read", "[ui][theme]")
{
    for (std::size_t i = 0; i < kExecutionStates; ++i) {
        Color const color = state_color(static_cast<ExecutionState>(i));
        CHECK(contrast(text_on(color), color) >= kReadable);
        for (Theme const* const theme : {&kLightTheme, &kDarkTheme}) {
            for (Color const ground : {theme->panel, theme->selected, theme->hover, theme->pressed})
                CHECK(contrast(theme->text, mixed(color, ground, 0.16f)) >= kReadable);
        }
    }
    for (Mode const mode : {Mode::Live, Mode::Polling, Mode::Paused, Mode::Error, Mode::Loading})
        CHECK(contrast(text_on(mode_color(mode)), mode_color(mode)) >= kReadable);
}

TEST_CASE("states have the colours of the papers", "[ui][theme]")
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
