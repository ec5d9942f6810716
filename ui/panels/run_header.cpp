#include "ui/panels/run_header.h"

#include "shared/base/text.h"
#include "shared/base/unicode.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/flow.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/panels/export_menu.h"
#include "ui/panels/mode_words.h"
#include "ui/panels/run_progress.h"
#include "ui/text.h"
#include "ui/times.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/selectable_text.h"

#include <string>
#include <vector>

namespace pev::ui {

namespace {

    using namespace std::chrono_literals;

    constexpr float kMetaLine = 17;
    constexpr Flow::Spacing kMetaSpacing{.gap = 18, .line = kMetaLine, .row_gap = 5};
    constexpr float kBadgeGap = 10;
    constexpr float kCopyIcon = 12;
    constexpr float kCopyGap = 5;
    constexpr std::size_t kMostShownCharacters = 200;

    struct Padding {
        float x, top, bottom;
    };
    Padding padding_of(Frame const& frame)
    {
        return frame.narrow ? Padding{14, 12, 12} : Padding{20, 14, 12};
    }

    struct Meta {
        ImGuiID id;
        std::string_view label;
        std::string value;
        std::string tooltip;
        enum class Kind : std::uint8_t { Plain, Timer, RunId, Retry, Export } kind = Kind::Plain;
    };

    std::string shorten_run_id(std::string const& id)
    {
        // A UUID is told by its beginning.
        constexpr std::size_t kUuid = 36;
        constexpr std::size_t kShown = 8;
        return id.size() == kUuid ? id.substr(0, kShown) : one_line(id, 24);
    }

    std::string run_duration(Frame& frame, RunModel const& run)
    {
        if (run.completed_at)
            return format_duration(*run.completed_at - *run.started_at);
        frame.tick();
        return format_ticking(frame.server_now - *run.started_at);
    }

    std::string times_in_full(Frame const& frame, RunModel const& run)
    {
        std::string words = "Started " + time_in_full(frame, *run.started_at);
        if (run.completed_at)
            words += "\nEnded " + time_in_full(frame, *run.completed_at);
        return words;
    }

    std::vector<Meta> collect_meta(Frame& frame, RunModel const& run)
    {
        std::vector<Meta> items;
        bool const copied = frame.memory.copied == make_id("run-id") && frame.now < frame.memory.copied_until;
        items.push_back({make_id("run-id"), "Run", shorten_run_id(run.id),
            copied ? "Copied" : run.id + "\nClick to copy", Meta::Kind::RunId});
        if (run.playbook_version)
            items.push_back({make_id("version"), "Version", "v" + std::to_string(*run.playbook_version), {}});
        if (run.started_at) {
            items.push_back(
                {make_id("started"), "Started", time_words(frame, *run.started_at), times_in_full(frame, run)});
            if (run.completed_at || !run.over())
                items.push_back({make_id("duration"), "Duration", run_duration(frame, run), {},
                    run.over() ? Meta::Kind::Plain : Meta::Kind::Timer});
        }
        if (!run.started_at && run.created_at)
            items.push_back({make_id("created"), "Created", time_words(frame, *run.created_at),
                time_in_full(frame, *run.created_at)});
        if (!shows_nothing(run.triggered_by))
            items.push_back(
                {make_id("triggered"), "Triggered by", one_line(run.triggered_by, kMostShownCharacters), {}});
        if (!frame.environment.picture)
            items.push_back({make_id("export"), {}, {}, {}, Meta::Kind::Export});
        std::string const repair = repair_words(frame);
        if (!repair.empty())
            items.push_back({make_id("repair"), {}, repair, {}, Meta::Kind::Retry});
        return items;
    }

    TextStyle value_style(Frame const& frame, Meta const& item)
    {
        Theme const& theme = frame.theme;
        if (item.kind == Meta::Kind::RunId)
            return mono(theme.muted);
        if (item.kind == Meta::Kind::Retry)
            return tabular(small(theme.muted));
        return {
            .size = kSmall, .weight = Weight::Medium, .color = theme.text, .tabular = item.kind == Meta::Kind::Timer};
    }

    float label_width(Frame const& frame, Meta const& item)
    {
        return item.label.empty() ? 0 : measure(frame, small(0), item.label) + 3.5f;
    }

    constexpr std::string_view kRetryLabel = "Retry now";

    float meta_width(Frame const& frame, Meta const& item)
    {
        if (item.kind == Meta::Kind::Export)
            return export_menu_width(frame);
        float width = label_width(frame, item) + measure(frame, value_style(frame, item), item.value);
        if (item.kind == Meta::Kind::Retry)
            width += 8 + text_button_width(frame, kRetryLabel);
        if (item.kind == Meta::Kind::RunId)
            width += kCopyGap + kCopyIcon;
        return width;
    }

