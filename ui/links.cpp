#include "ui/links.h"

#include "shared/view/cells.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/widgets/menu.h"

#include "imgui_internal.h"

#include <algorithm>
#include <string>
#include <utility>

namespace pev::ui {

namespace {

    constexpr std::size_t kSpokenBytes = 300;
    constexpr std::size_t kShownBytes = 600; // of a target

    // Both ends of what is too long to be read.
    std::string shortened(std::string_view text, std::size_t most)
    {
        if (text.size() <= most)
            return std::string{text};
        std::size_t const tail = most / 4;
        return std::string{text.substr(0, most - tail)} + "…" + std::string{text.substr(text.size() - tail)};
    }

    // Where it leads. All of it is ASCII, so nothing in it can turn it around or look like something else.
    std::string describe(TextLink const& link)
    {
        std::string words = "Opens " + link.target.host;
        if (!link.shows.empty())
            words += link.shows == link.target.host ? ", but not the address that is shown" : ", not " + link.shows;
        if (link.target.has_user)
            words += ". What stands before the @ is a user name.";
        return words + "\n" + shortened(link.target.href, kShownBytes);
    }

    // In front of what else the menu offers.
    void offer_link(Frame& frame, TextLink const& link)
    {
        constexpr std::size_t kLongestHost = 48;
        UiMemory::Menu& menu = frame.memory.menu;
        menu.link = link.target.href;
        std::string host = link.target.host;
        if (host.size() > kLongestHost) // whose it is stands at its end
            host = "…" + host.substr(host.size() - kLongestHost);
        menu.items.insert(menu.items.begin(), {{.label = "Open link", .hint = host}, {.label = "Copy link address"}});
    }

    void follow(Frame& frame, ImGuiID area, TextLink const& link, Rect const& place)
    {
        if (!link.misleads() && !frame.environment.touch)
            return frame.act(FollowLink{link.target.href});
        open_menu(frame, area, place, {});
        offer_link(frame, link);
    }

    void use_keys(Frame& frame, ImGuiID area, TextLink const& link, Rect const& place)
    {
        UiMemory& memory = frame.memory;
        memory.focus_area = area;
        memory.copies_active_row = true;
        if (!letters_are_ours(frame))
            return;
        if (ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false))
            follow(frame, area, link, place);
        if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_C, false) && memory.selection.text.empty())
            frame.act(CopyText{link.target.href});
    }

} // namespace

bool draw_link(Frame& frame, ImGuiID area, Grab const& grab, TextLink const& link, LinkPart const& part)
{
    if (is_empty(part.rect))
        return false;
    UiMemory& memory = frame.memory;
    ImGuiID const id = make_id("link", link.begin, make_id("line", part.line, area));
    bool const first = memory.focus_order.empty() || memory.focus_order.back() != id; // its other parts follow
    bool const hovered = grab.hovered && !grab.goes_on && contains(part.rect, grab.at);
    bool const focused = memory.focus == id && memory.focus_visible;
    horizontal_line(
        frame, part.rect.x, bottom(part.rect) - 3, part.rect.w, hovered || focused ? part.ink : faded(part.ink, 0.45f));
    if (focused)
        focus_ring(frame, part.rect, 2);
    if (hovered || (focused && first))
        explain(frame, id, part.rect, hovered, describe(link),
            link.in_full && !link.misleads() ? kTooltipDelay : Duration{});
    frame.result.offers_link = frame.result.offers_link || hovered || focused;
    if (first) {
        memory.focus_order.push_back(id);
        if (focused && memory.focus_moved)
            ImGui::ScrollToRect(ImGui::GetCurrentWindow(), {top_left(part.rect), bottom_right(part.rect)},
                ImGuiScrollFlags_KeepVisibleEdgeY);
        if (focused)
            use_keys(frame, area, link, part.rect);
        record(frame,
            {.id = id,
                .role = Role::Link,
                .name = std::string{part.text.substr(0, kSpokenBytes)},
                .value = link.target.href,
                .states = {.focused = focused},
                .rect = part.rect});
    }
    if (!hovered)
        return false;
    frame.result.cursor = FrameResult::Cursor::Hand;
    if (grab.asks_for_menu)
        offer_link(frame, link);
    if (grab.clicked)
        follow(frame, area, link, part.rect);
    return grab.clicked;
}

void draw_links_in_lines(Frame& frame, ImGuiID area, Grab const& grab, TextStyle const& style, Rect const& rect,
    std::string_view text, std::span<LinkSpan const> set, std::vector<std::string_view> const& lines)
{
    float const line_height = rect.h / static_cast<float>(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string_view const line = lines[i].substr(0, fit(frame, style, lines[i], rect.w).bytes);
        auto const begin = static_cast<std::size_t>(line.data() - text.data());
        for (TextLink const& link : find_links(text, set, begin, begin + line.size())) {
            std::size_t const from = std::max(link.begin, begin) - begin;
            std::size_t const to = std::min(link.end - begin, line.size());
            float const x = measure(frame, style, line.substr(0, from));
            float const width = measure(frame, style, line.substr(from, to - from));
            draw_link(frame, area, grab, link,
                {.text = line.substr(from, to - from),
                    .rect = {rect.x + x, rect.y + static_cast<float>(i) * line_height, width, line_height},
                    .ink = style.color});
        }
    }
}

void draw_refused_link(Frame& frame)
{
    constexpr Duration kShownFor = std::chrono::seconds{8};
    auto const& refused = frame.state.refused_link;
    if (!refused || frame.now >= refused->at + kShownFor)
        return;
    frame.wake_at(refused->at + kShownFor);
    constexpr float kWidth = 420;
    constexpr float kAboveBottom = 64;
    constexpr std::size_t kMostLines = 6;
    Theme const& theme = frame.theme;
    ImVec2 const screen = ImGui::GetIO().DisplaySize;
    TextStyle const style = body(theme.notice_text);
    float const room = std::min(kWidth, screen.x - 32) - 28;
    auto const lines = wrap(frame, style, refused->why, room, kMostLines);
    Rect box{0, 0, room + 28, static_cast<float>(lines.size()) * kBodyLine + 20};
    box.x = frame.snap((screen.x - box.w) / 2);
    box.y = frame.snap(screen.y - kAboveBottom - box.h);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(screen);
    ImGui::Begin("##refused-link", nullptr,
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoSavedSettings
            | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    shadow(frame, box, kRadius, kRaised);
    fill(frame, box, theme.notice_ground, kRadius);
    border(frame, box, mixed(theme.notice_text, theme.notice_ground, 0.35f), kRadius);
    draw_lines(frame, style, {box.x + 14, box.y + 10}, room, kBodyLine, lines);
    record_text(frame, make_id("refused-link"), box, refused->why, Role::Alert);
    ImGui::End();
}

} // namespace pev::ui
