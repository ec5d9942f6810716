// What a step remembered: episodic traces.
#include "ui/inspector/section.h"

#include "shared/view/format.h"
#include "shared/view/json_outline.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/inspector/card.h"
#include "ui/inspector/code_block.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/section_header.h"

namespace pev::ui {

namespace {

    std::string summary_of(MemoryView const& view)
    {
        if (!view.other.empty())
            return summarize_json(view.other);
        std::size_t const count = view.traces.size();
        return format_count(count) + (count == 1 ? " trace" : " traces");
    }

    void draw_trace_head(Frame& frame, MemoryTrace const& trace, ImGuiID id, Rect const& line)
    {
        std::string words
            = trace.created_at ? format_clock(*trace.created_at, frame.utc_offset()) : std::string{"time unknown"};
        TextStyle const style = tabular(small(frame.theme.muted));
        draw_text(frame, style, top_left(line), line.h, words);
        if (trace.created_at)
            explain(frame, make_id("explain", id), line, hovers(line),
                format_date_time(*trace.created_at, frame.utc_offset()));
        if (trace.embedding_size > 0) {
            std::string const note = "embedding of " + format_count(trace.embedding_size) + " numbers";
            draw_right(frame, small(frame.theme.subtle), line, note);
            words += ", " + note;
        }
        record_text(frame, id, line, std::move(words), Role::Heading);
    }

} // namespace

float draw_memory_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const known = seen.step_key == step.key && (!seen.memory.traces.empty() || !seen.memory.other.empty());
    if (!known) {
        section_header(frame, section_bar(frame, place),
            {.section = Section::Memory, .title = "Episodic memory", .summary = "none", .expandable = false});
        return end_closed(frame, place);
    }
    MemoryView const& view = seen.memory;
    std::string const summary = summary_of(view);
    section_header(
        frame, section_bar(frame, place), {.section = Section::Memory, .title = "Episodic memory", .summary = summary});
    if (!is_open(frame, Section::Memory))
        return end_closed(frame, place);

    Rect body = section_body(frame, place);
    ImGuiID const id = make_id("memory");
    if (!view.other.empty()) {
        body.y += draw_code_text(
            frame, make_id("other", id), step.revision, view.other, top_left(body), body.w, frame.theme.text);
        return end_open(frame, place, body.y);
    }
    static SharedJson const kNothing;
    std::uint32_t base = 0;
    for (std::size_t i = 0; i < view.traces.size(); ++i) {
        MemoryTrace const& trace = view.traces[i];
        SharedJson const& tree = i < seen.memory_contents.size() ? seen.memory_contents[i] : kNothing;
        ImGuiID const trace_id = make_id("trace", i, id);
        begin_card();
        draw_trace_head(frame, trace, trace_id, card_head_line(body));
        JsonBlock const block{
            .id = make_id("content", trace_id), .section = Section::Memory, .tree = tree, .base = base, .flat = true};
        ImVec2 const at{body.x + kCardPadding, body.y + kCardHead};
        float const content
            = draw_json(frame, block, step.revision, trace.content, false, at, body.w - 2 * kCardPadding);
        float const height = kCardHead + content + 9;
        end_card(frame, {body.x, body.y, body.w, height});
        body.y += height + kCardGap;
        base += tree == nullptr ? 0 : static_cast<std::uint32_t>(tree->nodes().size());
    }
    return end_open(frame, place, body.y - kCardGap);
}

} // namespace pev::ui
