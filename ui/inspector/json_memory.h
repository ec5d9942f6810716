// What a JSON value on screen remembers from frame to frame.
#pragma once

#include "shared/view/json_outline.h"
#include "shared/view/text_search.h"
#include "ui/widgets/text_field.h"

#include "imgui.h"

#include <optional>
#include <unordered_map>

namespace pev::ui {

struct JsonMemory {
    JsonOutline outline;
    std::size_t active_row = 0; // where the keys are
    std::size_t menu_row = 0; // where the context menu was opened
    std::optional<std::uint32_t> reveal; // a byte on its way into sight

    bool find_open = false;
    bool find_begins = false; // typing, with the next frame
    TextBuffer needle{};
    TextSearch search;
    std::optional<std::size_t> match; // the current one
};

struct JsonMemories {
    std::unordered_map<ImGuiID, JsonMemory> by_place;
};

} // namespace pev::ui
