#include "ui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pev::ui {

namespace {

    // Nearly black: on the states' blue and red it reaches 4.5:1 where white stays below.
    constexpr Color kInk = rgb(0x0B0F14);
    constexpr Color kWhite = rgb(0xFFFFFF);

    unsigned channel(Color color, unsigned shift)
    {
        return (color >> shift) & 255U;
    }

    float luminance(Color color)
    {
        auto const linear = [&](unsigned shift) {
            float const c = static_cast<float>(channel(color, shift)) / 255.0f;
            return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
        };
        return 0.2126f * linear(IM_COL32_R_SHIFT) + 0.7152f * linear(IM_COL32_G_SHIFT)
            + 0.0722f * linear(IM_COL32_B_SHIFT);
    }

} // namespace

Color faded(Color color, float alpha)
{
    float const a = static_cast<float>(channel(color, IM_COL32_A_SHIFT)) * std::clamp(alpha, 0.0f, 1.0f);
    return (color & ~IM_COL32_A_MASK) | (static_cast<Color>(std::lround(a)) << IM_COL32_A_SHIFT);
}

Color mixed(Color top, Color ground, float alpha)
{
    Color result = IM_COL32_A_MASK;
    for (unsigned const shift : {0U + IM_COL32_R_SHIFT, 0U + IM_COL32_G_SHIFT, 0U + IM_COL32_B_SHIFT}) {
        float const value = static_cast<float>(channel(top, shift)) * alpha
            + static_cast<float>(channel(ground, shift)) * (1 - alpha);
        result |= static_cast<Color>(std::lround(value)) << shift;
    }
    return result;
}

float contrast(Color a, Color b)
{
    float const la = luminance(a);
    float const lb = luminance(b);
    return (std::max(la, lb) + 0.05f) / (std::min(la, lb) + 0.05f);
}

Color text_on(Color fill)
{
    return contrast(kWhite, fill) >= 4.5f || contrast(kWhite, fill) > contrast(kInk, fill) ? kWhite : kInk;
}

Theme const kLightTheme{
    .dark = false,
    .background = rgb(0xF7F8FA),
    .panel = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .hover = rgb(0xF3F5F8),
    .pressed = rgb(0xE9EDF2),
    .selected = rgb(0xEBF3FB),
    .code = rgb(0xF7F8FA),
    .mark = rgb(0xFFEFB5),
    .terminal = rgb(0x11161D),
    .error_ground = rgb(0xFDF0F0),
    .notice_ground = rgb(0xFDF6E7),
    .line = rgb(0xE4E7EC),
    .soft_line = rgb(0xEEF0F4),
    .text = rgb(0x1A202C),
    .muted = rgb(0x5A6577),
    .subtle = rgb(0x5F6A7C),
    .link = rgb(0x2B6CB0),
    .error_text = rgb(0x9B2C2C),
    .notice_text = rgb(0x744210),
    .personality = rgb(0x7A52D1),
    .faint = rgb(0x8A94A6),
    .accent = rgb(0x3182CE),
    .json_key = rgb(0x2B6CB0),
    .json_string = rgb(0x276749),
    .json_number = rgb(0x975A16),
    .json_word = rgb(0x6B46C1),
    .primary = rgb(0x2B6CB0),
    .on_primary = rgb(0xFFFFFF),
    .tooltip = rgb(0x1F2733),
    .on_tooltip = rgb(0xFFFFFF),
    .terminal_text = rgb(0xD6DEE8),
    .terminal_dim = rgb(0x7A899E),
    .terminal_debug = rgb(0x8B99AC),
    .terminal_info = rgb(0x63B3ED),
    .terminal_warn = rgb(0xECC94B),
    .terminal_error = rgb(0xFC8181),
    .shadow = IM_COL32(16, 24, 40, 38),
    .scrim = IM_COL32(16, 24, 40, 92),
};

Theme const kDarkTheme{
    .dark = true,
    .background = rgb(0x0E1116),
    .panel = rgb(0x151A21),
    .raised = rgb(0x1B212A),
    .hover = rgb(0x1B222C),
    .pressed = rgb(0x242D39),
    .selected = rgb(0x1A2A3D),
    .code = rgb(0x10151B),
    .mark = rgb(0x332A10),
    .terminal = rgb(0x0A0D11),
    .error_ground = rgb(0x2A1618),
    .notice_ground = rgb(0x2A2112),
    .line = rgb(0x262E39),
    .soft_line = rgb(0x1F2630),
    .text = rgb(0xE6EBF2),
    .muted = rgb(0x9AA7B8),
    .subtle = rgb(0x8694A7),
    .link = rgb(0x63B3ED),
    .error_text = rgb(0xFEB2B2),
    .notice_text = rgb(0xFBD38D),
    .personality = rgb(0xB794F4),
    .faint = rgb(0x6B7789),
    .accent = rgb(0x63B3ED),
    .json_key = rgb(0x90CDF4),
    .json_string = rgb(0x9AE6B4),
    .json_number = rgb(0xFBD38D),
    .json_word = rgb(0xB794F4),
    .primary = rgb(0x2B6CB0),
    .on_primary = rgb(0xFFFFFF),
    .tooltip = rgb(0x2D3744),
    .on_tooltip = rgb(0xE6EBF2),
    .terminal_text = rgb(0xC9D3DF),
    .terminal_dim = rgb(0x7A899E),
    .terminal_debug = rgb(0x8B99AC),
    .terminal_info = rgb(0x63B3ED),
    .terminal_warn = rgb(0xECC94B),
    .terminal_error = rgb(0xFC8181),
    .shadow = IM_COL32(0, 0, 0, 110),
    .scrim = IM_COL32(0, 0, 0, 140),
};

Color state_color(ExecutionState state)
{
    switch (state) {
    case ExecutionState::Running:
        return rgb(0x3182CE);
    case ExecutionState::Success:
        return rgb(0x38A169);
    case ExecutionState::Failed:
        return rgb(0xE53E3E);
    case ExecutionState::WaitingForDependencies:
        return rgb(0xD69E2E);
    case ExecutionState::Blocked:
        return rgb(0x805AD5);
    case ExecutionState::Canceled:
        return rgb(0x718096);
    case ExecutionState::Queued:
    case ExecutionState::Skipped:
    case ExecutionState::Unknown:
        break;
    }
    return rgb(0xA0AEC0);
}

Color mode_color(Mode mode)
{
    switch (mode) {
    case Mode::Live:
        return state_color(ExecutionState::Success);
    case Mode::Polling:
        return state_color(ExecutionState::WaitingForDependencies);
    case Mode::Error:
        return state_color(ExecutionState::Failed);
    case Mode::Loading:
    case Mode::Paused:
    case Mode::Final:
        break;
    }
    return state_color(ExecutionState::Canceled);
}

} // namespace pev::ui
