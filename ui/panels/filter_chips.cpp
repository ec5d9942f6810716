#include "ui/panels/filter_chips.h"

#include "shared/base/unicode.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/flow.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/layer.h"
#include "ui/widgets/step_marks.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr float kChipGap = 8;
    constexpr float kRowGap = 7;
    constexpr float kPanelWidth = 340;
    constexpr float kPanelPadding = 14;
    constexpr float kCaption = 22;
    constexpr std::size_t kMostTypes = 16; // a run of nonsense may have thousands

    template <typename Name>
    bool holds(std::vector<Name> const& chosen, Name const& name)
    {
        return std::find(chosen.begin(), chosen.end(), name) != chosen.end();
    }

    std::string with_count(std::string_view word, int count)
    {
        return std::string{word} + " " + format_count(static_cast<std::size_t>(std::max(0, count)));
    }

    std::string_view type_label(TypeName const& type)
    {
        return shows_nothing(type.word) ? std::string_view{"no type"} : std::string_view{type.word};
    }

    void toggle(Frame& frame, FilterChip const& chip)
    {
        if (auto const* const state = std::get_if<StateName>(&chip.choice))
            frame.act(ToggleStateFilter{*state});
        else if (auto const* const type = std::get_if<TypeName>(&chip.choice))
            frame.act(ToggleTypeFilter{*type});
    }

    float width_of(Frame const& frame, FilterChip const& at)
    {
        return chip_width(frame, at.words, at.dot.has_value());
    }

    struct Group {
        std::string_view caption;
        std::vector<FilterChip> chips;
    };

    // Draws the panel's content, or only measures it. Returns the height.
    float flow_panel(Frame& frame, std::vector<Group> const& groups, Rect const& panel, bool draw)
    {
        Theme const& theme = frame.theme;
        float const x = panel.x + kPanelPadding;
        float const end = right(panel) - kPanelPadding;
        float y = panel.y + kPanelPadding;
        for (Group const& group : groups) {
            if (group.chips.empty())
                continue;
            TextStyle const caption{
                .size = kTiny, .weight = Weight::Semibold, .color = theme.subtle, .spacing = 0.6f, .capitals = true};
            if (draw) {
                draw_text(frame, caption, {x, y}, 14, group.caption);
                record_text(frame, make_id(group.caption, make_id("filter-caption")), {x, y, end - x, 14},
                    std::string{group.caption}, Role::Heading);
            }
            y += kCaption;
            y += flow_filter_chips(frame, group.chips, x, y, end, draw) + 14;
        }
        float const clear_height = frame.control_height(kBodyLine);
        if (frame.state.view.filter.active()) {
            if (draw
                && text_button(frame, make_id("clear-in-panel"), x, y, clear_height, "Clear filters", {.strong = true}))
                frame.act(ClearFilters{});
            y += clear_height + 10;
        }
        return y - 14 + kPanelPadding - panel.y;
    }

} // namespace

std::vector<FilterChip> collect_filter_chips(Frame const& frame)
{
    Derived const& derived = frame.state.derived;
    Filter const& filter = frame.state.view.filter;
    std::vector<FilterChip> chips;
    for (StateCount const& count : derived.states)
        chips.push_back(
            {make_id("state-chip", count.state.word), with_count(step_label(frame, count.state), count.steps),
                step_color(frame, count.state.kind), holds(filter.states, count.state), count.state});
    std::size_t types = 0;
    for (TypeCount const& count : derived.types) {
        bool const on = holds(filter.types, count.type);
        if (on || types++ < kMostTypes)
            chips.push_back({make_id("type-chip", count.type.word), with_count(type_label(count.type), count.steps),
                std::nullopt, on, count.type});
    }
    return chips;
}

float filter_chips_width(Frame const& frame, std::vector<FilterChip> const& chips)
{
    float width = 0;
    for (FilterChip const& at : chips)
        width += width_of(frame, at) + kChipGap;
    return std::max(0.0f, width - kChipGap);
}

float flow_filter_chips(Frame& frame, std::vector<FilterChip> const& chips, float left, float top, float end, bool draw)
{
    float const height = frame.control_height(kChipHeight);
    Flow flow{{left, top, end - left, 0}, {.gap = kChipGap, .line = height, .row_gap = kRowGap}};
    for (FilterChip const& at : chips) {
        float const width = std::min(width_of(frame, at), end - left);
        ImVec2 const place = flow.place(width);
        if (draw && chip(frame, at.id, {place.x, place.y, width, height}, at.words, at.dot, at.on))
            toggle(frame, at);
    }
    return flow.height();
}

void draw_filter_panel(Frame& frame)
{
    UiMemory& memory = frame.memory;
    if (!memory.filters_open)
        return;
    std::vector<Group> groups{{"State", {}}, {"Type", {}}};
    for (FilterChip& at : collect_filter_chips(frame)) {
        auto& group = groups[at.is_type() ? 1 : 0];
        at.id = make_id("in-panel", at.id);
        group.chips.push_back(std::move(at));
    }
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    Rect const& anchor = memory.filters_anchor;
    Rect panel{0, bottom(anchor) + 6, std::min(kPanelWidth, screen.x - 28), 0};
    panel.x = frame.snap(std::clamp(anchor.x, 14.0f, screen.x - panel.w - 14));
    panel.h = flow_panel(frame, groups, panel, false);

    begin_layer("##filters", panel);
    shadow(frame, panel, kRadius, kRaised);
    fill(frame, panel, frame.theme.raised, kRadius);
    border(frame, panel, frame.theme.line, kRadius);
    record_open(frame,
        {.id = make_id("filter-panel"),
            .role = Role::Region,
            .name = "Filters",
            .value = {},
            .states = {},
            .rect = panel});
    flow_panel(frame, groups, panel, true);
    frame.semantics.close();
    end_layer();

    ImVec2 const mouse = ImGui::GetMousePos();
    bool const elsewhere
        = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !contains(panel, mouse) && !contains(anchor, mouse);
    if (elsewhere || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        memory.filters_open = false;
        frame.wake_at(frame.now);
    }
}

} // namespace pev::ui
