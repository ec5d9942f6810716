#include "ui/panels/step_row.h"

#include "shared/base/terminal_text.h"
#include "shared/base/text.h"
#include "shared/view/format.h"
#include "ui/draw.h"
#include "ui/ids.h"
#include "ui/interaction.h"
#include "ui/text.h"
#include "ui/times.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/selectable_text.h"
#include "ui/widgets/step_marks.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pev::ui {

namespace {

    constexpr float kNameLine = 20;
    constexpr float kSubLine = 18;
    constexpr float kExtraLine = 20;
    constexpr std::size_t kErrorCharacters = 300;
    constexpr std::size_t kSpokenCharacters = 300;

    std::string describe(std::string_view word, JsonText const& text)
    {
        auto const error = look_at_error(text);
        if (!error)
            return {};
        return std::string{word} + ": "
            + one_line(error->message.empty() ? error->other : error->message, kErrorCharacters);
    }
    std::string describe_error(JsonText const& text)
    {
        return describe("Error", text);
    }
    std::string describe_earlier_error(JsonText const& text)
    {
        return describe("Error before", text);
    }

    std::string_view error_preview(Frame& frame, ImGuiID id, StepRun const& step)
    {
        bool const earlier = step.has_earlier_error();
        return frame.memory.summaries.of(make_id(earlier ? "error-before" : "error", id), step.revision, step.error,
            earlier ? describe_earlier_error : describe_error);
    }

    std::string times_of(Frame const& frame, StepRun const& step)
    {
        if (!step.started_at)
            return {};
        RunModel const& run = *frame.state.run;
        auto const end = run.end_of(step);
        bool const goes_on = step.state.kind == ExecutionState::Running && !run.over();
        return end || goes_on ? time_span_words(frame, *step.started_at, end) : time_words(frame, *step.started_at);
    }

    std::string times_in_full(Frame const& frame, StepRun const& step)
    {
        std::string words = "Started " + time_in_full(frame, *step.started_at);
        if (auto const end = frame.state.run->end_of(step))
            words += (step.completed_at ? "\nEnded " : "\nThe run ended ") + time_in_full(frame, *end);
        return words;
    }

    void explain_times(Frame& frame, StepRun const& step, ImGuiID id, Rect const& target)
    {
        if (hovers(target))
            explain(frame, id, target, true, times_in_full(frame, step));
    }

    // A row while it is drawn.
    struct Row {
        Frame& frame;
        StepRun const& step;
        TimelineRow const& shape;
        ImGuiID id;
        SelectableParts& texts;
    };

    // The step's name, and its state beside or under it. Returns where the next line starts.
    float draw_name(Row const& drawn, Rect const& box)
    {
        auto const& [frame, step, row, id, texts] = drawn;
        Theme const& theme = frame.theme;
        BareText const bare{step.title()};
        std::string_view const title = bare.text();
        Needle const& wanted = frame.state.derived.search.needle();
        float const icon = step_icon_width(frame, step.type.kind, kBody);
        float const name_x = box.x + icon + kIconToName;
        float const pill = pill_width(frame, step.state);
        bool ticks = false;
        std::string const duration = step_duration(frame, step, ticks);
        if (ticks)
            frame.tick();
        auto const duration_room = static_cast<float>(row.duration_width);
        float const lines_height = row.two_lines ? kNameLine + 18 : kNameLine;

        float const beside = right(box) - name_x - duration_room;
        float const room = row.pill_below ? beside : beside - pill - kIconToName;
        TextStyle const style = body_medium(theme.text);
        float name_width = 0;
        bool cut = false;
        if (row.two_lines) {
            auto const lines = wrap(frame, style, title, room, 2);
            for (std::size_t i = 0; i < lines.size(); ++i)
                draw_marks(frame, style, {name_x, box.y + 1 + static_cast<float>(i) * kBodyLine, room, kBodyLine},
                    lines[i], wanted);
            cut = texts.lines(style, {name_x, box.y + 1}, room, kBodyLine, title, lines);
            // The state stands at the end, as beside any text that fills its lines.
            name_width = beside + duration_room - pill - kIconToName
                - (duration.empty() ? 0 : kIconToName + measure(frame, tabular(small(0)), duration));
        } else {
            Rect const line{name_x, box.y, room, kNameLine};
            draw_marks(frame, style, line, title, wanted);
            Drawn const name = texts.line(style, line, title);
            name_width = name.width;
            cut = name.cut;
        }
        Rect const name_box{name_x, box.y, name_width, lines_height};
        if (cut)
            explain(frame, make_id("name", id), name_box, hovers(name_box), title);

        draw_step_icon(frame, step.type.kind, {box.x, box.y}, lines_height, kBody);
        Rect const duration_box{right(box) - duration_room, box.y, duration_room, lines_height};
        TextStyle const quiet = tabular(small(theme.muted));
        float const duration_width = std::min(duration_room, measure(frame, quiet, duration));
        texts.line(quiet, {right(box) - duration_width, box.y, duration_width, lines_height}, duration);
        if (!duration.empty())
            explain_times(frame, step, make_id("duration", id), duration_box);
        if (!row.pill_below) {
            draw_pill(frame, {name_x + name_width + kIconToName, box.y + (lines_height - kPillHeight) / 2}, step.state);
            return box.y + lines_height;
        }
        draw_pill(frame, {box.x, box.y + lines_height + 3}, step.state);
        return box.y + lines_height + 24;
    }

