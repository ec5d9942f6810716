// What went into a step and what came out of it.
#include "ui/inspector/section.h"

#include "shared/view/json_outline.h"
#include "ui/ids.h"
#include "ui/inspector/json_view.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    constexpr std::string_view kFind = "Find";
    constexpr std::string_view kTree = "Tree";
    constexpr std::string_view kRaw = "Raw";
    constexpr std::string_view kCopy = "Copy";

    struct JsonSection {
        Section section;
        std::string_view title;
        JsonText const& text;
    };

    // What is large is told about in no time: finding out whether it is still the same would take longer.
    std::string summary_of(Frame& frame, StepRun const& step, JsonSection const& what, ImGuiID id)
    {
        constexpr std::size_t kLarge = 1u << 20;
        if (what.text.size() > kLarge)
            return summarize_json(what.text);
        return std::string{frame.memory.summaries.of(make_id(step.key, id), step.revision, what.text,
            [](JsonText const& text) { return summarize_json(text); })};
    }

    bool is_raw(Frame const& frame, Section section)
    {
        return frame.state.view.raw_json[static_cast<std::size_t>(section)];
    }

    std::vector<SectionAction> actions_of(Frame& frame, JsonSection const& what, ImGuiID tree)
    {
        bool const raw = is_raw(frame, what.section);
        std::string const title{what.title};
        return {{.label = kFind, .on = json_find_is_open(frame, tree), .name = "Find in " + title},
            {.label = kTree, .on = !raw, .name = title + " as tree"},
            {.label = kRaw, .on = raw, .name = title + " as text"}, {.label = kCopy, .copies = true}};
    }

    void carry_out(Frame& frame, JsonSection const& what, ImGuiID tree, std::string_view label)
    {
        if (label == kFind)
            toggle_json_find(frame, tree);
        else if (label == kCopy)
            frame.act(CopyText{what.text});
        else if (is_raw(frame, what.section) != (label == kRaw))
            frame.act(ToggleRawJson{what.section});
    }

    float draw(Frame& frame, StepRun const& step, JsonSection const& what, SectionPlace const& place)
    {
        ImGuiID const id = make_id("json-section", static_cast<std::size_t>(what.section));
        ImGuiID const tree = make_id("tree", id);
        std::string const summary = summary_of(frame, step, what, id);
        // Null is a value, and said as such, but there is nothing in it to open.
        if (what.text.empty() || what.text == "null") {
            section_header(frame, section_bar(frame, place),
                {.section = what.section, .title = what.title, .summary = summary, .expandable = false});
            return end_closed(frame, place);
        }
        bool const open = is_open(frame, what.section);
        SectionHeader header{.section = what.section, .title = what.title, .summary = summary};
        if (open)
            header.actions = actions_of(frame, what, tree);
        else
            header.actions = {{.label = kCopy, .copies = true}};
        if (auto const clicked = section_header(frame, section_bar(frame, place), header))
            carry_out(frame, what, tree, header.actions[clicked->action].label);
        if (!open)
            return end_closed(frame, place);
        Rect body = section_body(frame, place);
        JsonPlace const json{.id = tree, .text = what.text, .revision = step.revision};
        body.y += draw_json_find(frame, json, top_left(body), body.w);
        body.y += is_raw(frame, what.section) ? draw_json_text(frame, json, top_left(body), body.w)
                                              : draw_json_tree(frame, json, top_left(body), body.w);
        return end_open(frame, place, body.y);
    }

} // namespace

float draw_input_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    return draw(frame, step, {Section::Input, "Input", step.input}, place);
}

float draw_output_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    return draw(frame, step, {Section::Output, "Output", step.output}, place);
}

} // namespace pev::ui
