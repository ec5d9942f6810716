// The browser's clock, as the instants that the deciding layer wants.
#pragma once

#include "shared/base/time.h"

namespace pev::wasm {

// Never runs backwards, and is near to the wall clock.
Instant now();

// Minutes east of UTC where the reader is: for ui::Environment.
std::chrono::minutes local_offset(Instant at);

double epoch_ms(Instant at);

} // namespace pev::wasm
