#include "ui/inspector/json_view.h"

#include "ui/ids.h"
#include "ui/inspector/find_bar.h"
#include "ui/inspector/json_memory.h"

#include <utility>

namespace pev::ui {

namespace {

    void go_to(Frame& frame, JsonPlace const& json, JsonMemory& memory, std::size_t number)
    {
        memory.match = number;
        memory.reveal = static_cast<std::uint32_t>(memory.search.place(json.text, number));
        frame.wake_at(frame.now);
    }

    void step_by(Frame& frame, JsonPlace const& json, JsonMemory& memory, FindStep step)
    {
        std::size_t const count = memory.search.size();
        if (count == 0)
            return;
        if (!memory.match)
            go_to(frame, json, memory, step == FindStep::Next ? 0 : count - 1);
        else if (step == FindStep::Next)
            go_to(frame, json, memory, (*memory.match + 1) % count);
        else
            go_to(frame, json, memory, (*memory.match + count - 1) % count);
    }

} // namespace

bool json_find_is_open(Frame& frame, ImGuiID id)
{
    return frame.memory.json(id).find_open;
}

void toggle_json_find(Frame& frame, ImGuiID id)
{
    JsonMemory& memory = frame.memory.json(id);
    memory.find_open = memory.find_begins = !memory.find_open;
    memory.match.reset();
    frame.wake_at(frame.now);
}

float draw_json_find(Frame& frame, JsonPlace const& json, ImVec2 at, float width)
{
    JsonMemory& memory = frame.memory.json(json.id);
    bool const complete = memory.search.update(
        json.text, json.revision, memory.find_open ? std::string_view{memory.needle.data()} : std::string_view{});
    if (!complete)
        frame.wake_at(frame.now);
    if (memory.match && *memory.match >= memory.search.size())
        memory.match.reset();
    if (!memory.find_open)
        return 0;
    FindBar const bar{.id = make_id("find", json.id),
        .name = "Find in JSON",
        .text = memory.needle,
        .matches = memory.search.size(),
        .current = memory.match,
        .complete = complete,
        .begins = std::exchange(memory.find_begins, false)};
    float const height = find_bar_height(frame);
    switch (FindStep const asked = draw_find_bar(frame, bar, {at.x, at.y, width, height})) {
    case FindStep::None:
        // The first match is gone to while the text is typed.
        if (!memory.match && memory.search.size() > 0)
            go_to(frame, json, memory, 0);
        break;
    case FindStep::Changed:
        memory.match.reset();
        frame.wake_at(frame.now);
        break;
    case FindStep::Next:
    case FindStep::Previous:
        step_by(frame, json, memory, asked);
        break;
    case FindStep::Close:
        toggle_json_find(frame, json.id);
        frame.memory.focus = json.id; // Tab goes on from here
        break;
    }
    return height;
}

} // namespace pev::ui
