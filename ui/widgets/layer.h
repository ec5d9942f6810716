// A window of its own over the rest of the screen: what is drawn in it is hit before what lies below.
#pragma once

#include "ui/frame.h"

namespace pev::ui {

// No larger than what can be hit; what is drawn may reach out of it, like shadows.
void begin_layer(char const* name, Rect const& rect);
void end_layer();

} // namespace pev::ui
