// One-line summaries of JSON texts, remembered: a megabyte of output is not parsed again for every frame or log line.
#pragma once

#include "shared/json/json_tree.h"

#include "imgui.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace pev::ui {

class Summaries {
public:
    using Summarize = std::string (*)(JsonText const&);

    // `id` stands for the place that shows the text, `revision` for the step's state: while neither changes, nothing is
    // looked at. The answer is valid until the next call.
    std::string_view of(ImGuiID id, std::uint64_t revision, JsonText const& text, Summarize summarize);

private:
    struct Entry {
        std::uint64_t revision = 0;
        std::size_t size = 0;
        ImGuiID hash = 0;
        bool in_full = false; // made with all the code that it takes (shared/base/rest.h)
        std::string summary;
    };
    std::unordered_map<ImGuiID, Entry> entries_;
};

} // namespace pev::ui
