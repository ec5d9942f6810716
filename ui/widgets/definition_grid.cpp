#include "ui/widgets/definition_grid.h"

#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/selectable_text.h"

namespace pev::ui {

namespace {

    constexpr float kGapY = 6;
    constexpr float kTwoPairsFrom = 560;
    constexpr float kWidestPair = 480; // the eye finds from a pair to the next one on any screen
    constexpr std::size_t kMaxLines = 6;

    // Returns the height.
    float draw_pair(Frame& frame, ImGuiID id, ImVec2 at, float width, Definition const& definition)
    {
        Theme const& theme = frame.theme;
        Rect const label{at.x, at.y, kDefinitionLabel, kBodyLine};
        draw_cut(frame, body(theme.muted), label, definition.label);
        record_text(frame, make_id("term", id), label, definition.label, Role::Term);

        float const x = at.x + kDefinitionLabel + kDefinitionGap;
        float const room = width - kDefinitionLabel - kDefinitionGap;
        TextStyle const style = definition.mono ? mono(theme.text) : body_medium(theme.text);
        float const height = selectable_lines(
            frame, make_id("text", id), style, {x, at.y}, room, kBodyLine, definition.value, kMaxLines);
        if (!definition.aside.empty() && height <= kBodyLine) {
            float const used = measure(frame, style, definition.value, room) + 4;
            draw_cut(frame, tabular(body(theme.subtle)), {x + used, at.y, room - used, kBodyLine}, definition.aside);
        }
        Rect const value{x, at.y, room, height};
        if (!definition.tooltip.empty())
            explain(frame, make_id("explain", id), value, hovers(value), definition.tooltip);
        std::string words = definition.value;
        if (!definition.aside.empty())
            words += " " + definition.aside;
        record_text(frame, make_id("value", id), value, std::move(words), Role::Definition);
        return height;
    }

} // namespace

float draw_definitions(Frame& frame, ImGuiID id, ImVec2 at, float width, std::vector<Definition> const& definitions)
{
    bool const two = width >= kTwoPairsFrom;
    float const column = two ? std::min((width - kDefinitionGap) / 2, kWidestPair) : width;
    float y = at.y;
    for (std::size_t i = 0; i < definitions.size(); i += two ? 2 : 1) {
        float height = draw_pair(frame, make_id("pair", i, id), {at.x, y}, column, definitions[i]);
        if (two && i + 1 < definitions.size())
            height = std::max(height,
                draw_pair(frame, make_id("pair", i + 1, id), {at.x + column + kDefinitionGap, y}, column,
                    definitions[i + 1]));
        y += height + kGapY;
    }
    return definitions.empty() ? 0 : y - kGapY - at.y;
}

} // namespace pev::ui
