// SGR, "select graphic rendition": how terminals are asked for colours.
//
// Source: ECMA-48 and ITU-T T.416 (sub-parameters, by colons), "xterm control sequences".
#pragma once

#include "shared/base/escapes.h"
#include "shared/base/terminal_text.h"

namespace pev {

// Changes `style` where the function is an SGR or a reset of the terminal. Sequences with private markers are neither.
void apply_style(ControlFunction const& function, TerminalStyle& style);

} // namespace pev
