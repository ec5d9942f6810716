// What went into a step and what came out of it.
#include "ui/inspector/section.h"

#include "shared/view/json_outline.h"
#include "ui/ids.h"
#include "ui/inspector/json_view.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

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
        return {
            {.verb = SectionVerb::Find,
                .label = "Find",
                .on = json_find_is_open(frame, tree),
                .name = "Find in " + title},
            {.verb = SectionVerb::Tree, .label = "Tree", .on = !raw, .name = title + " as tree"},
            {.verb = SectionVerb::Raw, .label = "Raw", .on = raw, .name = title + " as text"},
            copy_action(),
        };
    }

    void carry_out(Frame& frame, JsonSection const& what, ImGuiID tree, SectionVerb verb)
    {
        if (verb == SectionVerb::Find)
            toggle_json_find(frame, tree);
        else if (verb == SectionVerb::Copy)
            frame.act(CopyText{valid_json(what.text)});
        else if (is_raw(frame, what.section) != (verb == SectionVerb::Raw))
            frame.act(ToggleRawJson{what.section});
    }

    float draw(Frame& frame, StepRun const& step, JsonSection const& what, SectionPlace const& place)
    {
        ImGuiID const id = make_id("json-section", static_cast<std::size_t>(what.section));
        ImGuiID const tree = make_id("tree", id);
        std::string const summary = summary_of(frame, step, what, id);
        // Null is a value, and said as such, but there is nothing in it to open.
        if (what.text.empty() || what.text == "null")
            return draw_empty_section(frame, place, what.section, what.title, summary);
        bool const open = is_open(frame, what.section);
        SectionHeader header{.section = what.section, .title = what.title, .summary = summary};
        if (open)
            header.actions = actions_of(frame, what, tree);
        else
            header.actions = {copy_action()};
        if (auto const clicked = section_header(frame, section_bar(frame, place), header))
            carry_out(frame, what, tree, clicked->verb);
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
