// What agents said to each other around a step.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "shared/view/json_outline.h"
#include "ui/draw.h"
#include "ui/inspector/card.h"
#include "ui/inspector/free_json.h"
#include "ui/inspector/times.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/selectable_text.h"

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

    Color level_color(std::string_view level)
    {
        if (level == "human")
            return state_color(ExecutionState::Failed);
        if (level == "supervisor")
            return state_color(ExecutionState::WaitingForDependencies);
        return state_color(level == "agent" ? ExecutionState::Running : ExecutionState::Queued);
    }

    // "angle-biz → research", the type, the time.
    void draw_head(Frame& frame, StepRun const& step, CollaborationMessage const& message, ImGuiID id, Rect const& line)
    {
        Theme const& theme = frame.theme;
        float end = right(line);
        std::string time;
        if (message.at) {
            time = format_clock(*message.at, frame.utc_offset());
            end -= draw_time(frame, make_id("time", id), *message.at, line) + 12;
        }
        float const pill = message.type.empty() ? 0 : pill_width(frame, message.type) + 10;
        float const arrow = measure(frame, small(0), " → ");
        float const room = (end - line.x - pill - arrow) / 2;
        float x = line.x;
        auto const name = [&](std::string_view kind, std::string const& key) {
            TextStyle const style = mono(key == step.key ? theme.text : theme.muted);
            x += selectable_line(frame, make_id(kind, id), style, {x, line.y, room, line.h}, key).width;
        };
        name("from", message.from);
        draw_text(frame, small(theme.muted), {x, line.y}, line.h, " → ");
        x += arrow;
        name("to", message.to);
        if (!message.type.empty())
            selectable_pill(frame, make_id("type", id), {x + 10, line.y + (line.h - kPillHeight) / 2}, message.type,
                type_color(message.type));
        record_text(frame, id, line, one_line(message.from, 100) + " to " + one_line(message.to, 100), Role::Heading,
            one_line(message.type, 60) + (time.empty() ? "" : ", " + time));
    }

    // What the step says stands to the right, what it is told to the left, as in a chat.
    Rect side_of(Frame const& frame, StepRun const& step, CollaborationMessage const& message, Rect rect)
    {
        float const shift = frame.narrow ? 14.0f : 40.0f;
        bool const says = message.from == step.key;
        if (says == (message.to == step.key))
            return rect;
        rect.w -= shift;
        rect.x += says ? shift : 0;
        return rect;
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

    float draw_escalation(Frame& frame, std::string const& level, Rect const& body)
    {
        std::string_view const label = "Escalation level";
        Rect const line{body.x, body.y, body.w, kPillHeight};
        draw_text(frame, small(frame.theme.muted), top_left(line), line.h, label);
        float const x = line.x + measure(frame, small(0), label) + 10;
        std::string const word = one_line(level, 40);
        selectable_pill(frame, make_id("escalation"), {x, line.y}, word, level_color(level));
        record_text(frame, make_id("escalation-term"), line, std::string{label}, Role::Term);
        record_text(frame, make_id("escalation"), {x, line.y, pill_width(frame, word), line.h}, word, Role::Definition);
        return line.h + 8;
    }

} // namespace

float draw_collaboration_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const known = seen.step_key == step.key && seen.collaboration;
    if (!known)
        return draw_empty_section(frame, place, Section::Collaboration, "Collaboration", "none");
    CollaborationView const& view = *seen.collaboration;
    std::string const summary = summary_of(view);
    bool const open = is_open(frame, Section::Collaboration);
    SectionHeader header{.section = Section::Collaboration, .title = "Collaboration", .summary = summary};
    if (open)
        header.actions = {copy_action()};
    if (section_header(frame, section_bar(frame, place), header))
        frame.act(CopyText{valid_json(step.collaboration_context)});
    if (!open)
        return end_closed(frame, place);

    Rect body = section_body(frame, place);
    ImGuiID const id = make_id("collaboration");
    if (!view.other.empty()) {
        body.y += draw_free_json(
            frame, {.id = make_id("other", id), .revision = step.revision, .json = view.other}, top_left(body), body.w);
        return end_open(frame, place, body.y);
    }
    if (!view.escalation_level.empty())
        body.y += draw_escalation(frame, view.escalation_level, body);
    CardList const list{.id = id, .revision = step.revision, .count = view.messages.size(), .body = body};
    body.y = draw_cards(frame, list, [&](Card& card) {
        CollaborationMessage const& message = view.messages[card.index];
        card.rect = side_of(frame, step, message, card.rect);
        draw_head(frame, step, message, card.id, card.head());
        return draw_card_json(frame, card, step.revision, message.payload, message.text);
    });
    if (!view.shared_state.empty()) {
        body.y += 10;
        Rect const label{body.x, body.y, body.w, kBodyLine};
        draw_text(frame, small(frame.theme.muted), top_left(label), label.h, "Shared state");
        record_text(frame, make_id("shared-state", id), label, "Shared state", Role::Heading);
        body.y += kBodyLine + 4;
        body.y += draw_free_json(frame,
            {.id = make_id("shared-state-tree", id), .revision = step.revision, .json = view.shared_state},
            top_left(body), body.w);
    }
    return end_open(frame, place, body.y);
}

} // namespace pev::ui
