#include "shared/app/preferences.h"

#include <algorithm>
#include <array>

namespace pev {

namespace {

    // By Section.
    constexpr std::array<std::string_view, kSections> kSectionWords{
        "status", "worker", "logs", "input", "output", "error", "personality", "collaboration", "memory", "attempts"};
    constexpr std::string_view kWrap = "wrap";

    // The switch that a word stands for; null where it is unknown.
    bool* switch_named(std::string_view word, ViewState& view)
    {
        for (std::size_t section = 0; section < kSections; ++section) {
            if (word == kSectionWords[section])
                return &view.open[section];
        }
        return word == kWrap ? &view.wrap_log : nullptr;
    }

} // namespace

std::string format_preferences(ViewState const& view)
{
    std::string text;
    auto const add = [&](std::string_view word, bool on) {
        text.append(text.empty() ? "" : " ").append(on ? "+" : "-").append(word);
    };
    for (std::size_t section = 0; section < kSections; ++section)
        add(kSectionWords[section], view.open[section]);
    add(kWrap, view.wrap_log);
    return text;
}

void apply_preferences(std::string_view text, ViewState& view)
{
    constexpr std::size_t kLongest = 1'000; // bytes: nobody of ours writes more
    text = text.substr(0, kLongest);
    while (!text.empty()) {
        std::size_t const end = std::min(text.find(' '), text.size());
        std::string_view const word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        bool const on = word.starts_with('+');
        if (!on && !word.starts_with('-'))
            continue;
        if (bool* const wanted = switch_named(word.substr(1), view))
            *wanted = on;
    }
}

} // namespace pev
