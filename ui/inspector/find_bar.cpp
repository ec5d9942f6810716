#include "ui/inspector/find_bar.h"

#include "shared/view/format.h"
#include "ui/ids.h"
#include "ui/text.h"
#include "ui/widgets/button.h"

#include <algorithm>
#include <string>

namespace pev::ui {

namespace {

    constexpr float kFieldHeight = 27;
    constexpr float kGap = 6;
    constexpr float kMostField = 320;

    std::string count_words(FindBar const& bar)
    {
        if (bar.text.front() == '\0')
            return {};
        if (bar.matches == 0)
            return bar.complete ? "no matches" : "searching…";
        std::string const words = format_count(bar.matches) + (bar.complete ? "" : "…");
        if (bar.current)
            return format_count(*bar.current + 1) + " of " + words;
        return words + (bar.matches == 1 ? " match" : " matches");
    }

} // namespace

float find_bar_height(Frame const& frame)
{
    return frame.control_height(kFieldHeight) + 8;
}

FindStep draw_find_bar(Frame& frame, FindBar const& bar, Rect const& rect)
{
    FindStep step = FindStep::None;
    float const height = frame.control_height(kFieldHeight);
    float const side = std::max(height, 28.0f);
    std::string const words = count_words(bar);
    float const words_width = std::max(84.0f, measure(frame, tabular(small(0)), words) + 4);
    float const buttons = 3 * side + 2 * kGap;
    float const field = std::clamp(rect.w - words_width - buttons - 3 * kGap, 80.0f, kMostField);

    bool const reverse = ImGui::GetIO().KeyShift;
    Typed const typed = text_field(frame, make_id("find-field", bar.id), {rect.x, rect.y, field, height}, bar.text,
        {.name = bar.name, .hint = "Find…"}, bar.begins);
    if (typed.changed)
        step = FindStep::Changed;
    if (typed.entered)
        step = reverse ? FindStep::Previous : FindStep::Next;
    if (typed.left)
        step = FindStep::Close;
    if (typed.active)
        frame.result.takes_reading_keys = true;

    float x = rect.x + field + kGap + 4;
    Rect const count{x, rect.y, words_width, height};
    draw_cut(frame, tabular(small(frame.theme.muted)), count, words);
    if (!words.empty())
        record_text(frame, make_id("find-count", bar.id), count, words, Role::Status);
    x += words_width + kGap;
    if (button(frame, make_id("find-previous", bar.id), {x, rect.y, side, height}, {}, {.icon = Icon::Up},
            "Previous match"))
        step = FindStep::Previous;
    x += side + kGap;
    if (button(frame, make_id("find-next", bar.id), {x, rect.y, side, height}, {}, {.icon = Icon::Down}, "Next match"))
        step = FindStep::Next;
    x += side + kGap;
    if (button(
            frame, make_id("find-close", bar.id), {x, rect.y, side, height}, {}, {.icon = Icon::Cross}, "Close find"))
        step = FindStep::Close;
    return step;
}

} // namespace pev::ui
