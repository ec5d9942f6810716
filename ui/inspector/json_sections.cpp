// What went into a step and what came out of it.
#include "ui/inspector/section.h"

#include "shared/view/json_outline.h"
#include "ui/ids.h"
#include "ui/inspector/code_block.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    struct JsonSection {
        Section section;
        std::string_view title;
        JsonText const& text;
        SharedJson const& tree;
    };

    float draw(Frame& frame, StepRun const& step, JsonSection const& what, SectionPlace const& place)
    {
        ImGuiID const id = make_id("json-section", static_cast<std::size_t>(what.section));
        std::string_view const summary
            = frame.memory.summaries.of(make_id(step.key, id), step.revision, what.text,
                [](JsonText const& text) { return summarize_json(text); });
        // Null is a value, and said as such, but there is nothing in it to open.
        if (what.text.empty() || what.text == "null") {
            section_header(frame, section_bar(frame, place),
                {.section = what.section, .title = what.title, .summary = summary, .expandable = false});
            return end_closed(frame, place);
        }
        bool const open = is_open(frame, what.section);
        bool const raw = frame.state.view.raw_json[static_cast<std::size_t>(what.section)];
        SectionHeader header{.section = what.section, .title = what.title, .summary = summary};
        std::string const title{what.title};
        if (open)
            header.actions = {{.label = "Tree", .on = !raw, .name = title + " as tree"},
                {.label = "Raw", .on = raw, .name = title + " as text"}};
        header.actions.push_back({.label = "Copy", .copies = true});
        auto const clicked = section_header(frame, section_bar(frame, place), header);
        if (clicked && header.actions[clicked->action].copies)
            frame.act(CopyText{what.text});
        else if (clicked && raw != (clicked->action == 1))
            frame.act(ToggleRawJson{what.section});
        if (!open)
            return end_closed(frame, place);
        Rect const body = section_body(frame, place);
        JsonBlock const block{.id = make_id("tree", id), .section = what.section, .tree = what.tree};
        float const height = draw_json(frame, block, step.revision, what.text, raw, top_left(body), body.w);
        return end_open(frame, place, body.y + height);
    }

    SharedJson const kNothing;

} // namespace

float draw_input_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    return draw(
        frame, step, {Section::Input, "Input", step.input, seen.step_key == step.key ? seen.input : kNothing}, place);
}

float draw_output_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    return draw(frame, step,
        {Section::Output, "Output", step.output, seen.step_key == step.key ? seen.output : kNothing}, place);
}

} // namespace pev::ui
