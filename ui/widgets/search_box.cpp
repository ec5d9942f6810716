#include "ui/widgets/search_box.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include "imgui_internal.h"

#include <array>
#include <cstring>

namespace pev::ui {

namespace {

    // The longest that fits.
    constexpr std::array<std::string_view, 3> kHints{"Search steps, logs, output…", "Search steps, logs…", "Search…"};

    std::string_view hint_for(Frame const& frame, float room)
    {
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

    // True when the text was changed by the user.
    bool edit(Frame& frame, Rect const& rect)
    {
        Theme const& theme = frame.theme;
        ImFont* const font = frame.environment.fonts.regular;
        ImGui::PushFont(font != nullptr ? font : ImGui::GetFont(), kBody);
        ImGui::PushStyleColor(ImGuiCol_Text, theme.text);
        ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
        ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, faded(theme.accent, 0.3f));
        ImGui::PushStyleColor(ImGuiCol_InputTextCursor, theme.text);
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, (rect.h - ImGui::GetFontSize()) / 2});
        ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
        ImGui::SetCursorScreenPos(top_left(rect));
        ImGui::SetNextItemWidth(rect.w);
        bool const changed = ImGui::InputText("##search", frame.memory.search.data(), frame.memory.search.size());
        ImGui::PopStyleVar(2);
        ImGui::PopStyleColor(4);
        ImGui::PopFont();
        return changed;
    }

} // namespace

void search_box(Frame& frame, Rect const& rect)
{
    Theme const& theme = frame.theme;
    UiMemory& memory = frame.memory;
    ImGuiID const id = make_id("search");
    memory.focus_order.push_back(id);
    if (!memory.search_active)
        take_from_state(frame);

    bool const by_slash = keys_are_ours(frame) && slash_was_typed();
    bool const by_tab = memory.focus == id && memory.focus_moved;
    if (by_slash)
        ImGui::GetIO().InputQueueCharacters.resize(0); // or the field would begin with the slash that opened it
    if (by_slash || by_tab)
        ImGui::SetKeyboardFocusHere();

    // Tab has moved the focus on: the field lets go.
    if (memory.search_active && memory.focus_moved && memory.focus != id)
        ImGui::ClearActiveID();

    bool const was_active = memory.search_active;
    bool const empty = memory.search.front() == '\0';
    float const key_width = empty && !frame.narrow ? 26.0f : 0.0f;
    float const clear_width = empty ? 0.0f : frame.control_height(24);
    Rect const inner{rect.x + 11, rect.y, rect.w - 22 - key_width - clear_width, rect.h};
    fill(frame, rect, theme.background, kControlRadius);
    if (empty)
        draw_cut(frame, body(theme.subtle), inner, hint_for(frame, inner.w));
    bool const escaped = was_active && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
    bool const changed = edit(frame, inner);
    memory.search_active = ImGui::IsItemActive();
    tell_typing(frame, memory.search_active, by_slash || by_tab);
    bool const hovered = ImGui::IsItemHovered();
    border(frame, rect, memory.search_active ? theme.accent : theme.line, kControlRadius,
        memory.search_active ? 1.5f : 1.0f);
    if (memory.search_active) {
        if (!was_active)
            memory.focus = id;
    } else if (key_width > 0) {
        Rect const key{right(rect) - 11 - 16, rect.y + (rect.h - 19) / 2, 16, 19};
        fill(frame, key, theme.panel, 4);
        border(frame, key, theme.line, 4);
        draw_centered(frame, {.size = kTiny, .color = theme.subtle}, key, "/");
    }
    if (hovered)
        frame.result.cursor = FrameResult::Cursor::Text;
    record(frame,
        {.id = id,
            .role = Role::SearchBox,
            .name = "Search steps, logs, output",
            .value = frame.state.view.filter.search,
            .states = {.focused = memory.search_active},
            .rect = rect});
    bool const cleared = !empty && draw_clear(frame, {right(rect) - clear_width - 4, rect.y, clear_width, rect.h});
    if (cleared)
        frame.act(SetSearch{{}});

    // Escape makes ImGui put the old text back; what has been searched for stays instead.
    if (changed && !escaped && !cleared)
        frame.act(SetSearch{memory.search.data()});
    if (was_active != memory.search_active)
        frame.wake_at(frame.now);
}

} // namespace pev::ui
