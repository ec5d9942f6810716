#include "wasm/host_port.h"

#include "wasm/js_imports.h"
#include "wasm/schedule.h"

#include <cmath>
#include <string>
#include <vector>

namespace pev::wasm {
namespace {

    constexpr double kMomentMs = 50;

    void tell(std::vector<std::string> const& messages)
    {
        for (auto const& message : messages)
            js_tell_host(message.data(), message.size());
    }

} // namespace

void HostPort::connected(AppState const& state)
{
    reporter_.emplace();
    tell({embed::ready_message(state)});
    tell(reporter_->report(state));
}

void HostPort::changed()
{
    if (!reporter_ || timer_set_)
        return;
    timer_set_ = true;
    js_set_timer(kHostTimer, kMomentMs);
}

void HostPort::due(AppState const& state)
{
    timer_set_ = false;
    if (reporter_)
        tell(reporter_->report(state));
}

void HostPort::wants_height(float height)
{
    if (reporter_)
        tell(reporter_->report_height(static_cast<int>(std::ceil(height))));
}

} // namespace pev::wasm
