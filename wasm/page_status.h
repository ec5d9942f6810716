// What the page says about the run outside of the canvas: title, icon, a line for screen readers, light or dark.
#pragma once

#include "shared/app/app_state.h"

#include <optional>
#include <string>

namespace pev::wasm {

class PageStatus {
public:
    // Cheap where nothing changed: it is called for every message.
    void show(AppState const& state);
    void show_dark(bool dark);

private:
    // What the texts were made from.
    struct Shown {
        std::string name;
        std::string state;
        std::string problem;
        Mode mode = Mode::Loading;
        bool operator==(Shown const&) const = default;
    };
    std::optional<Shown> shown_;
    std::optional<bool> dark_;
};

} // namespace pev::wasm
