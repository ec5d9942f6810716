// Performs effects with what a browser has: fetch, EventSource, history, clipboard.
#pragma once

#include "shared/app/arrival.h"
#include "shared/app/platform.h"

#include <string_view>

namespace pev::wasm {

class BrowserPlatform final : public Platform {
public:
    void perform(Effect const& effect) override;

    // The type of the stream message that JavaScript names by its index.
    static std::string_view event_type(int index);
};

} // namespace pev::wasm