    void draw_run_id(Frame& frame, Meta const& item, Rect const& rect, ImVec2 at)
    {
        Rect const target = inset(rect, -3, (kMetaLine - frame.control_height(kMetaLine)) / 2);
        Press const pressed = press(frame, item.id, target);
        bool const copied = frame.memory.copied == item.id && frame.now < frame.memory.copied_until;
        TextStyle style = value_style(frame, item);
        if (pressed.hovered)
            style.color = frame.theme.link;
        draw_text(frame, style, at, kMetaLine, item.value);
        Rect const icon{right(rect) - kCopyIcon, middle_y(rect) - kCopyIcon / 2, kCopyIcon, kCopyIcon};
        draw_icon(
            frame, copied ? Icon::Check : Icon::Copy, icon, pressed.hovered ? style.color : frame.theme.subtle, 1.2f);
        if (pressed.focused)
            focus_ring(frame, inset(rect, -2, 0), 4);
        explain(frame, item.id, rect, pressed.hovered, item.tooltip);
        if (pressed.clicked) {
            frame.act(CopyText{frame.state.run->id});
            frame.memory.copied = item.id;
            frame.memory.copied_until = frame.now + 1500ms;
        }
        if (copied)
            frame.wake_at(frame.memory.copied_until);
        record(frame,
            {.id = item.id,
                .role = Role::Button,
                .name = "Copy run id",
                .value = frame.state.run->id,
                .states = {.focused = pressed.focused},
                .rect = target});
    }

    void draw_meta_item(Frame& frame, Meta const& item, ImVec2 at, float width)
    {
        if (item.kind == Meta::Kind::Export)
            return draw_export_menu(frame, item.id, at, kMetaLine);
        Rect const rect{at.x, at.y, width, kMetaLine};
        draw_text(frame, small(frame.theme.muted), at, kMetaLine, item.label);
        ImVec2 const value_at{at.x + label_width(frame, item), at.y};
        if (item.kind == Meta::Kind::RunId) {
            draw_run_id(frame, item, rect, value_at);
            return;
        }
        TextStyle const style = value_style(frame, item);
        Rect const value{value_at.x, at.y, right(rect) - value_at.x, kMetaLine};
        if (item.kind == Meta::Kind::Retry) {
            draw_cut(frame, style, value, item.value);
            record_text(frame, item.id, rect, item.value, Role::Status);
            float const x = value_at.x + measure(frame, style, item.value) + 8;
            if (text_button(frame, make_id("retry", item.id), x, at.y, kMetaLine, kRetryLabel, {.strong = true}))
                frame.act(RetryConnection{});
            return;
        }
        selectable_line(frame, item.id, style, value, item.value);
        explain(frame, item.id, rect, hovers(rect), item.tooltip);
        Rect const label{at.x, at.y, value_at.x - at.x, kMetaLine};
        record_text(frame, make_id("term", item.id), label, std::string{item.label}, Role::Term);
        record_text(frame, item.id, value, item.value, Role::Definition);
    }

    // Returns the height.
    float draw_meta(Frame& frame, std::vector<Meta> const& items, ImVec2 at, float width)
    {
        Flow flow{{at.x, at.y, width, 0}, kMetaSpacing};
        for (Meta const& item : items) {
            float const needed = std::min(width, meta_width(frame, item));
            draw_meta_item(frame, item, flow.place(needed), needed);
        }
        return flow.height();
    }

    std::string_view title_of(RunModel const& run)
    {
        return shows_nothing(run.playbook_name) ? std::string_view{"Unnamed playbook"} : run.playbook_name;
    }

    // Where the room is small the rest comes by a tap: the list is what one came for.
    constexpr float kLeastRoomyHeight = 480;
    constexpr float kOneLineFrom = 560; // the width in which progress stands beside the name
    bool is_short()
    {
        return ImGui::GetIO().DisplaySize.y < kLeastRoomyHeight;
    }
    bool can_fold(Frame const& frame)
    {
        return !frame.environment.picture && (frame.narrow || is_short());
    }

    float title_line(Frame const& frame)
    {
        return frame.narrow ? 23.0f : 29.0f;
    }

