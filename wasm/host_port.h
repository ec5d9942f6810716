// The viewer's end of the channel to the page around it: hears commands, tells what has changed.
//
// The channel itself, and who may have it, is the page's business (shell/host_link.js).
#pragma once

#include "shared/base/rest.h"
#include "shared/embed/reporter.h"

#include <optional>

namespace pev::wasm {

class HostPort {
public:
    // A host that may talk to the viewer has said hello. It is told how everything stands.
    void connected(AppState const& state);
    // The state may have changed: it is looked at in a moment, so that a burst of events becomes one report.
    void changed();
    // The moment has come (kHostTimer).
    void due(AppState const& state);
    // The height that the last frame would have liked to have, CSS pixels.
    PEV_REST void wants_height(float height);

private:
    std::optional<embed::Reporter> reporter_; // nothing without a host
    bool timer_set_ = false;
};

} // namespace pev::wasm
