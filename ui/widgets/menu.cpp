#include "ui/widgets/menu.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pev::ui {

namespace {

    constexpr float kRowHeight = 28;
    constexpr float kPadding = 5;
    constexpr float kRowPadding = 10;
    constexpr float kCheckWidth = 20;
    constexpr float kHintGap = 24;
    constexpr float kLeastWidth = 120;
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    void close(Frame& frame)
    {
        frame.memory.menu = {};
        frame.wake_at(frame.now);
    }

    void choose(Frame& frame, std::size_t index)
    {
        constexpr std::size_t kLinkItems = 2;
        UiMemory::Menu& menu = frame.memory.menu;
        frame.wake_at(frame.now);
        if (!menu.link.empty() && index < kLinkItems) {
            frame.act(index == 0 ? Action{FollowLink{menu.link}} : Action{CopyText{menu.link}});
            menu.closes = true;
        } else {
            menu.chosen = index - (menu.link.empty() ? 0 : kLinkItems);
        }
    }

    bool has_checks(UiMemory::Menu const& menu)
    {
        return std::any_of(
            menu.items.begin(), menu.items.end(), [](MenuItem const& item) { return item.checked.has_value(); });
    }

    Rect place(Frame const& frame, UiMemory::Menu const& menu, float row)
    {
        float label = 0;
        float hint = 0;
        for (MenuItem const& item : menu.items) {
            label = std::max(label, measure(frame, body(0), item.label));
            hint = std::max(hint, measure(frame, small(0), item.hint));
        }
        ImVec2 const screen = ImGui::GetIO().DisplaySize;
        Rect box;
        box.w = std::ceil(label + (hint > 0 ? hint + kHintGap : 0) + (has_checks(menu) ? kCheckWidth : 0)
            + 2 * (kPadding + kRowPadding));
        box.w = std::clamp(box.w, kLeastWidth, std::max(kLeastWidth, screen.x - 16));
        box.h = static_cast<float>(menu.items.size()) * row + 2 * kPadding;
        box.x = std::clamp(menu.anchor.x, 8.0f, std::max(8.0f, screen.x - box.w - 8));
        float const below = bottom(menu.anchor) + 4;
        float const above = menu.anchor.y - 4 - box.h;
        box.y = below + box.h <= screen.y - 8 || above < 8 ? std::min(below, std::max(8.0f, screen.y - box.h - 8))
                                                           : above;
        return {frame.snap(box.x), frame.snap(box.y), box.w, box.h};
    }

    void move_by_keys(Frame& frame)
    {
        UiMemory::Menu& menu = frame.memory.menu;
        std::size_t const count = menu.items.size();
        if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
            menu.active = menu.active == kNone ? 0 : (menu.active + 1) % count;
        if (ImGui::IsKeyPressed(ImGuiKey_UpArrow))
            menu.active = menu.active == kNone || menu.active == 0 ? count - 1 : menu.active - 1;
        bool const enter = ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_Space, false);
        if (enter && menu.active < count)
            choose(frame, menu.active);
        menu.closes
            = menu.closes || ImGui::IsKeyPressed(ImGuiKey_Escape, false) || ImGui::IsKeyPressed(ImGuiKey_Tab, false);
    }

    void draw_item(Frame& frame, std::size_t index, Rect const& row)
    {
        Theme const& theme = frame.theme;
        UiMemory::Menu& menu = frame.memory.menu;
        MenuItem const& item = menu.items[index];
        ImGuiID const id = make_id("menu-item", index, menu.owner);
        Press const pressed = press(frame, id, row, false);
        if (pressed.hovered && menu.active != index) {
            menu.active = index;
            frame.wake_at(frame.now);
        }
        bool const active = menu.active == index;
        if (active)
            fill(frame, row, pressed.held ? theme.pressed : theme.hover, 5);
        float x = row.x + kRowPadding;
        if (has_checks(menu)) {
            if (item.checked.value_or(false))
                draw_icon(frame, Icon::Check, {x - 2, middle_y(row) - 7, 14, 14}, theme.link);
            x += kCheckWidth;
        }
        float const end = right(row) - kRowPadding;
        draw_cut(frame, body(theme.text), {x, row.y, end - x, row.h}, item.label);
        if (!item.hint.empty())
            draw_right(frame, tabular(small(theme.subtle)), {x, row.y, end - x, row.h}, item.hint);
        record(frame,
            {.id = id,
                .role = Role::MenuItem,
                .name = item.label,
                .value = item.hint,
                .states = {.pressed = item.checked.value_or(false), .focused = active},
                .rect = row});
        if (pressed.clicked)
            choose(frame, index);
    }

} // namespace

void open_menu(Frame& frame, ImGuiID owner, Rect const& anchor, std::vector<MenuItem> items, bool stays)
{
    UiMemory::Menu& menu = frame.memory.menu;
    menu = {};
    menu.owner = owner;
    menu.items = std::move(items);
    menu.anchor = anchor;
    menu.stays = stays;
    menu.asked = true;
    frame.wake_at(frame.now);
}

void open_context_menu(Frame& frame, ImGuiID owner, std::vector<MenuItem> items)
{
    ImVec2 const at = ImGui::GetIO().MousePos;
    open_menu(frame, owner, {at.x, at.y - 4, 1, 4}, std::move(items));
}

bool menu_is_open(Frame const& frame, ImGuiID owner)
{
    return frame.memory.menu.owner == owner && !frame.memory.menu.items.empty();
}

std::optional<std::size_t> menu_choice(Frame& frame, ImGuiID owner)
{
    UiMemory::Menu& menu = frame.memory.menu;
    if (!menu_is_open(frame, owner))
        return std::nullopt;
    menu.asked = true;
    std::optional<std::size_t> const chosen = std::exchange(menu.chosen, std::nullopt);
    if (chosen && !menu.stays)
        menu.closes = true;
    return chosen;
}

void draw_menu(Frame& frame)
{
    UiMemory::Menu& menu = frame.memory.menu;
    if (menu.items.empty())
        return;
    if (menu.closes || !menu.asked)
        return close(frame);
    menu.asked = false;
    frame.result.offers_menu = true;
    frame.result.offers_link = !menu.link.empty();

    // All of the screen is the menu's: a click beside it closes it and does nothing else.
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(screen);
    if (!menu.appeared)
        ImGui::SetNextWindowFocus();
    ImGui::Begin("##menu", nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings
            | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
    float const row = frame.control_height(kRowHeight);
    Rect const box = place(frame, menu, row);
    shadow(frame, box, kRadius, kLifted);
    fill(frame, box, frame.theme.raised, 8);
    border(frame, box, frame.theme.line, 8);
    record_open(frame,
        {.id = make_id("menu", menu.owner),
            .role = Role::Menu,
            .name = "Menu",
            .value = {},
            .states = {},
            .rect = box});
    for (std::size_t i = 0; i < menu.items.size(); ++i)
        draw_item(
            frame, i, {box.x + kPadding, box.y + kPadding + static_cast<float>(i) * row, box.w - 2 * kPadding, row});
    frame.semantics.close();
    ImGui::End();

    bool const pressed = ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    if (menu.appeared && pressed && !contains(box, ImGui::GetMousePos()))
        menu.closes = true;
    if (menu.appeared)
        move_by_keys(frame);
    menu.appeared = true;
    if (menu.closes)
        frame.wake_at(frame.now);
}

} // namespace pev::ui
