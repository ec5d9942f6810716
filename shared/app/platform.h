// What the application needs from the world. Implemented by wasm/, native/ and the tests.
#pragma once

#include "shared/app/effect.h"

namespace pev {

class Platform {
public:
    virtual ~Platform() = default;
    // Starts the effect and returns at once. Answers reach Session::arrive() later, never from within this call.
    virtual void perform(Effect const& effect) = 0;
};

} // namespace pev
