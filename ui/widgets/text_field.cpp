#include "ui/widgets/text_field.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include "imgui_internal.h"

#include <algorithm>
#include <string>
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

    // Draws the field's text with what is being composed at its caret, underlined, as Dear ImGui draws the text alone: it knows
    // nothing of compositions. The page's own field, which the input method stands at, goes there too.
    void draw_composition(Frame& frame, ImGuiID id, Rect const& inner)
    {
        Composition const& composition = frame.environment.composition;
        ImGuiInputTextState const* const state = ImGui::GetInputTextState(ImGui::GetItemID());
        if (state == nullptr)
            return;
        int const cursor = state->GetCursorPos();
        bool const replaces = state->HasSelection();
        std::string_view const text{state->TextA.Data, static_cast<std::size_t>(state->TextLen)};
        auto const from = static_cast<std::size_t>(
            replaces ? std::min(state->GetSelectionStart(), state->GetSelectionEnd()) : cursor);
        auto const to = static_cast<std::size_t>(
            replaces ? std::max(state->GetSelectionStart(), state->GetSelectionEnd()) : cursor);
        std::string shown{text.substr(0, from)};
        shown.append(composition.text).append(text.substr(to));

        auto const x_of = [&](std::size_t byte) { return ImGui::CalcTextSize(shown.data(), shown.data() + byte).x; };
        float const begin = x_of(from);
        float const end = x_of(from + composition.text.size());
        float const caret = x_of(from + composition.caret);
        constexpr float kCaret = 1;
        float const room = inner.w - kCaret;
        float scroll = std::max(0.0f, std::min(state->Scroll.x, begin));
        scroll = std::min(std::max(scroll, end - room), caret);

        float const size = ImGui::GetFontSize();
        ImVec2 const at{inner.x - scroll, inner.y + (inner.h - size) / 2};
        ImDrawList& list = *ImGui::GetWindowDrawList();
        ImVec4 const clip{inner.x, inner.y, right(inner), bottom(inner)};
        list.AddText(ImGui::GetFont(), size, at, frame.theme.text, shown.data(), shown.data() + shown.size(), 0, &clip);
        Rect const line{at.x + begin, frame.snap(at.y + size), end - begin, 1};
        Rect const seen = intersect(line, inner);
        fill(frame, seen, frame.theme.text);
        fill(frame, {at.x + caret, at.y, kCaret, size}, frame.theme.text);
        ImGui::GetCurrentContext()->PlatformImeData.InputPos = {std::max(inner.x, at.x + begin), at.y};
        record_text(frame, make_id("composition", id), {seen.x, at.y, seen.w, size}, composition.text);
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
    bool const composes = was_active && !typed.left && !tabbed_away && !frame.environment.composition.text.empty();
    Color const ink = composes ? 0 : theme.text;
    if (buffer.front() == '\0' && !composes)
        draw_cut(frame, body(theme.subtle), inner, field.hint);
    ImFont* const font = frame.environment.fonts.regular;
    ImGui::PushFont(font != nullptr ? font : ImGui::GetFont(), kBody);
    ImGui::PushStyleColor(ImGuiCol_Text, ink);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, composes ? 0 : faded(theme.accent, 0.3f));
    ImGui::PushStyleColor(ImGuiCol_InputTextCursor, ink);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, (rect.h - ImGui::GetFontSize()) / 2});
    ImGui::SetCursorScreenPos(top_left(inner));
    ImGui::SetNextItemWidth(inner.w);
    ImGui::PushID(static_cast<int>(id));
    typed.changed = edit(buffer, typed.entered);
    ImGui::PopID();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(4);
    if (composes)
        draw_composition(frame, id, inner);
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
