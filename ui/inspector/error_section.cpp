// Why a step failed: message, stack, and whatever else the server sent.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/code_text.h"
#include "ui/inspector/error_message.h"
#include "ui/inspector/free_json.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/selectable_text.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr float kGap = 8;

    // Returns the height.
    float draw_stack(Frame& frame, StepRun const& step, ErrorView const& error, Rect const& body)
    {
        std::string const& stack = error.stack;
        UiMemory& memory = frame.memory;
        auto const lines = static_cast<std::size_t>(std::count(stack.begin(), stack.end(), '\n')) + 1;
        std::string const label = "Stack · " + format_count(lines) + (lines == 1 ? " line" : " lines");
        float const height = frame.control_height(22);
        bool const clicked = text_button(frame, make_id("stack-toggle"), body.x, body.y, height, label,
            {.icon = memory.stack_open ? Icon::ChevronDown : Icon::ChevronRight, .expanded = memory.stack_open});
        if (clicked) {
            memory.stack_open = !memory.stack_open;
            frame.wake_at(frame.now);
        }
        if (!memory.stack_open)
            return height;
        CodeText const code{.id = make_id("stack"),
            .revision = step.revision,
            .text = stack,
            .ink = frame.theme.muted,
            .links = error.stack_links};
        return height + 4 + draw_code_text(frame, code, {body.x, body.y + height + 4}, body.w);
    }

} // namespace

float draw_error_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const earlier = step.has_earlier_error();
    // What has succeeded has no error; that of an attempt before stands with that one.
    if (seen.step != step.ref || !seen.error || (earlier && step.state.kind == ExecutionState::Success))
        return place.y;
    ErrorView const& error = *seen.error;
    bool const open = is_open(frame, Section::Error);
    std::string const summary
        = open ? std::string{} : one_line(error.message.empty() ? error.other : error.message, 200);
    auto const clicked = section_header(frame, section_bar(frame, place),
        {.section = Section::Error,
            .title = earlier ? "Error of the attempt before" : "Error",
            .summary = summary,
            .actions = {copy_action()}});
    if (clicked)
        frame.act(CopyText{error_in_words(error)});
    if (!open)
        return end_closed(frame, place);
    Rect body = section_body(frame, place);
    if (!error.message.empty())
        body.y += draw_error_message(frame,
                      {.id = make_id("error-message"),
                          .text = error.message,
                          .links = error.message_links,
                          .earlier = earlier},
                      top_left(body), body.w)
            + kGap;
    if (!error.stack.empty())
        body.y += draw_stack(frame, step, error, body) + kGap;
    if (!error.other.empty())
        body.y += draw_free_json(frame, {.id = make_id("error-rest"), .revision = step.revision, .json = error.other},
                      top_left(body), body.w)
            + kGap;
    return end_open(frame, place, body.y - kGap);
}

} // namespace pev::ui
