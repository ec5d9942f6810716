#include "ui/panels/timeline_rows.h"

#include "ui/frame.h"
#include "ui/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/step_marks.h"

#include "imgui_internal.h"

#include <algorithm>

namespace pev::ui {

namespace {

    constexpr float kPlainHeight = 58; // name, then key and type
    constexpr float kPersonalityLine = 20;
    constexpr float kErrorLine = 20;
    constexpr float kSecondNameLine = 18;
    constexpr float kPillLine = 24;
    constexpr float kLeastNameWidth = 110;
    constexpr float kMaxNameWidth = 4'000; // wider than any two lines

    // Tells names apart well enough to know when to measure again, without reading long ones to the end.
    std::uint32_t mark_of(std::string const& name)
    {
        constexpr std::size_t kLooked = 48;
        auto const head = ImHashData(name.data(), std::min(name.size(), kLooked), static_cast<ImGuiID>(name.size()));
        std::size_t const tail = name.size() > kLooked ? name.size() - kLooked : name.size();
        return ImHashData(name.data() + tail, name.size() - tail, head) | 1U;
    }

} // namespace

bool shows_personality(StepRun const& step)
{
    return step.personality && !step.personality->name.empty();
}

bool shows_error(StepRun const& step)
{
    return step.state.kind != ExecutionState::Success && !step.error.empty() && step.error != "null";
}

void TimelineRows::update(Frame const& frame, float width)
{
    RunModel const& run = *frame.state.run;
    Timeline const& timeline = frame.state.derived.timeline;
    Filter const& filter = frame.state.view.filter;
    bool const same = run_id_ == run.id && revision_ == run.revision && groups_ == timeline.groups.data()
        && group_count_ == timeline.groups.size() && width_ == width && density_ == frame.density && filter_ == filter;
    if (same)
        return;
    if (run_id_ != run.id || density_ != frame.density) {
        names_.clear();
        pills_ = {};
    }
    run_id_ = run.id;
    revision_ = run.revision;
    groups_ = timeline.groups.data();
    group_count_ = timeline.groups.size();
    width_ = width;
    density_ = frame.density;
    filter_ = filter;

    names_.resize(run.steps.size());
    rows_.clear();
    rows_.reserve(timeline.step_count);
    boxes_.clear();
    height_ = 0;
    for (std::size_t group = 0; group < timeline.groups.size(); ++group) {
        TimelineGroup const& at = timeline.groups[group];
        if (!at.parallel()) {
            place(frame, at.steps.front(), false, width);
            continue;
        }
        height_ += kGroupMarginY;
        TimelineBox box{.group = static_cast<std::uint32_t>(group),
            .first_row = static_cast<std::uint32_t>(rows_.size()),
            .rows = static_cast<std::uint32_t>(at.steps.size()),
            .top = height_};
        height_ += kGroupCaption;
        for (std::size_t const step : at.steps)
            place(frame, step, true, width);
        height_ += kGroupBottom;
        box.height = height_ - box.top;
        boxes_.push_back(box);
        height_ += kGroupMarginY;
    }
}

void TimelineRows::place(Frame const& frame, std::size_t index, bool in_group, float width)
{
    StepRun const& step = frame.state.run->steps[index];
    TimelineRow row{.step = static_cast<std::uint32_t>(index), .top = height_, .in_group = in_group};
    float room = width - 2 * kListMargin - kRowPaddingLeft - kRowPaddingRight
        - step_icon_width(frame, step.type.kind, kBody) - kIconToName;
    if (in_group)
        room -= kGroupIndent + kGroupMarginRight;
    float const duration = step.started_at ? kDurationRoom : 0;
    float const beside_pill = room - state_pill_width(frame, step.state) - kIconToName - duration;
    row.pill_below = beside_pill < kLeastNameWidth;
    float const name = name_width(frame, index);
    row.two_lines = name > (row.pill_below ? room - duration : beside_pill);

    float height = kPlainHeight;
    if (row.two_lines)
        height += kSecondNameLine;
    if (row.pill_below)
        height += kPillLine;
    if (shows_personality(step))
        height += kPersonalityLine;
    if (shows_error(step))
        height += kErrorLine;
    row.height = static_cast<std::uint16_t>(height);
    rows_.push_back(row);
    height_ += row.height;
}

float TimelineRows::name_width(Frame const& frame, std::size_t step)
{
    std::string const& name = frame.state.run->steps[step].name;
    NameWidth& known = names_[step];
    std::uint32_t const mark = mark_of(name);
    if (known.mark != mark)
        known = {mark, measure(frame, body_medium(0), name, kMaxNameWidth)};
    return known.width;
}

float TimelineRows::state_pill_width(Frame const& frame, StateName const& state)
{
    if (state.kind == ExecutionState::Unknown)
        return pill_width(frame, state);
    float& known = pills_[static_cast<std::size_t>(state.kind)];
    if (known == 0)
        known = pill_width(frame, state);
    return known;
}

std::size_t TimelineRows::row_at(double y) const
{
    auto const found = std::upper_bound(
        rows_.begin(), rows_.end(), y, [](double at, TimelineRow const& row) { return at < row.top + row.height; });
    return static_cast<std::size_t>(found - rows_.begin());
}

std::size_t TimelineRows::box_at(double y) const
{
    auto const found = std::upper_bound(
        boxes_.begin(), boxes_.end(), y, [](double at, TimelineBox const& box) { return at < box.top + box.height; });
    return static_cast<std::size_t>(found - boxes_.begin());
}

std::size_t TimelineRows::row_of(std::size_t step) const
{
    auto const found
        = std::find_if(rows_.begin(), rows_.end(), [&](TimelineRow const& row) { return row.step == step; });
    return static_cast<std::size_t>(found - rows_.begin());
}

} // namespace pev::ui