    // Key, type and attempt on the left, times on the right or on a line of their own. Returns where the next line starts.
    float draw_sub_line(Row const& drawn, Rect const& box)
    {
        auto const& [frame, step, row, id, texts] = drawn;
        Theme const& theme = frame.theme;
        Needle const& wanted = frame.state.derived.search.needle();
        TextStyle const quiet = tabular(small(theme.subtle));
        TextStyle const key_style = mono(theme.subtle);
        TextStyle const clock{.size = kTiny, .color = theme.subtle, .tabular = true};
        std::string const times = times_of(frame, step);
        float const times_width = measure(frame, clock, times);
        float const room = times.empty() || row.times_below ? box.w : box.w - times_width - kTimesGap;
        std::string rest = (step.key.empty() ? "" : " · ") + without_escapes(step.type.word);
        std::string const round = round_words(frame, step);
        if (!round.empty())
            rest += " · " + round;
        std::string const attempt = attempt_words(step);
        if (!attempt.empty())
            rest += " · " + attempt;
        // A long key leaves room for what is behind it.
        BareText const bare{step.key};
        std::string_view const shown_key = bare.text();
        float const behind_key = std::max(room * 0.6f, room - measure(frame, key_style, shown_key, room));
        float const rest_width = std::min(behind_key, measure(frame, quiet, rest, room) + 1);
        Rect const key_box{box.x, box.y, room - rest_width, box.h};
        draw_marks(frame, key_style, key_box, shown_key, wanted);
        Drawn const key = texts.line(key_style, key_box, shown_key);
        Rect const rest_box{box.x + key.width, box.y, rest_width, box.h};
        draw_marks(frame, quiet, rest_box, rest, wanted);
        if (texts.line(quiet, rest_box, rest).cut || key.cut) {
            Rect const both{box.x, box.y, key.width + rest_width, box.h};
            explain(frame, make_id("key", id), both, hovers(both), std::string{shown_key} + rest);
        }
        if (times.empty())
            return bottom(box) + 3;
        float const times_y = row.times_below ? box.y + kExtraLine : box.y;
        float const times_x = row.times_below ? box.x : right(box) - times_width;
        Rect const target{times_x, times_y, std::min(times_width, box.w), box.h};
        texts.line(clock, target, times);
        explain_times(frame, step, make_id("times", id), target);
        return times_y + box.h + 3;
    }

    // Where in the step the search text was found.
    void draw_hits(Frame const& frame, StepHits const& hits, Rect const& box)
    {
        TextStyle const style = small(frame.theme.text);
        std::string const words = describe_hits(hits);
        Rect const ground{box.x - 2, box.y, std::min(box.w, measure(frame, style, words, box.w) + 10), box.h};
        fill(frame, ground, frame.theme.mark, 4);
        draw_cut(frame, style, {box.x + 3, box.y, box.w - 6, box.h}, words);
    }

    // What the row's menu copies.
    struct Offer {
        MenuItem item;
        std::optional<Action> action; // nothing: what is selected
    };
    std::vector<Offer> copies_of(Frame const& frame, StepRun const& step, bool has_selection)
    {
        std::vector<Offer> offers;
        if (has_selection)
            offers.push_back({.item = {.label = "Copy", .hint = copy_hint()}, .action = {}});
        offers.push_back({.item = {.label = "Copy name"}, .action = CopyText{without_escapes(step.title())}});
        offers.push_back({.item = {.label = "Copy key"}, .action = CopyText{step.key}});
        if (!frame.state.options.page.empty())
            offers.push_back({.item = {.label = "Copy link to step"}, .action = CopyLinkToStep{step.ref}});
        if (auto const error = look_at_error(step.error)) // the last: it can come while the menu is open
            offers.push_back({.item = {.label = "Copy error"}, .action = CopyText{error_in_words(*error)}});
        return offers;
    }

    void use_menu(Frame& frame, StepRun const& step, ImGuiID id, SelectableParts& texts)
    {
        if (texts.grab().asks_for_menu) {
            std::vector<MenuItem> items;
            for (Offer& offer : copies_of(frame, step, texts.has_selection()))
                items.push_back(std::move(offer.item));
            open_context_menu(frame, id, std::move(items));
        }
        auto const chosen = menu_choice(frame, id);
        if (!chosen)
            return;
        std::vector<Offer> offers = copies_of(frame, step, texts.has_selection());
        if (*chosen >= offers.size())
            return;
        if (std::optional<Action>& action = offers[*chosen].action)
            frame.act(std::move(*action));
        else
            texts.copy();
    }

