#include "wasm/clock.h"

#include "wasm/js_imports.h"

namespace pev::wasm {

Instant now()
{
    return from_epoch_ms(js_now_ms());
}

std::chrono::minutes local_offset(Instant at)
{
    return std::chrono::minutes{js_utc_offset_minutes(epoch_ms(at))};
}

double epoch_ms(Instant at)
{
    return static_cast<double>(at.time_since_epoch().count()) / 1000.0;
}

} // namespace pev::wasm
