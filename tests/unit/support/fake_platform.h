// A platform that performs nothing: it remembers what was asked for.
#pragma once

#include "shared/app/platform.h"
#include "tests/unit/support/builders.h"

#include <utility>
#include <vector>

namespace pev::test {

class FakePlatform final : public Platform {
public:
    void perform(Effect const& effect) override { effects.push_back(effect); }

    // What was asked for since the last call.
    std::vector<Effect> take() { return std::exchange(effects, {}); }

    std::vector<Effect> effects;
};

} // namespace pev::test
