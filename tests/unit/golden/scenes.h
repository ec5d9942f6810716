// What the golden dumps and pictures show.
#pragma once

#include "tests/unit/ui/headless.h"

#include <span>
#include <string_view>

namespace pev::test {

struct Scene {
    std::string_view name; // of the file
    float width;
    float height;
    Options options;
    void (*tell)(Headless& screen); // what happens before the picture is taken
};

std::span<Scene const> scenes();
Scene const& scene(std::string_view name);

} // namespace pev::test
