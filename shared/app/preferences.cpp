#include "shared/app/preferences.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace pev {

namespace {

    // By Section.
    constexpr std::array<std::string_view, kSections> kSectionWords{
        "status", "worker", "logs", "input", "output", "error", "personality", "collaboration", "memory"};
    constexpr std::string_view kWrap = "wrap";
    constexpr std::string_view kListWidth = "list=";

    // The switch that a word stands for; null where it is unknown.
    bool* switch_named(std::string_view word, ViewState& view)
    {
        for (std::size_t section = 0; section < kSections; ++section) {
            if (word == kSectionWords[section])
                return &view.open[section];
        }
        return word == kWrap ? &view.wrap_log : nullptr;
    }

    // 0, the usual width, where it is none.
    int width_of(std::string_view digits)
    {
        int width = 0;
        auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), width);
        bool const all = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
        return all ? std::clamp(width, 0, kMostListWidth) : 0;
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
    if (view.list_width > 0)
        text.append(" ").append(kListWidth).append(std::to_string(view.list_width));
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
        if (word.starts_with(kListWidth))
            view.list_width = width_of(word.substr(kListWidth.size()));
        bool const on = word.starts_with('+');
        if (!on && !word.starts_with('-'))
            continue;
        if (bool* const wanted = switch_named(word.substr(1), view))
            *wanted = on;
    }
}

} // namespace pev
