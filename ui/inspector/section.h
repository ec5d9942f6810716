// What the inspector's sections have in common.
#pragma once

#include "shared/app/action.h"
#include "shared/run/model.h"
#include "ui/frame.h"

#include <string_view>

namespace pev::ui {

// Where a section begins. Each section is a function that draws itself from there down and returns where it ends.
struct SectionPlace {
    float x = 0;
    float y = 0;
    float width = 0;
    float view_height = 0; // of the inspector
};

// The part under the header that a section's content has for itself; its height is open.
Rect section_body(Frame const& frame, SectionPlace const& place);
Rect section_bar(Frame const& frame, SectionPlace const& place);
// Ends a closed section (`y` under its header) or an open one (`y` under its content). Returns where the next one starts.
float end_closed(Frame const& frame, SectionPlace const& place);
float end_open(Frame const& frame, SectionPlace const& place, float y);

// A section with nothing in it to open: one quiet line. Returns where the next one starts.
float draw_empty_section(
    Frame& frame, SectionPlace const& place, Section section, std::string_view title, std::string_view summary);

// In the order in which they are shown. A section without content leaves no trace, or a quiet "none".
float draw_status_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_error_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_worker_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_logs_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_input_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_output_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_personality_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_collaboration_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_attempts_section(Frame& frame, StepRun const& step, SectionPlace const& place);
float draw_memory_section(Frame& frame, StepRun const& step, SectionPlace const& place);

} // namespace pev::ui
