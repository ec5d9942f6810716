#include "ui/interaction.h"

#include "shared/base/terminal_text.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/text.h"

#include <algorithm>
#include <utility>

namespace pev::ui {

namespace {

    constexpr float kTooltipWidth = 420;
    constexpr std::size_t kTooltipBytes = 2'000;
    constexpr std::size_t kTooltipLines = 14;

    ImRect to_imgui(Rect const& r)
    {
        return {top_left(r), bottom_right(r)};
    }

    bool activation_key()
    {
        return ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false)
            || ImGui::IsKeyPressed(ImGuiKey_Space, false);
    }

    void draw_tooltip(Frame& frame, Tooltip const& tip)
    {
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        TextStyle const style = small(frame.theme.on_tooltip);
        float const width = std::min(kTooltipWidth, screen.x - 40);
        auto const lines = wrap(frame, style, tip.text, width, kTooltipLines);
        float widest = 0;
        for (std::string_view const line : lines)
            widest = std::max(widest, measure(frame, style, line, width));
        Rect box{0, 0, std::min(widest, width) + 20, static_cast<float>(lines.size()) * kSmallLine + 12};
        Rect const& anchor = tip.anchor;
        box.x = std::clamp(anchor.x, 8.0f, std::max(8.0f, screen.x - box.w - 8));
        bool const below = bottom(anchor) + 6 + box.h < screen.y;
        box.y = frame.snap(below ? bottom(anchor) + 6 : std::max(4.0f, anchor.y - box.h - 6));

        constexpr float kShadowRoom = 24;
        ImGui::SetNextWindowPos({box.x - kShadowRoom, box.y - kShadowRoom});
        ImGui::SetNextWindowSize({box.w + 2 * kShadowRoom, box.h + 2 * kShadowRoom});
        ImGui::Begin("##tooltip", nullptr,
            ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoSavedSettings
                | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_Tooltip);
        shadow(frame, box, kControlRadius, kRaised);
        fill(frame, box, frame.theme.tooltip, kControlRadius);
        draw_lines(frame, style, {box.x + 10, box.y + 6}, width, kSmallLine, lines);
        record_text(frame, make_id("tooltip"), box, tip.text, Role::Tooltip);
        ImGui::End();
    }

} // namespace

Press press(Frame& frame, ImGuiID id, Rect const& rect, bool focusable)
{
    UiMemory& memory = frame.memory;
    Press result;
    ImRect const box = to_imgui(rect);
    if (focusable) {
        memory.focus_order.push_back(id);
        result.focused = memory.focus == id && memory.focus_visible;
        if (result.focused && memory.focus_moved)
            ImGui::ScrollToRect(ImGui::GetCurrentWindow(), box, ImGuiScrollFlags_KeepVisibleEdgeY);
    }
    if (ImGui::ItemAdd(box, id, nullptr, ImGuiItemFlags_NoNav)) {
        result.clicked = ImGui::ButtonBehavior(box, id, &result.hovered, &result.held,
            ImGuiButtonFlags_PressedOnClickRelease | ImGuiButtonFlags_NoNavFocus);
        if (result.clicked && focusable) {
            memory.focus = id;
            memory.focus_visible = false;
            result.focused = false;
        }
        if (result.hovered)
            frame.result.cursor = FrameResult::Cursor::Hand;
    }
    if (result.focused && keys_are_ours(frame) && activation_key())
        result.clicked = true;
    return result;
}

bool hovers(Rect const& rect)
{
    return ImGui::IsWindowHovered() && contains(rect, ImGui::GetMousePos());
}

void explain(Frame& frame, ImGuiID id, Rect const& anchor, bool hovered, std::string_view text, Duration delay)
{
    UiMemory& memory = frame.memory;
    bool const focused = memory.focus == id && memory.focus_visible;
    if ((!hovered && !focused) || frame.environment.touch || text.empty())
        return;
    // What the mouse rests on is explained rather than what has the focus.
    Tooltip& tip = hovered ? memory.hovered : memory.focused;
    if (tip.id != id)
        tip = {.id = id, .since = frame.now};
    tip.anchor = anchor;
    if (frame.now - tip.since < delay)
        frame.wake_at(tip.since + delay);
    else
        tip.text = without_escapes(text.substr(0, kTooltipBytes));
}

bool is_typing(Frame const& frame)
{
    return frame.memory.typing != 0 || ImGui::GetIO().WantTextInput;
}

void tell_typing(Frame& frame, bool active, bool asked_for)
{
    using Typing = FrameResult::Typing;
    if (active)
        frame.result.typing = Typing::Open;
    else if (asked_for)
        frame.result.typing = Typing::Opens;
}

bool letters_are_ours(Frame const& frame)
{
    UiMemory const& memory = frame.memory;
    bool const panel_open = memory.shortcuts_open || frame.state.view.diagnostics_open;
    return !is_typing(frame) && memory.menu.items.empty() && panel_open == memory.in_panel;
}

bool keys_are_ours(Frame const& frame)
{
    return letters_are_ours(frame) && frame.memory.reading == 0;
}

void move_focus(Frame& frame)
{
    UiMemory& memory = frame.memory;
    memory.focus_moved = false;
    if (!memory.typing_seen)
        memory.typing = 0;
    memory.typing_seen = false;
    std::vector<ImGuiID> const& order = memory.focus_order;
    auto const wanted = std::exchange(memory.focus_on, std::nullopt);
    bool const moved = ImGui::IsKeyPressed(ImGuiKey_Tab) && memory.menu.items.empty();
    if (!order.empty() && (wanted || moved)) {
        bool const back = ImGui::GetIO().KeyShift;
        auto current = std::find(order.begin(), order.end(), memory.focus);
        if (current == order.end()) // a link that was scrolled away
            current = std::find(order.begin(), order.end(), memory.focus_area);
        std::size_t const count = order.size();
        std::size_t next = back ? count - 1 : 0;
        if (wanted) {
            next = std::min(*wanted, count - 1);
        } else if (current != order.end()) {
            auto const at = static_cast<std::size_t>(current - order.begin());
            next = (at + (back ? count - 1 : 1)) % count;
        }
        memory.focus = order[next];
        memory.focus_area = 0;
        memory.focus_visible = true;
        memory.focus_moved = true;
        frame.wake_at(frame.now);
    }
    memory.focus_order.clear();
}

void draw_tooltip(Frame& frame)
{
    UiMemory& memory = frame.memory;
    for (Tooltip* const tip : {&memory.hovered, &memory.focused}) {
        if (is_empty(tip->anchor))
            tip->id = 0; // there is nothing to say any more
    }
    Tooltip const& tip = memory.hovered.id != 0 ? memory.hovered : memory.focused;
    if (!tip.text.empty())
        draw_tooltip(frame, tip);
    for (Tooltip* const each : {&memory.hovered, &memory.focused}) {
        each->text.clear();
        each->anchor = {};
    }
}

} // namespace pev::ui
