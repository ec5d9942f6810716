// The personality that an agent step took on.
#include "ui/inspector/section.h"

#include "ui/ids.h"
#include "ui/inspector/code_block.h"
#include "ui/text.h"
#include "ui/widgets/definition_grid.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    constexpr std::size_t kDescriptionLines = 12;

    std::string summary_of(Personality const& personality)
    {
        std::string summary = personality.name.substr(0, 200);
        if (!personality.slug.empty())
            summary += (summary.empty() ? "" : " · ") + personality.slug.substr(0, 200);
        return summary;
    }

} // namespace

float draw_personality_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    if (!step.personality)
        return place.y;
    Personality const& personality = *step.personality;
    Inspection const& seen = frame.state.derived.inspection;
    bool const open = is_open(frame, Section::Personality);
    bool const raw = frame.state.view.raw_json[static_cast<std::size_t>(Section::Personality)];
    std::string const summary = summary_of(personality);
    SectionHeader header{.section = Section::Personality, .title = "Personality", .summary = summary};
    if (open && !personality.configuration.empty())
        header.actions = {{.label = "Raw", .on = raw, .name = "Personality as text"}};
    if (section_header(frame, section_bar(frame, place), header))
        frame.act(ToggleRawJson{Section::Personality});
    if (!open)
        return end_closed(frame, place);

    Rect body = section_body(frame, place);
    float const top = body.y;
    if (!personality.description.empty()) {
        auto const lines
            = wrap(frame, pev::ui::body(frame.theme.muted), personality.description, body.w, kDescriptionLines);
        float const height
            = draw_lines(frame, pev::ui::body(frame.theme.muted), top_left(body), body.w, kBodyLine, lines);
        record_text(frame, make_id("personality-description"), {body.x, body.y, body.w, height},
            personality.description.substr(0, 1'000));
        body.y += height + 10;
    }
    if (raw) {
        body.y += draw_code_text(frame, make_id("personality-raw"), step.revision, personality.configuration,
            top_left(body), body.w, frame.theme.text);
        return end_open(frame, place, body.y);
    }
    std::vector<Definition> entries;
    if (seen.step_key == step.key) {
        for (LabeledValue const& entry : seen.personality)
            entries.push_back({.label = entry.label, .value = entry.value});
    }
    if (entries.empty() && body.y > top)
        body.y -= 10;
    body.y += draw_definitions(frame, make_id("personality-grid"), top_left(body), body.w, entries);
    return end_open(frame, place, body.y);
}

} // namespace pev::ui