    // The name and its badges. Returns the height.
    float draw_title(Frame& frame, RunModel const& run, ImVec2 at, float width)
    {
        bool const narrow = frame.narrow;
        TextStyle const style{.size = narrow ? kHeading : kTitle,
            .weight = Weight::Semibold,
            .color = frame.theme.text,
            .spacing = narrow ? 0.0f : -0.2f};
        float const line = title_line(frame);
        std::string const state = state_label(run.state);
        bool const in_bar = frame.narrow && !frame.environment.picture; // at the bottom of the screen
        ModeWords const mode = in_bar ? ModeWords{} : mode_words(frame);

        float badges = badge_width(frame, state, false);
        if (!mode.word.empty())
            badges += kBadgeGap + badge_width(frame, mode.word, mode.dot);
        std::string_view const name = title_of(run);
        float const name_width = measure(frame, style, name, width);
        float const beside = width - badges - kBadgeGap;
        bool const below = name_width > beside && !is_short(); // rather than cut the name
        float const name_room = below ? width : beside;
        float const shown_width = std::min(name_room, name_width);
        float const height
            = selectable_lines(frame, make_id("run-name"), style, at, shown_width, line, name, below && narrow ? 2 : 1);
        Rect const name_box{at.x, at.y, shown_width, height};
        record_text(frame, make_id("run-name"), name_box, std::string{name.substr(0, 500)}, Role::Heading);

        float x = below ? at.x : right(name_box) + kBadgeGap;
        float const y = frame.snap(below ? bottom(name_box) + 4 : at.y + (line - kBadgeHeight) / 2);
        Rect const state_box{x, y, badge_width(frame, state, false), kBadgeHeight};
        draw_badge(frame, {x, y}, state, state_color(run.state.kind), false);
        record_text(frame, make_id("run-state"), state_box, state, Role::Status);
        x = right(state_box) + kBadgeGap;
        if (!mode.word.empty()) {
            Rect const mode_box{x, y, badge_width(frame, mode.word, mode.dot), kBadgeHeight};
            draw_badge(frame, {x, y}, mode.word, mode.color, mode.dot);
            mode_target(frame, make_id("mode"), mode_box, mode);
        }
        return (below ? bottom(name_box) + 4 + kBadgeHeight : bottom(name_box)) - at.y;
    }

    void draw_fold_button(Frame& frame, Rect const& rect)
    {
        bool& open = frame.memory.header_open;
        ButtonLook const look{.icon = open ? Icon::Up : Icon::ChevronDown};
        if (!button(frame, make_id("fold-header"), rect, {}, look, open ? "Less about the run" : "More about the run"))
            return;
        open = !open;
        frame.wake_at(frame.now);
    }

    // All of the header, from `y` down; returns the height.
    float draw_content(Frame& frame, RunModel const& run, float y, float width)
    {
        Padding const padding = padding_of(frame);
        float const room = width - 2 * padding.x;
        ImVec2 const title_at{padding.x, y + padding.top};
        bool const foldable = can_fold(frame);
        float const fold_size = foldable ? frame.control_height(27) : 0;
        if (foldable)
            draw_fold_button(frame,
                {width - padding.x - fold_size, title_at.y + (title_line(frame) - fold_size) / 2, fold_size,
                    fold_size});
        if (foldable && !frame.memory.header_open) {
            float const beside = room - fold_size - 10;
            if (!frame.narrow || (is_short() && width >= kOneLineFrom)) {
                float const progress = std::round(beside / 3);
                float const height = draw_title(frame, run, title_at, beside - progress - 24);
                ImVec2 const at{padding.x + beside - progress, frame.snap(title_at.y + (height - kSmallLine) / 2)};
                draw_run_progress_line(frame, at, progress);
                return title_at.y + height + padding.bottom - y;
            }
            float const line_y = title_at.y + draw_title(frame, run, title_at, beside) + 8;
            return line_y + draw_run_progress_line(frame, {padding.x, line_y}, beside) + padding.bottom - y;
        }
        std::vector<Meta> const meta = collect_meta(frame, run);
        float const progress_width = frame.narrow ? room : run_progress_width(frame, room);
        float const left_width = frame.narrow ? room : room - progress_width - 24;

        float const title_width = foldable ? left_width - fold_size - 10 : left_width;
        float const meta_y = title_at.y + draw_title(frame, run, title_at, title_width) + 7;
        float const meta_end = meta_y + draw_meta(frame, meta, {padding.x, meta_y}, left_width);
        ImVec2 const progress_at
            = frame.narrow ? ImVec2{padding.x, meta_end + 10} : ImVec2{width - padding.x - progress_width, title_at.y};
        float const progress_end = progress_at.y + draw_run_progress(frame, progress_at, progress_width);
        return std::max(meta_end, progress_end) + padding.bottom - y;
    }

} // namespace

float draw_run_header(Frame& frame, float y, float width)
{
    RunModel const& run = *frame.state.run;
    record_open(frame,
        {.id = make_id("banner"),
            .role = Role::Banner,
            .name = "Run",
            .value = {},
            .states = {},
            .rect = {0, y, width, frame.memory.header_height}});
    // The ground, which lies under the text, is as high as the text turns out to be.
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.ChannelsSplit(2);
    list.ChannelsSetCurrent(1);
    float const height = std::round(draw_content(frame, run, y, width)) + 1;
    list.ChannelsSetCurrent(0);
    fill(frame, {0, y, width, height}, frame.theme.panel);
    horizontal_line(frame, 0, y + height - 1, width, frame.theme.line);
    list.ChannelsMerge();
    frame.semantics.close();
    frame.memory.header_height = height;
    return height;
}

} // namespace pev::ui
