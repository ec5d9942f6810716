#include "ui/shortcuts.h"

#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/timeline_navigation.h"
#include "ui/panels/toolbar.h"
#include "ui/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/scroll_area.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace pev::ui {

namespace {

    struct Shortcut {
        std::string_view keys; // alternatives and sequences by spaces
        std::string_view words;
    };
    struct Topic {
        std::string_view title;
        std::array<Shortcut, 9> shortcuts;
    };

    // clang-format off
    constexpr std::array kTopics{
        Topic{"Steps", {{
            {"↑ ↓", "The step above, below"},
            {"Home End", "The first step, the last"},
            {"PgUp PgDn", "Eight steps up, down"},
            {"Enter", "Into the step's details"},
            {"F", "The next failed step"},
            {"Shift F", "The failed step before"},
            {"J", "Follow the run again"},
            {"← →", "The list's width, on its edge"},
        }}},
        Topic{"Everywhere", {{
            {"/", "Search steps, logs and output"},
            {"Esc", "Leave, close, back to the list"},
            {"R", "Refresh now"},
            {"P", "Pause or resume updates"},
            {"T", "Light or dark"},
            {"U", "Times in UTC or local"},
            {"D", "Diagnostics"},
            {"Tab", "The next control (Shift: before)"},
            {"?", "This list"},
        }}},
        Topic{"In logs and JSON", {{
            {"Ctrl F", "Find in what has the focus"},
            {"Ctrl C", "Copy what is selected"},
            {"Ctrl A", "Select all"},
        }}},
    };
    // clang-format on

    constexpr std::array kLetters{ImGuiKey_F, ImGuiKey_J, ImGuiKey_R, ImGuiKey_P, ImGuiKey_T, ImGuiKey_U, ImGuiKey_D};

    constexpr float kPanelWidth = 720;
    constexpr float kPadding = 22;
    constexpr float kLine = 28;
    constexpr float kTopicGap = 14;
    constexpr float kKeyHeight = 20;
    constexpr float kKeysWidth = 104;
    constexpr float kTwoColumnsFrom = 520;

    TextStyle key_style(Color color)
    {
        return {.size = kTiny, .weight = Weight::Medium, .color = color};
    }

    float draw_key(Frame const& frame, float x, float y, std::string_view key)
    {
        Theme const& theme = frame.theme;
        float const width = std::max(22.0f, std::ceil(measure(frame, key_style(0), key)) + 12);
        Rect const rect{x, y + (kLine - kKeyHeight) / 2, width, kKeyHeight};
        fill(frame, rect, theme.background, kSmallRadius);
        border(frame, rect, theme.line, kSmallRadius);
        draw_centered(frame, key_style(theme.text), rect, key);
        return width;
    }

    void draw_shortcut(Frame& frame, Shortcut const& shortcut, Rect const& line)
    {
        float x = line.x;
        bool const mac = ImGui::GetIO().ConfigMacOSXBehaviors;
        for (std::string_view rest = shortcut.keys; !rest.empty();) {
            std::string_view const key = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(rest.size(), key.size() + 1));
            x += draw_key(frame, x, line.y, mac && key == "Ctrl" ? "⌘" : key) + 4;
        }
        Rect const words{line.x + kKeysWidth, line.y, line.w - kKeysWidth, line.h};
        if (draw_cut(frame, body(frame.theme.text), words, shortcut.words).cut)
            explain(frame, make_id(shortcut.words), words, hovers(words), shortcut.words);
        record_text(frame, make_id("shortcut-keys", shortcut.keys), line, std::string{shortcut.keys}, Role::Term);
        record_text(frame, make_id("shortcut", shortcut.keys), line, std::string{shortcut.words}, Role::Definition);
    }

    float height_of(Topic const& topic)
    {
        auto const count = std::ranges::count_if(topic.shortcuts, [](Shortcut const& s) { return !s.keys.empty(); });
        return 26 + kLine * static_cast<float>(count) + kTopicGap;
    }

    void draw_topic(Frame& frame, Topic const& topic, float x, float y, float width)
    {
        TextStyle const title{
            .size = kTiny, .weight = Weight::Semibold, .color = frame.theme.subtle, .spacing = 0.6f, .capitals = true};
        Rect const head{x, y, width, 18};
        draw_cut(frame, title, head, topic.title);
        record_text(frame, make_id("shortcut-topic", topic.title), head, std::string{topic.title}, Role::Heading);
        y += 26;
        for (Shortcut const& shortcut : topic.shortcuts) {
            if (shortcut.keys.empty())
                break;
            draw_shortcut(frame, shortcut, {x, y, width, kLine});
            y += kLine;
        }
    }

    // Draws the table in one column or two; returns its height.
    float flow_topics(Frame& frame, Rect const& box, bool draw)
    {
        bool const two = box.w >= kTwoColumnsFrom;
        float const column = two ? (box.w - 28) / 2 : box.w;
        std::array<float, 2> y{box.y, box.y};
        for (std::size_t i = 0; i < kTopics.size(); ++i) {
            std::size_t const side = two && i == 1 ? 1 : 0;
            if (draw)
                draw_topic(frame, kTopics[i], box.x + static_cast<float>(side) * (column + 28), y[side], column);
            y[side] += height_of(kTopics[i]);
        }
        return std::max(y[0], y[1]) - kTopicGap - box.y;
    }

    // By the character, not the key: on many keyboards '?' is Shift and something else.
    bool was_typed(char wanted)
    {
        return std::ranges::any_of(
            ImGui::GetIO().InputQueueCharacters, [&](ImWchar c) { return c == static_cast<ImWchar>(wanted); });
    }

    bool pressed(ImGuiKey key)
    {
        ImGuiIO const& io = ImGui::GetIO();
        return !io.KeyCtrl && !io.KeySuper && !io.KeyAlt && ImGui::IsKeyPressed(key, false);
    }

} // namespace

