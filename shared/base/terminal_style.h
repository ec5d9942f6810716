// SGR, "select graphic rendition": how terminals are asked for colours.
//
// Source: ECMA-48 and ITU-T T.416 (sub-parameters, by colons), "xterm control sequences".
#pragma once

#include "shared/base/escapes.h"
#include "shared/base/terminal_text.h"

namespace pev {

// Changes `style` where the function is an SGR, a reset of the terminal, or one that goes back to what was saved with the cursor,
// which is `saved`. Sequences with private markers are none of them.
void apply_style(ControlFunction const& function, TerminalStyle& style, TerminalStyle& saved);

} // namespace pev
