// What a step remembered: episodic traces.
#include "ui/inspector/section.h"

#include "shared/base/text.h"
#include "shared/view/format.h"
#include "shared/view/json_outline.h"
#include "ui/draw.h"
#include "ui/inspector/card.h"
#include "ui/inspector/free_json.h"
#include "ui/inspector/times.h"
#include "ui/text.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/selectable_text.h"

namespace pev::ui {

namespace {

    std::string summary_of(MemoryView const& view)
    {
        if (!view.other.empty())
            return summarize_json(view.other);
        std::size_t const count = view.traces.size();
        return format_count(count) + (count == 1 ? " trace" : " traces");
    }

    // The trace's id, what its embedding is like, the time.
    void draw_head(Frame& frame, MemoryTrace const& trace, ImGuiID id, Rect const& line)
    {
        Theme const& theme = frame.theme;
        std::string words = "time unknown";
        float end = right(line);
        if (trace.created_at) {
            words = format_clock(*trace.created_at, frame.utc_offset());
            end -= draw_time(frame, make_id("time", id), *trace.created_at, line) + 12;
        }
        std::string note;
        if (trace.embedding_size > 0) {
            note = "embedding of " + format_count(trace.embedding_size) + " numbers";
            end -= draw_right(frame, small(theme.subtle), {line.x, line.y, end - line.x, line.h}, note).width + 12;
        }
        selectable_line(
            frame, make_id("trace-id", id), mono(theme.muted), {line.x, line.y, end - line.x, line.h}, trace.id);
        record_text(frame, id, line, words + (note.empty() ? "" : ", " + note), Role::Heading, one_line(trace.id, 80));
    }

} // namespace

float draw_memory_section(Frame& frame, StepRun const& step, SectionPlace const& place)
{
    Inspection const& seen = frame.state.derived.inspection;
    bool const known = seen.step == step.ref && (!seen.memory.traces.empty() || !seen.memory.other.empty());
    if (!known)
        return draw_empty_section(frame, place, Section::Memory, "Episodic memory", "none");
    MemoryView const& view = seen.memory;
    std::string const summary = summary_of(view);
    section_header(
        frame, section_bar(frame, place), {.section = Section::Memory, .title = "Episodic memory", .summary = summary});
    if (!is_open(frame, Section::Memory))
        return end_closed(frame, place);

    Rect body = section_body(frame, place);
    ImGuiID const id = make_id("memory");
    if (!view.other.empty()) {
        body.y += draw_free_json(
            frame, {.id = make_id("other", id), .revision = step.revision, .json = view.other}, top_left(body), body.w);
        return end_open(frame, place, body.y);
    }
    CardList const list{.id = id, .revision = step.revision, .count = view.traces.size(), .body = body};
    body.y = draw_cards(frame, list, [&](Card const& card) {
        MemoryTrace const& trace = view.traces[card.index];
        draw_head(frame, trace, card.id, card.head());
        return draw_card_json(frame, card, step.revision, trace.content, trace.text);
    });
    return end_open(frame, place, body.y);
}

} // namespace pev::ui