bool is_shortcut(ImGuiKey key, std::string_view character)
{
    return std::ranges::find(kLetters, key) != kLetters.end() || character == "/" || character == "?"
        || character == " ";
}

void run_shortcuts(Frame& frame)
{
    UiMemory& memory = frame.memory;
    if (!is_typing(frame) && was_typed('?') && !frame.state.view.diagnostics_open) {
        memory.shortcuts_open = !memory.shortcuts_open;
        frame.wake_at(frame.now);
    }
    if (!letters_are_ours(frame))
        return;
    ViewState const& view = frame.state.view;
    if (pressed(ImGuiKey_T))
        frame.act(SetTheme{other_theme(frame)});
    if (pressed(ImGuiKey_U))
        frame.act(SetTimeZone{view.time_zone == TimeZoneChoice::Utc ? TimeZoneChoice::Local : TimeZoneChoice::Utc});
    if (pressed(ImGuiKey_D))
        frame.act(ShowDiagnostics{true});
    if (!frame.state.run)
        return;
    bool const in_list = memory.focus == 0 || memory.focus == make_id("timeline");
    if (pressed(ImGuiKey_Escape) && keys_are_ours(frame) && !frame.narrow && !in_list && !memory.filters_open) {
        memory.focus = make_id("timeline");
        memory.focus_visible = true;
        frame.wake_at(frame.now);
    }
    if (pressed(ImGuiKey_F))
        select_next_failure(frame, ImGui::GetIO().KeyShift);
    if (pressed(ImGuiKey_J))
        follow_run(frame);
    if (pressed(ImGuiKey_R))
        frame.act(Refresh{});
    Mode const mode = frame.state.mode();
    if (pressed(ImGuiKey_P) && mode == Mode::Paused)
        frame.act(Resume{});
    else if (pressed(ImGuiKey_P) && mode != Mode::Final && mode != Mode::Error)
        frame.act(Pause{});
}

void draw_shortcuts_button(Frame& frame, Rect const& rect)
{
    if (!button(frame, make_id("shortcuts"), rect, "?", {}, "Keyboard shortcuts"))
        return;
    frame.memory.shortcuts_open = true;
    frame.wake_at(frame.now);
}

void draw_shortcuts_panel(Frame& frame)
{
    UiMemory& memory = frame.memory;
    if (!memory.shortcuts_open)
        return;
    Theme const& theme = frame.theme;
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    float const width = std::min(kPanelWidth, screen.x - 28);
    float const padding = frame.narrow ? 16.0f : kPadding;
    constexpr float kTitleRow = 40;
    float const content = flow_topics(frame, {0, 0, width - 2 * padding, 0}, false);
    float const height = std::min(screen.y - 28, padding + kTitleRow + content + padding);
    Rect const panel{frame.snap((screen.x - width) / 2), frame.snap((screen.y - height) / 2), width, height};
    begin_dialog(frame, "Keyboard shortcuts", panel, make_id("close-shortcuts"));
    Rect const title{panel.x + padding, panel.y + padding - 4, width - 2 * padding - 40, 24};
    draw_cut(frame, {.size = kHeading, .weight = Weight::Semibold, .color = theme.text}, title, "Keyboard shortcuts");
    float const size = frame.control_height(28);
    Rect const cross{right(panel) - padding - size + 4, middle_y(title) - size / 2, size, size};
    bool const closed = button(frame, make_id("close-shortcuts"), cross, {}, {.icon = Icon::Cross}, "Close");
    Rect const view{
        panel.x + padding, panel.y + padding + kTitleRow, width - 2 * padding, height - 2 * padding - kTitleRow};
    ScrollArea const area = begin_scroll(frame, make_id("shortcuts-list"), view, {view.w, content});
    flow_topics(frame, {view.x, area.origin.y, view.w, 0}, true);
    end_scroll(frame, area, theme.faint);
    if (end_dialog(frame, panel, closed))
        memory.shortcuts_open = false;
}

} // namespace pev::ui
