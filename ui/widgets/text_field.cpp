#include "ui/widgets/text_field.h"

#include "ui/draw.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include "imgui_internal.h"

#include <utility>

namespace pev::ui {

namespace {

    // Escape is for the field's owner: Dear ImGui would put the old text back.
    bool take_escape(ImGuiID owner)
    {
        bool const pressed = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
        ImGui::SetKeyOwner(ImGuiKey_Escape, owner, ImGuiInputFlags_LockThisFrame);
        return pressed;
    }

    // Enter goes to the next match, and typing goes on where it was.
    bool edit(TextBuffer& buffer, bool entered)
    {
        ImGuiIO& io = ImGui::GetIO();
        bool const kept = std::exchange(io.ConfigInputTextEnterKeepActive, true);
        bool const changed = ImGui::InputText("##text", buffer.data(), buffer.size());
        io.ConfigInputTextEnterKeepActive = kept;
        if (ImGuiInputTextState* const state = entered ? ImGui::GetInputTextState(ImGui::GetItemID()) : nullptr)
            state->ClearSelection();
        return changed;
    }

} // namespace

Typed text_field(Frame& frame, ImGuiID id, Rect const& rect, TextBuffer& buffer, TextField const& field, bool begin)
{
    Theme const& theme = frame.theme;
    UiMemory& memory = frame.memory;
    memory.focus_order.push_back(id);
    bool const was_active = memory.typing == id;
    bool const by_tab = memory.focus == id && memory.focus_moved;
    if (begin || by_tab)
        ImGui::SetKeyboardFocusHere();
    Typed typed;
    if (was_active) {
        typed.entered = ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
        typed.left = take_escape(id);
    }
    bool const tabbed_away = was_active && memory.focus_moved && memory.focus != id;
    if (tabbed_away || typed.left)
        ImGui::ClearActiveID();
    Rect const inner{rect.x + field.padding, rect.y, rect.w - 2 * field.padding - field.room_at_end, rect.h};
    fill(frame, rect, theme.background, kControlRadius);
    if (buffer.front() == '\0')
        draw_cut(frame, body(theme.subtle), inner, field.hint);
    ImFont* const font = frame.environment.fonts.regular;
    ImGui::PushFont(font != nullptr ? font : ImGui::GetFont(), kBody);
    ImGui::PushStyleColor(ImGuiCol_Text, theme.text);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, faded(theme.accent, 0.3f));
    ImGui::PushStyleColor(ImGuiCol_InputTextCursor, theme.text);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, (rect.h - ImGui::GetFontSize()) / 2});
    ImGui::SetCursorScreenPos(top_left(inner));
    ImGui::SetNextItemWidth(inner.w);
    ImGui::PushID(static_cast<int>(id));
    typed.changed = edit(buffer, typed.entered);
    memory.reads |= typed.changed;
    ImGui::PopID();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(4);
    ImGui::PopFont();

    typed.active = ImGui::IsItemActive();
    tell_typing(frame, typed.active, begin || by_tab);
    if (typed.active) {
        if (!was_active)
            memory.focus = id;
        memory.typing = id;
        memory.typing_seen = true;
    }
    if (ImGui::IsItemHovered())
        frame.result.cursor = FrameResult::Cursor::Text;
    border(frame, rect, typed.active ? theme.accent : theme.line, kControlRadius, typed.active ? 1.5f : 1.0f);
    if (was_active != typed.active)
        frame.wake_at(frame.now);
    record(frame,
        {.id = id,
            .role = Role::SearchBox,
            .name = std::string{field.name},
            .value = buffer.data(),
            .states = {.focused = typed.active},
            .rect = rect});
    return typed;
}

} // namespace pev::ui