    void select(Frame& frame, StepRun const& step)
    {
        frame.act(SelectStep{step.ref});
        frame.memory.focus = make_id("timeline");
        frame.memory.focus_visible = false;
        frame.memory.clicked_step = step.ref;
    }

    std::string spoken_value(Frame const& frame, StepRun const& step)
    {
        std::string value = step_label_in_full(frame, step.state);
        std::string const round = round_words(frame, step);
        if (!round.empty())
            value += ", " + round;
        std::string const attempt = attempt_words(step);
        if (!attempt.empty())
            value += ", " + attempt;
        bool ticks = false;
        std::string const duration = step_duration(frame, step, ticks);
        if (!duration.empty())
            value += ", " + duration;
        StepSearch const& search = frame.state.derived.search;
        std::string const hits = search.active()
            ? describe_hits(search.hits()[static_cast<std::size_t>(&step - frame.state.run->steps.data())])
            : "";
        if (!hits.empty())
            value += ", " + hits;
        return value;
    }

} // namespace

std::string step_duration(Frame const& frame, StepRun const& step, bool& ticks)
{
    ticks = false;
    if (!step.started_at)
        return {};
    if (auto const end = frame.state.run->end_of(step))
        return format_duration(*end - *step.started_at);
    if (step.state.kind != ExecutionState::Running || frame.state.run->over())
        return {};
    ticks = true;
    return format_ticking(frame.server_now - *step.started_at);
}

std::string attempt_words(StepRun const& step)
{
    if (step.attempt_number() <= 1)
        return {};
    return "Attempt " + std::to_string(step.attempt_number()) + "/" + std::to_string(step.attempt_limit());
}

std::string round_words(Frame const& frame, StepRun const& step)
{
    std::uint32_t const round = frame.state.round_of(step);
    return round == 0 ? std::string{} : "round " + format_count(round);
}

void draw_step_row(Frame& frame, StepRun const& step, TimelineRow const& row, StepRowPlace const& place)
{
    Theme const& theme = frame.theme;
    Rect const& rect = place.rect;
    ImGuiID const id = make_id("step", step.ref);
    SelectableParts texts{frame, id, rect};
    Grab const& grab = texts.grab();
    bool const double_click = grab.begins && grab.clicks > 1; // on what has come here since the first click
    if (grab.clicked || (double_click && !place.selected))
        select(frame, step);
    if (grab.hovered)
        frame.result.cursor = FrameResult::Cursor::Hand;
    use_menu(frame, step, id, texts);

    Color ground = theme.panel;
    if (place.selected)
        ground = theme.selected;
    else if (texts.held())
        ground = theme.pressed;
    else if (grab.hovered)
        ground = theme.hover;
    if (ground != theme.panel)
        fill(frame, rect, ground, kRadius);
    if (place.selected)
        border(frame, rect, theme.accent, kRadius, place.list_focused ? 2.5f : 1.5f);

    auto const index = static_cast<std::size_t>(&step - frame.state.run->steps.data());
    bool const current = frame.state.derived.current_step == index;
    ImVec2 const node{rect.x + kRowNode, rect.y + kRowNodeY};
    if (current)
        ImGui::GetWindowDrawList()->AddCircleFilled(
            node, kNodeSize / 2 + 3.5f, faded(state_color(step.state.kind), 0.18f), 32);
    draw_state_node(frame, step.state.kind, node, ground);

    float const x = rect.x + kRowPaddingLeft;
    float const width = rect.w - kRowPaddingLeft - kRowPaddingRight;
    Row const drawn{frame, step, row, id, texts};
    float y = draw_name(drawn, {x, rect.y + kRowPaddingY, width, kNameLine}) + 2;
    y = draw_sub_line(drawn, {x, y, width, kSubLine});
    if (shows_personality(step)) {
        std::string_view constexpr kMask = "🎭";
        TextStyle const style = small(theme.personality);
        draw_text(frame, style, {x, y}, kSmallLine, kMask);
        float const mask = measure(frame, style, kMask) + 3;
        Rect const box{x + mask, y, width - mask, kSmallLine};
        if (texts.line(style, box, step.personality->name).cut)
            explain(frame, make_id("personality", id), box, hovers(box), step.personality->name);
        y += kExtraLine;
    }
    if (shows_error(step)) {
        Rect const box{x, y, width, kSmallLine};
        std::string_view const error = error_preview(frame, id, step);
        if (texts.line(small(theme.error_text), box, error).cut)
            explain(frame, make_id("error-text", id), box, hovers(box), error);
        y += kExtraLine;
    }
    if (row.hits)
        draw_hits(frame, frame.state.derived.search.hits()[index], {x, y, width, kSmallLine});

    texts.finish();

    record(frame,
        {.id = id,
            .role = Role::Option,
            .name = std::string{step.title().substr(0, kSpokenCharacters)},
            .value = spoken_value(frame, step),
            .states = {.selected = place.selected, .current = current, .focused = place.selected && place.list_focused},
            .rect = rect});
}

} // namespace pev::ui
