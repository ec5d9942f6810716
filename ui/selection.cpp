#include "ui/selection.h"

#include "ui/draw.h"
#include "ui/interaction.h"
#include "ui/widgets/scroll_area.h"

#include "imgui_internal.h"

#include <algorithm>

namespace pev::ui {

Grab grab_text(Frame& frame, ImGuiID id, Rect const& rect)
{
    UiMemory::Selection& selection = frame.memory.selection;
    if (selection.owner == id)
        selection.seen = true;
    Grab grab;
    ImGuiIO const& io = ImGui::GetIO();
    grab.at = io.MousePos;
    ImRect const box{top_left(rect), bottom_right(rect)};
    constexpr ImGuiItemFlags kFlags
        = static_cast<int>(ImGuiItemFlags_NoNav) | static_cast<int>(ImGuiItemFlags_AllowOverlap);
    if (!ImGui::ItemAdd(box, id, nullptr, kFlags))
        return grab;
    bool held = false;
    bool const was_active = ImGui::GetActiveID() == id;
    grab.begins = ImGui::ButtonBehavior(
        box, id, &grab.hovered, &held, ImGuiButtonFlags_PressedOnClick | ImGuiButtonFlags_NoNavFocus);
    grab.goes_on = held && !grab.begins;
    if (grab.begins)
        selection.clicks = std::max(1, static_cast<int>(io.MouseClickedCount[ImGuiMouseButton_Left]));
    grab.clicks = selection.clicks;
    grab.clicked
        = was_active && !held && grab.hovered && grab.clicks == 1 && selection.owner == id && selection.text.empty();
    if (grab.hovered) {
        frame.result.cursor = FrameResult::Cursor::Text;
        frame.result.offers_menu = true;
        grab.asks_for_menu = ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    }
    return grab;
}

TextRange grain_of(Grab const& grab, std::size_t line, std::string_view text, std::size_t byte)
{
    if (grab.clicks >= 3)
        return {{line, 0}, {line, text.size()}};
    if (grab.clicks == 2) {
        WordBounds const word = word_at(text, byte);
        return {{line, word.begin}, {line, word.end}};
    }
    return {{line, byte}, {line, byte}};
}

void select(Frame& frame, ImGuiID id, Grab const& grab, TextRange const& grain)
{
    UiMemory::Selection& selection = frame.memory.selection;
    if (grab.begins) {
        bool const extends = ImGui::GetIO().KeyShift && selection.owner == id && grab.clicks == 1;
        selection.owner = id;
        selection.seen = true;
        selection.kept = true;
        selection.card = frame.memory.current_card;
        if (extends)
            selection.text.extend(grain.from);
        else
            selection.text.begin(grain);
    } else if (grab.goes_on && selection.owner == id) {
        selection.text.drag(grain);
    }
}

void scroll_by_drag(Frame& frame, ImGuiID id, Rect const& view)
{
    if (ImGui::GetActiveID() != id)
        return;
    constexpr float kPerSecond = 12; // of the distance to the edge
    ImVec2 const at = ImGui::GetIO().MousePos;
    auto const beyond = [](float from, float to, float place) {
        return place < from ? place - from : place > to ? place - to : 0.0f;
    };
    float const x = beyond(view.x, right(view), at.x);
    float const y = beyond(view.y, bottom(view), at.y);
    if (x == 0 && y == 0)
        return;
    float const time = std::min(0.1f, ImGui::GetIO().DeltaTime) * kPerSecond;
    ImGui::SetScrollX(std::clamp(ImGui::GetScrollX() + x * time, 0.0f, ImGui::GetScrollMaxX()));
    ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + y * time, 0.0f, ImGui::GetScrollMaxY()));
    frame.wake_at(frame.now);
}

TextSelection* selection_of(Frame& frame, ImGuiID id)
{
    UiMemory::Selection& selection = frame.memory.selection;
    return selection.owner == id && !selection.text.empty() ? &selection.text : nullptr;
}

void select_all(Frame& frame, ImGuiID id, TextRange const& range)
{
    UiMemory::Selection& selection = frame.memory.selection;
    selection.owner = id;
    selection.seen = true;
    selection.card = frame.memory.current_card;
    selection.text.begin(range);
}

void clear_selection(Frame& frame)
{
    frame.memory.selection = {};
}

bool copy_pressed(Frame const& frame, ImGuiID id)
{
    UiMemory const& memory = frame.memory;
    return memory.selection.owner == id && !memory.selection.text.empty() && letters_are_ours(frame)
        && ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_C, false);
}

char const* copy_hint()
{
    return ImGui::GetIO().ConfigMacOSXBehaviors ? "⌘C" : "Ctrl+C";
}

void draw_selected(Frame const& frame, Rect const& rect)
{
    fill(frame, rect, faded(frame.theme.accent, 0.34f));
}

bool reading_area(Frame& frame, ImGuiID id, Rect const& rect)
{
    UiMemory& memory = frame.memory;
    memory.focus_order.push_back(id);
    if (memory.focus == id && memory.focus_moved) {
        memory.reading = id;
        memory.reading_card = memory.current_card;
        ImGui::ScrollToRect(
            ImGui::GetCurrentWindow(), {top_left(rect), bottom_right(rect)}, ImGuiScrollFlags_KeepVisibleEdgeY);
    }
    if (memory.reading != id)
        return false;
    memory.reading_seen = true;
    return letters_are_ours(frame);
}

void enter_reading(Frame& frame, ImGuiID id)
{
    UiMemory& memory = frame.memory;
    memory.focus = memory.reading = id;
    memory.reading_seen = true;
    memory.reading_card = memory.current_card;
    memory.focus_visible = false;
}

void leave_reading(Frame& frame)
{
    frame.memory.leaves_reading = true;
    frame.memory.focus_visible = false;
}

void scroll_page_by_keys(Frame& frame)
{
    float const page = std::max(kCodeLine, in_sight().h - 2 * kCodeLine);
    float y = ImGui::GetScrollY();
    float const before = y;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
        y += 2 * kCodeLine;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
        y -= 2 * kCodeLine;
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown))
        y += page;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp))
        y -= page;
    if (ImGui::IsKeyPressed(ImGuiKey_Home))
        y = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_End))
        y = ImGui::GetScrollMaxY();
    if (y != before)
        scroll_to(frame, std::min(y, ImGui::GetScrollMaxY()));
}

void settle_selection(Frame& frame)
{
    UiMemory& memory = frame.memory;
    UiMemory::Selection& selection = memory.selection;
    // A click elsewhere takes the selection back, as does the end of what was selected.
    bool const elsewhere = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !selection.kept && memory.menu.items.empty();
    if (selection.owner != 0 && (!selection.seen || elsewhere))
        selection = {};
    selection.seen = selection.kept = false;
    if (memory.leaves_reading || !memory.reading_seen || memory.focus != memory.reading)
        memory.reading = 0;
    memory.leaves_reading = memory.reading_seen = false;
    frame.result.takes_copy = !selection.text.empty() || memory.copies_active_row;
    memory.copies_active_row = false;
    frame.result.takes_reading_keys = frame.result.takes_reading_keys || memory.reading != 0;
}

} // namespace pev::ui
