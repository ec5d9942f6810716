// The attempts of a step before the one that is shown: a line for each, which opens its error and its log.
#include "ui/inspector/section.h"

#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/code_text.h"
#include "ui/inspector/error_message.h"
#include "ui/text.h"
#include "ui/times.h"
#include "ui/widgets/button.h"
#include "ui/widgets/section_header.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr float kGap = 8;
    constexpr float kIndent = 16;

    // Whether the attempt is looked at; its line is a toggle. Returns the height of the line.
    float draw_line(
        Frame& frame, PastAttempt const& attempt, PastAttemptView const& view, ImVec2 at, float width, bool& open)
    {
        std::vector<int>& opened = frame.memory.attempts_open;
        auto const found = std::ranges::find(opened, attempt.number);
        open = found != opened.end();
        ImGuiID const id = make_id("attempt", static_cast<std::size_t>(attempt.number));
        float const height = frame.control_height(24);
        TextButtonLook const look{.icon = open ? Icon::ChevronDown : Icon::ChevronRight, .expanded = open};
        bool const clicked = text_button(frame, id, at.x, at.y, height, view.words, look);
        if (clicked) {
            if (open)
                opened.erase(found);
            else
                opened.push_back(attempt.number);
            frame.wake_at(frame.now);
        }
        std::string const span
            = attempt.started_at ? time_span_words(frame, *attempt.started_at, attempt.completed_at) : "";
        TextStyle const quiet = tabular(small(frame.theme.subtle));
        float const span_width = measure(frame, quiet, span);
        if (text_button_width(frame, view.words, look) + kIndent + span_width <= width)
            draw_text(frame, quiet, {at.x + width - span_width, at.y}, height, span);
        return height;
    }

    // Returns the height.
    float draw_attempt(Frame& frame, StepRun const& step, PastAttempt const& attempt, PastAttemptView const& view,
        ImVec2 at, float width)
    {
        ImGuiID const id = make_id("attempt", static_cast<std::size_t>(attempt.number));
        float y = at.y;
        if (view.error)
            y += draw_error_message(frame,
                     {.id = make_id("message", id),
                         .text = view.error->message.empty() ? view.error->other : view.error->message,
                         .links = view.error->message_links},
                     {at.x, y}, width)
                + kGap;
        if (view.error && !view.error->stack.empty())
            y += draw_code_text(frame,
                     {.id = make_id("stack", id),
                         .revision = step.revision,
                         .text = view.error->stack,
                         .ink = frame.theme.muted,
                         .links = view.error->stack_links},
                     {at.x, y}, width)
                + kGap;
        if (view.lines_left_out > 0) {
            std::string const words = format_count(view.lines_left_out) + " earlier lines are not shown";
            Rect const line{at.x, y, width, kSmallLine};
            draw_cut(frame, small(frame.theme.subtle), line, words);
            record_text(frame, make_id("left-out", id), line, words);
            y += kSmallLine + 2;
        }
        if (!view.log.empty())
            y += draw_code_text(frame,
                     {.id = make_id("log", id), .revision = step.revision, .text = view.log, .ink = frame.theme.text},
                     {at.x, y}, width)
                + kGap;
        if (y == at.y) {
            Rect const line{at.x, y, width, kSmallLine};
            draw_text(frame, small(frame.theme.subtle), top_left(line), line.h, "Neither error nor log is known");
            record_text(frame, make_id("nothing", id), line, "Neither error nor log is known");
            y += kSmallLine + kGap;
        }
        return y - at.y;
    }

} // namespace

float draw_attempts_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const known = seen.step == step.ref && seen.attempts.size() == step.past.size();
    if (!known || step.past.empty())
        return place.y;
    bool const open = is_open(frame, Section::Attempts);
    std::string const summary = open ? std::string{} : seen.attempts.front().words;
    SectionHeader header{.section = Section::Attempts,
        .title = step.past.size() == 1 ? "Attempt before" : "Attempts before",
        .summary = summary};
    if (open)
        header.actions = {copy_action()};
    if (section_header(frame, section_bar(frame, place), header)) {
        std::string words;
        for (PastAttemptView const& attempt : seen.attempts)
            words += (words.empty() ? "" : "\n") + attempt_in_words(attempt);
        frame.act(CopyText{std::move(words)});
    }
    if (!open)
        return end_closed(frame, place);
    Rect body = section_body(frame, place);
    for (std::size_t i = 0; i < seen.attempts.size(); ++i) {
        PastAttempt const& attempt = step.past[step.past.size() - 1 - i];
        bool opened = false;
        body.y += draw_line(frame, attempt, seen.attempts[i], top_left(body), body.w, opened);
        if (opened)
            body.y += 2
                + draw_attempt(
                    frame, step, attempt, seen.attempts[i], {body.x + kIndent, body.y + 2}, body.w - kIndent);
    }
    return end_open(frame, place, body.y);
}

} // namespace pev::ui
