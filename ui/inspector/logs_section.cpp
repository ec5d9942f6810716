// The log of a step, and what can be done with it.
#include "ui/inspector/section.h"

#include "shared/view/format.h"
#include "ui/ids.h"
#include "ui/inspector/log_find.h"
#include "ui/inspector/log_memory.h"
#include "ui/inspector/log_view.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/section_header.h"

#include <array>

namespace pev::ui {

namespace {

    struct LevelName {
        LogLevel level;
        std::string_view name;
    };
    constexpr std::array kLevelNames{LevelName{LogLevel::Error, "Error"}, LevelName{LogLevel::Warn, "Warning"},
        LevelName{LogLevel::Info, "Info"}, LevelName{LogLevel::Debug, "Debug"}, LevelName{LogLevel::None, "No level"}};

    bool knows_levels(StepRun const& step)
    {
        return step.logs.count(LogLevel::None) < step.logs.size();
    }

    std::vector<SectionAction> actions_of(Frame const& frame, StepRun const& step)
    {
        ViewState const& view = frame.state.view;
        std::vector<SectionAction> actions{
            {.verb = SectionVerb::Find, .label = "Find", .on = frame.memory.log().find_open, .name = "Find in logs"}};
        if (knows_levels(step))
            actions.push_back(
                {.verb = SectionVerb::Levels, .label = "Levels", .opens_menu = true, .name = "Log levels"});
        actions.push_back({.verb = SectionVerb::Wrap, .label = "Wrap", .on = view.wrap_log});
        // What has ended gets no new lines to follow.
        if (!is_terminal(step.state.kind) && !frame.state.run->over())
            actions.push_back({.verb = SectionVerb::Follow,
                .label = view.follow_log ? "Following" : "Follow",
                .on = view.follow_log,
                .icon = Icon::Follow});
        actions.push_back(copy_action());
        actions.push_back({.verb = SectionVerb::Save, .label = "Save", .name = "Save logs as a file"});
        return actions;
    }

    // "All levels", then a level a line, with how many lines each has.
    std::vector<MenuItem> level_items(Frame const& frame, StepRun const& step)
    {
        LogLevelSet const shown = frame.state.view.log_levels;
        std::vector<MenuItem> items{{.label = "All levels", .hint = {}, .checked = shown == kAllLogLevels}};
        for (LevelName const& at : kLevelNames)
            items.push_back({.label = std::string{at.name},
                .hint = format_count(step.logs.count(at.level)),
                .checked = (shown & bit_of(at.level)) != 0});
        return items;
    }

    void choose_levels(Frame& frame, StepRun const& step)
    {
        ImGuiID const id = make_id("log-levels");
        if (menu_is_open(frame, id))
            frame.memory.menu.items = level_items(frame, step);
        auto const choice = menu_choice(frame, id);
        if (!choice)
            return;
        if (*choice == 0)
            frame.act(ShowAllLogLevels{});
        else
            frame.act(ToggleLogLevel{kLevelNames[*choice - 1].level});
    }

    std::string summary_of(Frame const& frame, StepRun const& step)
    {
        std::size_t const count = step.logs.end();
        std::string const all = format_count(count) + (count == 1 ? " line" : " lines");
        bool const some = levels_to_show(step.logs, frame.state.view.log_levels) != kAllLogLevels;
        bool const tells = some && is_open(frame, Section::Logs);
        std::size_t const shown = tells ? frame.memory.log().lines.size() : step.logs.size();
        return tells || shown < count ? format_count(shown) + " of " + all : all;
    }

    void carry_out(Frame& frame, StepRun const& step, SectionClick const& clicked)
    {
        LogMemory const& log = frame.memory.log();
        switch (clicked.verb) {
        case SectionVerb::Find:
            if (log.find_open)
                close_log_find(frame);
            else
                open_log_find(frame);
            break;
        case SectionVerb::Levels:
            open_menu(frame, make_id("log-levels"), clicked.place, level_items(frame, step), true);
            break;
        case SectionVerb::Wrap:
            frame.act(ToggleLogWrap{});
            break;
        case SectionVerb::Copy:
            frame.act(CopyText{copy_log(step.logs, log.lines)});
            break;
        case SectionVerb::Save:
            frame.act(SaveLog{});
            break;
        case SectionVerb::Follow:
            frame.act(FollowLog{!frame.state.view.follow_log});
            break;
        default: // not among the actions of a log
            break;
        }
    }

} // namespace

float draw_logs_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    if (step.logs.end() == 0) {
        bool const may_come = step.state.kind == ExecutionState::Running && !frame.state.run->over();
        return draw_empty_section(frame, place, Section::Logs, "Logs", may_come ? "no lines yet" : "none");
    }
    bool const open = is_open(frame, Section::Logs);
    Rect body = section_body(frame, place);
    if (open)
        prepare_log(frame, step, body.w);
    std::string const summary = summary_of(frame, step);
    SectionHeader header{.section = Section::Logs, .title = "Logs", .summary = summary};
    if (open)
        header.actions = actions_of(frame, step);
    auto const clicked = section_header(frame, section_bar(frame, place), header);
    if (!open)
        return end_closed(frame, place);
    if (clicked)
        carry_out(frame, step, *clicked);
    choose_levels(frame, step);

    float const find = log_find_height(frame);
    draw_log_find(frame, step, {body.x, body.y, body.w, find});
    body.y += find;
    body.h = log_view_height(frame, step, place.view_height);
    draw_log_view(frame, step, body);
    return end_open(frame, place, bottom(body));
}

} // namespace pev::ui
