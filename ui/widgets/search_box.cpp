#include "ui/widgets/search_box.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/widgets/text_field.h"

#include "imgui_internal.h"

#include <array>
#include <cstring>

namespace pev::ui {

namespace {

    constexpr float kPadding = 11;
    constexpr float kSlashRoom = 26;

    // The longest that fits.
    constexpr std::array<std::string_view, 3> kHints{"Search steps, logs, output…", "Search steps, logs…", "Search…"};

    std::string_view hint_for(Frame const& frame, Rect const& rect, float room_at_end)
    {
        float const room = rect.w - 2 * kPadding - room_at_end;
        for (std::string_view const hint : kHints) {
            if (measure(frame, body(0), hint, room) <= room)
                return hint;
        }
        return kHints.back();
    }

    // By the character, not the key: on many keyboards '/' is Shift and something else.
    bool slash_was_typed()
    {
        for (ImWchar const character : ImGui::GetIO().InputQueueCharacters) {
            if (character == '/')
                return true;
        }
        return false;
    }

    void take_from_state(Frame& frame)
    {
        std::string const& text = frame.state.view.filter.search;
        auto& buffer = frame.memory.search;
        std::size_t const size = std::min(text.size(), buffer.size() - 1);
        std::memcpy(buffer.data(), text.data(), size);
        buffer[size] = '\0';
    }

    bool draw_clear(Frame& frame, Rect const& rect)
    {
        ImGuiID const id = make_id("clear-search");
        Press const pressed = press(frame, id, rect);
        Color const ink = pressed.hovered ? frame.theme.text : frame.theme.subtle;
        draw_icon(frame, Icon::Cross, {rect.x + (rect.w - 12) / 2, middle_y(rect) - 6, 12, 12}, ink);
        if (pressed.focused)
            focus_ring(frame, inset(rect, 4, (rect.h - 18) / 2), kSmallRadius);
        explain(frame, id, rect, pressed.hovered, "Clear the search");
        record(frame,
            {.id = id,
                .role = Role::Button,
                .name = "Clear the search",
                .value = {},
                .states = {.focused = pressed.focused},
                .rect = rect});
        return pressed.clicked;
    }

    void draw_slash_key(Frame& frame, Rect const& rect)
    {
        Rect const key{right(rect) - kPadding - 16, rect.y + (rect.h - 19) / 2, 16, 19};
        fill(frame, key, frame.theme.panel, 4);
        border(frame, key, frame.theme.line, 4);
        draw_centered(frame, {.size = kTiny, .color = frame.theme.subtle}, key, "/");
    }

    // On to what was found.
    void go_to_list(Frame& frame)
    {
        ImGui::ClearActiveID();
        frame.memory.typing_seen = false;
        frame.memory.focus = make_id("timeline");
        frame.memory.focus_visible = true;
        frame.wake_at(frame.now);
    }

} // namespace

void search_box(Frame& frame, Rect const& rect)
{
    ImGuiID const id = make_id("search");
    TextBuffer& text = frame.memory.search;
    if (frame.memory.typing != id)
        take_from_state(frame);
    bool const by_slash = keys_are_ours(frame) && slash_was_typed();
    if (by_slash)
        ImGui::GetIO().InputQueueCharacters.resize(0); // or the field would begin with the slash that opened it

    bool const empty = text.front() == '\0';
    float const clear_width = empty ? 0 : frame.control_height(24);
    float const room_at_end = empty && !frame.narrow ? kSlashRoom : clear_width;
    TextField const field{.name = "Search steps, logs, output",
        .hint = hint_for(frame, rect, room_at_end),
        .padding = kPadding,
        .room_at_end = room_at_end};
    Typed const typed = text_field(frame, id, rect, text, field, by_slash);
    if (empty && !frame.narrow && !typed.active)
        draw_slash_key(frame, rect);
    if (!empty && draw_clear(frame, {right(rect) - clear_width - 4, rect.y, clear_width, rect.h}))
        frame.act(SetSearch{{}});
    else if (typed.changed)
        frame.act(SetSearch{text.data()});
    if (typed.entered)
        go_to_list(frame);
}

void draw_empty_search_box(Frame& frame, Rect const& rect)
{
    float const room_at_end = frame.narrow ? 0 : kSlashRoom;
    Rect const inner{rect.x + kPadding, rect.y, rect.w - 2 * kPadding - room_at_end, rect.h};
    fill(frame, rect, frame.theme.background, kControlRadius);
    draw_cut(frame, body(frame.theme.subtle), inner, hint_for(frame, rect, room_at_end));
    border(frame, rect, frame.theme.line, kControlRadius);
    if (!frame.narrow)
        draw_slash_key(frame, rect);
}

} // namespace pev::ui
