// What a log's colours look like here.
//
// Source: the 256 colours of xterm, the first sixteen in shades that can be read on the log's ground.
#pragma once

#include "shared/base/terminal_text.h"
#include "ui/theme.h"

#include <optional>

namespace pev::ui {

struct LogColors {
    Color ink = 0;
    std::optional<Color> ground; // nothing where the log's own shows
};

// `ink` and `ground`: of text without colours of its own. What is written can be told from what it stands on, by a contrast of
// kLeastContrast, except where the log has chosen both.
inline constexpr float kLeastContrast = 3;
// The nearest shade of `ink`, towards black or white, that can be read.
Color readable(Color ink, Color ground);
LogColors log_colors(TerminalStyle const& style, Color ink, Color ground);

} // namespace pev::ui
