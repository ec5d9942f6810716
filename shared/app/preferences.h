// What of the view outlives the page: which sections of the inspector stand open, whether logs wrap, how wide the list is.
//
// Kept as words, "+logs -input +wrap list=480", wherever the platform keeps such things (the browser's localStorage, which may be full,
// forbidden, or written by somebody else). Unknown words are passed over, so that older and newer viewers share them.
#pragma once

#include "shared/app/app_state.h"

#include <string>
#include <string_view>

namespace pev {

std::string format_preferences(ViewState const& view);
void apply_preferences(std::string_view text, ViewState& view);

} // namespace pev
