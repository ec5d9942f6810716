// Why a step failed: message, stack, and whatever else the server sent.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/code_block.h"
#include "ui/text.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    constexpr std::size_t kMessageLines = 40;

    // Returns the height.
    float draw_message(Frame& frame, std::string const& message, Rect const& body)
    {
        Theme const& theme = frame.theme;
        TextStyle const style = body_medium(theme.error_text);
        auto const lines = wrap(frame, style, message, body.w - 28, kMessageLines);
        Rect const box{body.x, body.y, body.w, static_cast<float>(lines.size()) * kBodyLine + 20};
        fill(frame, box, theme.error_ground, kRadius);
        border(frame, box, mixed(state_color(ExecutionState::Failed), theme.error_ground, 0.35f), kRadius);
        draw_lines(frame, style, {box.x + 14, box.y + 10}, body.w - 28, kBodyLine, lines);
        record_text(frame, make_id("error-message"), box, message.substr(0, 2'000), Role::Alert);
        return box.h;
    }

} // namespace

float draw_error_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    if (seen.step_key != step.key || !seen.error)
        return place.y;
    ErrorView const& error = *seen.error;
    bool const open = is_open(frame, Section::Error);
    std::string const summary
        = open ? std::string{} : one_line(error.message.empty() ? error.other : error.message, 200);
    auto const clicked = section_header(frame, section_bar(frame, place),
        {.section = Section::Error,
            .title = "Error",
            .summary = summary,
            .actions = {{.label = "Copy", .copies = true}}});
    if (clicked) {
        std::string const& words = error.stack.empty() ? error.message : error.stack;
        frame.act(CopyText{words.empty() ? error.other : words});
    }
    if (!open)
        return end_closed(frame, place);
    Rect body = section_body(frame, place);
    bool first = true;
    auto const advance = [&](float height) {
        body.y += height;
        first = false;
    };
    if (!error.message.empty())
        advance(draw_message(frame, error.message, body));
    if (!error.stack.empty()) {
        body.y += first ? 0 : 8;
        advance(draw_code_text(
            frame, make_id("stack"), step.revision, error.stack, top_left(body), body.w, frame.theme.muted));
    }
    if (!error.other.empty()) {
        body.y += first ? 0 : 8;
        advance(draw_code_text(
            frame, make_id("error-rest"), step.revision, error.other, top_left(body), body.w, frame.theme.muted));
    }
    return end_open(frame, place, body.y);
}

} // namespace pev::ui
