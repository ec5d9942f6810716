// What agents said to each other around a step.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "shared/view/json_outline.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/card.h"
#include "ui/inspector/code_block.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/definition_grid.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    Color type_color(std::string_view type)
    {
        if (type == "response")
            return state_color(ExecutionState::Success);
        if (type == "escalation")
            return state_color(ExecutionState::Failed);
        if (type == "delegation")
            return state_color(ExecutionState::Blocked);
        return state_color(type == "request" ? ExecutionState::Running : ExecutionState::Queued);
    }

    // "angle-biz → research", the type, the time.
    void draw_card_head(
        Frame& frame, StepRun const& step, CollaborationMessage const& message, ImGuiID id, Rect const& line)
    {
        Theme const& theme = frame.theme;
        float end = right(line);
        std::string time;
        if (message.at) {
            time = format_clock(*message.at, frame.utc_offset());
            Drawn const drawn = draw_right(frame, tabular(small(theme.subtle)), {end - 80, line.y, 80, line.h}, time);
            end -= drawn.width + 12;
        }
        float const pill = message.type.empty() ? 0 : pill_width(frame, message.type) + 10;
        float const arrow = measure(frame, small(0), " → ");
        float const room = (end - line.x - pill - arrow) / 2;
        auto const name_style = [&](std::string const& key) {
            TextStyle style = mono(key == step.key ? theme.text : theme.muted);
            return style;
        };
        float x = line.x;
        x += draw_cut(frame, name_style(message.from), {x, line.y, room, line.h}, message.from).width;
        draw_text(frame, small(theme.muted), {x, line.y}, line.h, " → ");
        x += arrow;
        x += draw_cut(frame, name_style(message.to), {x, line.y, room, line.h}, message.to).width + 10;
        if (!message.type.empty())
            draw_pill(frame, {x, line.y + (line.h - kPillHeight) / 2}, message.type, type_color(message.type));
        std::string words = one_line(message.from, 100) + " to " + one_line(message.to, 100);
        record_text(frame, id, line, std::move(words), Role::Heading,
            one_line(message.type, 60) + (time.empty() ? "" : ", " + time));
    }

    // A text is shown as text, everything else as JSON. Returns the height.
    float draw_payload(Frame& frame, StepRun const& step, CollaborationMessage const& message, JsonBlock const& block,
        ImVec2 at, float width)
    {
        constexpr std::size_t kMaxLines = 60;
        if (block.tree != nullptr && block.tree->root().is(JsonKind::String)) {
            std::string_view const text = block.tree->root().text();
            auto const lines = wrap(frame, body(frame.theme.text), text, width, kMaxLines);
            float const height = draw_lines(frame, body(frame.theme.text), at, width, kBodyLine, lines);
            record_text(frame, block.id, {at.x, at.y, width, height}, std::string{text.substr(0, 1'000)});
            return height;
        }
        return draw_json(frame, block, step.revision, message.payload, false, at, width);
    }

    std::string summary_of(CollaborationView const& view)
    {
        if (!view.other.empty())
            return summarize_json(view.other);
        std::size_t const count = view.messages.size();
        std::string summary = format_count(count) + (count == 1 ? " message" : " messages");
        if (!view.escalation_level.empty())
            summary += " · escalation: " + one_line(view.escalation_level, 40);
        return summary;
    }

    std::uint32_t node_count(SharedJson const& tree)
    {
        return tree == nullptr ? 0 : static_cast<std::uint32_t>(tree->nodes().size());
    }

} // namespace

float draw_collaboration_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const known = seen.step_key == step.key && seen.collaboration;
    if (!known) {
        section_header(frame, section_bar(frame, place),
            {.section = Section::Collaboration, .title = "Collaboration", .summary = "none", .expandable = false});
        return end_closed(frame, place);
    }
    CollaborationView const& view = *seen.collaboration;
    std::string const summary = summary_of(view);
    section_header(frame, section_bar(frame, place),
        {.section = Section::Collaboration, .title = "Collaboration", .summary = summary});
    if (!is_open(frame, Section::Collaboration))
        return end_closed(frame, place);

    Rect body = section_body(frame, place);
    ImGuiID const id = make_id("collaboration");
    if (!view.other.empty()) {
        body.y += draw_code_text(
            frame, make_id("other", id), step.revision, view.other, top_left(body), body.w, frame.theme.text);
        return end_open(frame, place, body.y);
    }
    static SharedJson const kNothing;
    std::uint32_t base = 0;
    for (std::size_t i = 0; i < view.messages.size(); ++i) {
        CollaborationMessage const& message = view.messages[i];
        SharedJson const& tree = i < seen.payloads.size() ? seen.payloads[i] : kNothing;
        ImGuiID const card_id = make_id("message", i, id);
        begin_card();
        draw_card_head(frame, step, message, card_id, card_head_line(body));
        float height = kCardHead;
        if (!message.payload.empty()) {
            JsonBlock const payload{.id = make_id("payload", card_id),
                .section = Section::Collaboration,
                .tree = tree,
                .base = base,
                .flat = true};
            ImVec2 const at{body.x + kCardPadding, body.y + kCardHead};
            height += draw_payload(frame, step, message, payload, at, body.w - 2 * kCardPadding) + 9;
        }
        end_card(frame, {body.x, body.y, body.w, height});
        body.y += height + kCardGap;
        base += node_count(tree);
    }
    if (!view.shared_state.empty()) {
        body.y += 4;
        Rect const label{body.x, body.y, body.w, kBodyLine};
        draw_text(frame, small(frame.theme.muted), top_left(label), label.h, "Shared state");
        record_text(frame, make_id("shared-state", id), label, "Shared state", Role::Heading);
        body.y += kBodyLine + 4;
        JsonBlock const block{.id = make_id("shared-state-tree", id),
            .section = Section::Collaboration,
            .tree = seen.shared_state,
            .base = base};
        body.y += draw_json(frame, block, step.revision, view.shared_state, false, top_left(body), body.w) + kCardGap;
    }
    return end_open(frame, place, body.y - kCardGap);
}

} // namespace pev::ui
