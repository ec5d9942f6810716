// Performs effects with what a browser has: fetch, EventSource, history, clipboard.
#pragma once

#include "shared/app/arrival.h"
#include "shared/app/platform.h"

#include <string>
#include <string_view>
#include <utility>

namespace pev::wasm {

class BrowserPlatform final : public Platform {
public:
    void perform(Effect const& effect) override;

    // The name of the picture that was asked for since the last call; empty: none. The viewer draws it, between two frames.
    std::string take_picture_wish() { return std::exchange(picture_wish_, {}); }

    // The type of the stream message that JavaScript names by its index.
    static std::string_view event_type(int index);

private:
    std::string picture_wish_;
};

} // namespace pev::wasm
