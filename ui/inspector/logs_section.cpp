// The log of a step, and what can be done with it.
#include "ui/inspector/section.h"

#include "shared/view/format.h"
#include "ui/inspector/log_view.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    std::string whole_text(LogBuffer const& log)
    {
        std::string text;
        text.reserve(log.text_bytes() + log.size());
        for (std::size_t i = 0; i < log.size(); ++i) {
            text += log[i].text;
            text += '\n';
        }
        return text;
    }

} // namespace

float draw_logs_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    if (step.logs.empty()) {
        bool const may_come = step.state.kind == ExecutionState::Running;
        section_header(frame, section_bar(frame, place),
            {.section = Section::Logs,
                .title = "Logs",
                .summary = may_come ? "no lines yet" : "none",
                .expandable = false});
        return end_closed(frame, place);
    }
    bool const open = is_open(frame, Section::Logs);
    ViewState const& view = frame.state.view;
    std::size_t const count = step.logs.size();
    std::string const summary = format_count(count) + (count == 1 ? " line" : " lines");
    // What has ended gets no new lines to follow.
    bool const grows = !is_terminal(step.state.kind) && !frame.state.run->over();
    SectionAction const wrap{.label = "Wrap", .on = view.wrap_log};
    SectionAction const follow{
        .label = view.follow_log ? "Following" : "Follow", .on = view.follow_log, .icon = Icon::Follow};
    SectionAction const copy{.label = "Copy", .copies = true};
    SectionHeader header{.section = Section::Logs, .title = "Logs", .summary = summary};
    if (open)
        header.actions = grows ? std::vector{wrap, follow, copy} : std::vector{wrap, copy};
    auto const clicked = section_header(frame, section_bar(frame, place), header);
    if (clicked) {
        SectionAction const& action = header.actions[*clicked];
        if (action.copies)
            frame.act(CopyText{whole_text(step.logs)});
        else if (action.icon)
            frame.act(FollowLog{!view.follow_log});
        else
            frame.act(ToggleLogWrap{});
    }
    if (!open)
        return end_closed(frame, place);
    Rect body = section_body(frame, place);
    body.h = log_view_height(frame, step, body.w, place.view_height);
    draw_log_view(frame, step, body);
    return end_open(frame, place, bottom(body));
}

} // namespace pev::ui
