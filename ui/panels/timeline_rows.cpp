#include "ui/panels/timeline_rows.h"

#include "shared/base/terminal_text.h"
#include "shared/view/format.h"
#include "ui/frame.h"
#include "ui/panels/group_summary.h"
#include "ui/panels/step_row.h"
#include "ui/text.h"
#include "ui/times.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/step_marks.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pev::ui {

namespace {

    constexpr float kPlainHeight = 58; // name, then key and type
    constexpr float kExtraLine = 20;
    constexpr float kSecondNameLine = 18;
    constexpr float kPillLine = 24;
    constexpr float kLeastNameWidth = 110;
    constexpr float kMaxWordWidth = 4'000;
    constexpr float kTickingWidth = 54; // "59m 59s", "99d 23h"
    constexpr float kRoomyList = 400;

    // As wide as the fixed-width font makes it, or a little wider; of no more than anybody could show.
    float key_width(Frame const& frame, std::string const& key)
    {
        constexpr std::size_t kLooked = 200;
        auto const characters
            = std::count_if(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(std::min(kLooked, key.size())),
                [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        return static_cast<float>(characters) * mono_advance(frame);
    }

} // namespace

float timeline_indent(std::uint32_t depth, float list_width)
{
    constexpr float kFirst = 21;
    if (depth == 0)
        return 0;
    return kFirst + static_cast<float>(depth - 1) * (list_width < kRoomyList ? 13.0f : 18.0f);
}

bool shows_personality(StepRun const& step)
{
    return step.personality && !step.personality->name.empty();
}

bool shows_error(StepRun const& step)
{
    return step.state.kind != ExecutionState::Success && !step.error.empty() && step.error != "null";
}

bool TimelineRows::update(Frame const& frame, float width)
{
    RunModel const& run = *frame.state.run;
    Timeline const& timeline = frame.state.derived.timeline;
    Source source{.run_id = run.id,
        .order_revision = run.order_revision,
        .over = run.over(),
        .width = width,
        .density = frame.density,
        .today = date_of(frame.now, frame.utc_offset()).time_since_epoch().count(),
        .timeline_revision = frame.state.derived.timeline_revision,
        .filtered = frame.state.view.filter.active(),
        .group_open = frame.state.view.group_open};
    if (source == source_ && finished_)
        return true;
    if (!source.same_steps(source_)) {
        shapes_.clear();
        widths_ = {};
    }
    source_ = std::move(source);
    finished_ = false;
    may_measure_ = frame.environment.rows_at_once;
    utc_offset_ = frame.utc_offset()(frame.now);

    shapes_.resize(run.steps.size());
    rows_.clear();
    rows_.reserve(timeline.entries.size());
    boxes_.clear();
    row_of_step_.assign(run.steps.size(), kNoBox);
    row_of_entry_.assign(timeline.entries.size(), 0);
    box_of_group_.assign(timeline.groups.size(), kNoBox);
    box_ = kNoBox;
    height_ = 0;

    std::uint32_t next_group = 0;
    auto const groups = static_cast<std::uint32_t>(timeline.groups.size());
    auto const entries = static_cast<std::uint32_t>(timeline.entries.size());
    auto const show = [&](std::uint32_t entry) {
        auto const row = static_cast<std::uint32_t>(rows_.size() - 1);
        row_of_entry_[entry] = row;
        row_of_step_[timeline.entries[entry].step] = row;
    };
    for (std::uint32_t entry = 0; entry < entries;) {
        while (box_ != kNoBox && timeline.groups[boxes_[box_].group].end <= entry)
            close_box();
        bool folded = false;
        while (!folded && next_group < groups && timeline.groups[next_group].first == entry) {
            open_box(frame, next_group++, width);
            folded = boxes_[box_].folded;
        }
        if (!folded) {
            if (!place_step(frame, timeline.entries[entry].step, width))
                return false;
            show(entry++);
            continue;
        }
        std::uint32_t const end = timeline.groups[boxes_[box_].group].end;
        place_summary(frame, width);
        while (entry < end)
            show(entry++);
        while (next_group < groups && timeline.groups[next_group].first < end)
            ++next_group;
    }
    while (box_ != kNoBox)
        close_box();
    lay_rails(timeline);
    finished_ = true;
    return true;
}

void TimelineRows::open_box(Frame const& frame, std::uint32_t group, float)
{
    height_ += kGroupMarginY;
    TimelineGroup const& at = frame.state.derived.timeline.groups[group];
    box_of_group_[group] = static_cast<std::uint32_t>(boxes_.size());
    boxes_.push_back({.group = group,
        .parent = box_,
        .first_row = static_cast<std::uint32_t>(rows_.size()),
        .top = height_,
        .depth = static_cast<std::uint8_t>(box_ == kNoBox ? 0 : boxes_[box_].depth + 1),
        .folded = frame.state.is_folded(at)});
    box_ = box_of_group_[group];
    height_ += kGroupCaption;
}

void TimelineRows::close_box()
{
    TimelineBox& box = boxes_[box_];
    height_ += kGroupBottom;
    box.height = height_ - box.top;
    box.rows = static_cast<std::uint32_t>(rows_.size()) - box.first_row;
    height_ += kGroupMarginY;
    box_ = box.parent;
}

void TimelineRows::place_summary(Frame const& frame, float width)
{
    TimelineBox const& box = boxes_[box_];
    Timeline const& timeline = frame.state.derived.timeline;
    TimelineGroup const& group = timeline.groups[box.group];
    float const indent = timeline_indent(box.depth + 1U, width) + kGroupMarginRight * static_cast<float>(box.depth + 1);
    float const height = group_summary_height(frame, group, width - 2 * kListMargin - indent);
    rows_.push_back({.top = height_,
        .step = timeline.entries[group.first].step,
        .box = box_,
        .height = static_cast<std::uint16_t>(height),
        .depth = static_cast<std::uint8_t>(box.depth + 1),
        .summary = true});
    height_ += rows_.back().height;
}

bool TimelineRows::place_step(Frame const& frame, std::uint32_t step, float width)
{
    auto const depth = static_cast<std::uint32_t>(box_ == kNoBox ? 0 : boxes_[box_].depth + 1);
    Shape& shape = shapes_[step];
    StepRun const& at = frame.state.run->steps[step];
    if (!shape.holds(at, depth, frame.state.round_of(at))) {
        if (may_measure_ == 0)
            return false;
        --may_measure_;
        shape = shape_of(frame, at, depth, width);
    }
    StepSearch const& search = frame.state.derived.search;
    bool const hits = search.active() && search.hits()[step].inside() > 0;
    rows_.push_back({.top = height_,
        .step = step,
        .box = box_,
        .height = static_cast<std::uint16_t>(shape.height + (hits ? kExtraLine : 0)),
        .duration_width = shape.duration_width,
        .depth = shape.depth,
        .two_lines = shape.two_lines,
        .pill_below = shape.pill_below,
        .times_below = shape.times_below,
        .hits = hits});
    height_ += rows_.back().height;
    return true;
}

TimelineRows::Shape TimelineRows::shape_of(Frame const& frame, StepRun const& step, std::uint32_t depth, float width)
{
    Shape shape{.revision = step.revision,
        .round = frame.state.round_of(step),
        .depth = static_cast<std::uint8_t>(depth),
        .known = true};

    float const line = width - 2 * kListMargin - timeline_indent(depth, width)
        - kGroupMarginRight * static_cast<float>(depth) - kRowPaddingLeft - kRowPaddingRight;
    float const room = line - icon_width(frame, step.type.kind) - kIconToName;
    float const duration = duration_width(frame, step);
    float const beside_pill = room - state_pill_width(frame, step.state) - kIconToName - duration;
    shape.duration_width = static_cast<std::uint16_t>(duration);
    float const name = measure(frame, body_medium(0), step.title(), room);
    shape.pill_below = beside_pill < std::min(kLeastNameWidth, name);
    shape.two_lines = name > (shape.pill_below ? room - duration : beside_pill);
    shape.times_below = !times_fit(frame, step, line);

    float height = kPlainHeight;
    if (shape.two_lines)
        height += kSecondNameLine;
    if (shape.pill_below)
        height += kPillLine;
    for (bool const extra : {shape.times_below, shows_personality(step), shows_error(step)})
        height += extra ? kExtraLine : 0.0f;
    shape.height = static_cast<std::uint16_t>(height);
    return shape;
}

bool TimelineRows::times_fit(Frame const& frame, StepRun const& step, float room)
{
    if (!step.started_at)
        return true;
    float width = key_width(frame, step.key) + type_width(frame, step.type) + kTimesGap + times_width(frame, step);
    if (frame.state.round_of(step) > 0)
        width += measure(frame, tabular(small(0)), " · " + round_words(frame, step));
    if (step.attempt_number() > 1)
        width += measure(frame, tabular(small(0)), " · " + attempt_words(step));
    return width <= room;
}

void TimelineRows::lay_rails(Timeline const& timeline)
{
    for (std::vector<TimelineRail>& rails : rails_)
        rails.clear();
    for (TimelineBranch const& branch : timeline.branches) {
        std::uint32_t const around = branch.group == kNoGroup ? kNoBox : box_of_group_[branch.group];
        bool const is_seen = branch.group == kNoGroup || (around != kNoBox && !boxes_[around].folded);
        if (!is_seen)
            continue;
        // Where the branch begins or ends with a group, the rail goes to its box.
        auto const box_within = [&](TimelineRow const& row) -> TimelineBox const* {
            if (row.box == around)
                return nullptr;
            std::uint32_t box = row.box;
            while (boxes_[box].parent != around)
                box = boxes_[box].parent;
            return &boxes_[box];
        };
        TimelineRow const& first = rows_[row_of_entry_[branch.first]];
        TimelineRow const& last = rows_[row_of_entry_[branch.end - 1]];
        TimelineBox const* const first_box = box_within(first);
        TimelineBox const* const last_box = box_within(last);
        rails_[around == kNoBox ? 0 : boxes_[around].depth + 1U].push_back(
            {.from = first_box != nullptr ? first_box->top : first.top + kRowNodeY,
                .to = last_box != nullptr ? last_box->top + last_box->height : last.top + kRowNodeY});
    }
}

float TimelineRows::state_pill_width(Frame const& frame, StateName const& state)
{
    if (state.kind == ExecutionState::Unknown)
        return pill_width(frame, state);
    float& known = widths_.pills[static_cast<std::size_t>(state.kind)];
    if (known == 0)
        known = pill_width(frame, state);
    return known;
}

float TimelineRows::icon_width(Frame const& frame, StepType type)
{
    float& known = widths_.icons[static_cast<std::size_t>(type)];
    if (known == 0)
        known = step_icon_width(frame, type, kBody);
    return known;
}

float TimelineRows::type_width(Frame const& frame, TypeName const& type)
{
    auto const measured = [&] { return measure(frame, small(0), " · " + without_escapes(type.word), kMaxWordWidth); };
    if (type.kind == StepType::Unknown)
        return measured();
    float& known = widths_.types[static_cast<std::size_t>(type.kind)];
    if (known == 0)
        known = measured();
    return known;
}

// Times of one form are about as wide as each other.
float TimelineRows::times_width(Frame const& frame, StepRun const& step)
{
    auto const day = [&](Instant at) {
        return std::chrono::floor<std::chrono::days>(at + utc_offset_).time_since_epoch().count();
    };
    bool const other_day = day(*step.started_at) != source_.today;
    auto const end = frame.state.run->end_of(step);
    bool const ended = end.has_value();
    bool const over_midnight = ended && day(*end) != day(*step.started_at);
    float& known = widths_.times[(other_day ? 1U : 0U) + (ended ? 2U : 0U) + (over_midnight ? 4U : 0U)];
    if (known == 0)
        known = measure(frame, {.size = kTiny, .tabular = true}, time_span_words(frame, *step.started_at, end));
    return known + (other_day ? 8.0f : 1.0f); // months differ
}

// Of a timer that ticks, room that does not change meanwhile. Those that have stopped are mostly short, and told in tenths of a
// second: few words, measured once each.
float TimelineRows::duration_width(Frame const& frame, StepRun const& step)
{
    auto const measured = [&](bool& ticks) {
        std::string const words = step_duration(frame, step, ticks);
        return words.empty() ? 0 : std::ceil(measure(frame, tabular(small(0)), words)) + kIconToName;
    };
    bool ticks = false;
    if (!step.started_at || !step.completed_at) {
        float const needed = measured(ticks);
        return ticks ? std::max(kTickingWidth, needed) : needed;
    }
    auto const tenths = (*step.completed_at - *step.started_at) / std::chrono::milliseconds{100};
    if (tenths < 0 || tenths >= std::ssize(widths_.durations))
        return measured(ticks);
    float& known = widths_.durations[static_cast<std::size_t>(tenths)];
    if (known == 0)
        known = measured(ticks);
    return known;
}

std::size_t TimelineRows::row_at(double y) const
{
    auto const found = std::upper_bound(
        rows_.begin(), rows_.end(), y, [](double at, TimelineRow const& row) { return at < row.top + row.height; });
    return static_cast<std::size_t>(found - rows_.begin());
}

std::size_t TimelineRows::row_of(std::size_t step) const
{
    return step < row_of_step_.size() && row_of_step_[step] != kNoBox ? row_of_step_[step] : rows_.size();
}

} // namespace pev::ui
