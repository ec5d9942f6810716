#include "shared/run/model.h"

#include "shared/base/unicode.h"
#include "shared/run/order.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // How likely it is that the server means this step of several: the greater, the more.
    struct Meant {
        enum State : std::uint8_t { IsToBegin, IsOver, Waits, Runs };
        State state = IsToBegin;
        std::optional<Instant> started_at;
        auto operator<=>(Meant const&) const = default;
    };
    Meant how_likely(StepRun const& step, std::optional<Instant> at)
    {
        // Two clocks stamp what happens and when a step began.
        constexpr Duration kClocks = std::chrono::seconds{1};
        if (at && step.started_at && *step.started_at > *at + kClocks)
            return {};
        int const rank = rank_of(step.state.kind);
        if (rank == 0)
            return {.state = Meant::Waits, .started_at = {}};
        return {.state = rank == 2 ? Meant::IsOver : Meant::Runs, .started_at = step.started_at};
    }

} // namespace

std::string_view StepRun::title() const
{
    if (!shows_nothing(name))
        return name;
    return shows_nothing(key) ? std::string_view{"(a step without name and key)"} : std::string_view{key};
}

bool StepRun::has_earlier_error() const
{
    if (error.empty() || error == "null")
        return false;
    switch (state.kind) {
    case ExecutionState::Queued:
    case ExecutionState::WaitingForDependencies:
    case ExecutionState::Running:
    case ExecutionState::Success:
        return true;
    case ExecutionState::Blocked: // perhaps the reason
        return attempt_number() > 1;
    default:
        return false;
    }
}

std::size_t StepRun::log_bytes() const
{
    std::size_t bytes = logs.bytes();
    for (PastAttempt const& before : past)
        bytes += before.log ? before.log->bytes() : 0;
    return bytes;
}

std::size_t StepRun::bytes_but_logs() const
{
    std::size_t bytes = sizeof(StepRun) + id.size() + key.size() + ref.size() + name.size() + input.size()
        + output.size() + error.size() + collaboration_context.size() + episodic_traces.size();
    if (personality)
        bytes += personality->description.size() + personality->configuration.size();
    for (std::string const& dependency : dependencies)
        bytes += sizeof(std::string) + dependency.size();
    for (PastAttempt const& before : past)
        bytes += sizeof(PastAttempt) + before.error.size();
    return bytes;
}

StepRun* RunModel::find(std::string_view ref)
{
    auto const found = by_ref_.find(ref);
    return found == by_ref_.end() ? nullptr : &steps[found->second];
}

StepRun const* RunModel::find(std::string_view ref) const
{
    auto const found = by_ref_.find(ref);
    return found == by_ref_.end() ? nullptr : &steps[found->second];
}

std::span<std::uint32_t const> RunModel::of_key(std::string_view key) const
{
    auto const key_of = [&](std::uint32_t step) -> std::string_view { return steps[step].key; };
    auto const twins = std::ranges::equal_range(twins_, key, {}, key_of);
    if (!twins.empty())
        return {twins.begin(), twins.end()};
    auto const found = by_ref_.find(key);
    if (found == by_ref_.end() || steps[found->second].key != key)
        return {};
    return {&found->second, 1};
}

StepRun const* RunModel::find_by_key(std::string_view key, std::optional<Instant> at) const
{
    std::span<std::uint32_t const> const same = of_key(key);
    StepRun const* best = same.empty() ? nullptr : &steps[same.front()];
    Meant meant = best != nullptr ? how_likely(*best, at) : Meant{};
    for (std::uint32_t const other : same.subspan(best != nullptr ? 1 : 0)) {
        Meant const likely = how_likely(steps[other], at);
        // Of those that wait the first will begin; of the others the newest is meant.
        if (likely > meant || (likely == meant && likely.state != Meant::Waits)) {
            meant = likely;
            best = &steps[other];
        }
    }
    return best;
}

StepRun* RunModel::find_by_key(std::string_view key, std::optional<Instant> at)
{
    StepRun const* const found = std::as_const(*this).find_by_key(key, at);
    return found == nullptr ? nullptr : &steps[static_cast<std::size_t>(found - steps.data())];
}

StepRun const* RunModel::find_dependency(std::string_view key, std::size_t step) const
{
    std::span<std::uint32_t const> const same = of_key(key);
    if (same.empty())
        return nullptr;
    auto const behind = std::ranges::lower_bound(same, step);
    return &steps[behind == same.begin() ? same.front() : *std::prev(behind)];
}

// Browsers and proxies resolve dots and decode slashes, an empty key is the list's own address, and of several steps of one key the
// server would choose one.
bool RunModel::can_be_asked_alone(StepRun const& step) const
{
    std::string_view const key = step.key;
    bool const is_swallowed
        = key.empty() || key == "." || key == ".." || key.find_first_of("/\\") != std::string_view::npos;
    return !is_swallowed && of_key(key).size() == 1;
}

void RunModel::index_steps()
{
    by_ref_.clear();
    by_ref_.reserve(steps.size());
    name_steps();
    twins_.clear();
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        if (steps[i].ref == steps[i].key)
            continue;
        twins_.push_back(i);
        auto const first = by_ref_.find(steps[i].key);
        if (first != by_ref_.end() && steps[first->second].key == steps[i].key)
            twins_.push_back(first->second);
    }
    sort_steps(twins_, steps, [](StepRun const& a, StepRun const& b) { return a.key.compare(b.key); });
    twins_.erase(std::unique(twins_.begin(), twins_.end()), twins_.end());
    recount();
}

// Names that were given stay. A key names the first of its steps that is nameless, numbers the others in their order.
void RunModel::name_steps()
{
    std::unordered_map<std::string, std::uint32_t, RefHash, std::equal_to<>> numbered; // by key: how many have a number
    std::vector<std::uint32_t> nameless;
    for (std::uint32_t i = 0; i < steps.size(); ++i) {
        StepRun const& step = steps[i];
        if (step.ref.empty())
            nameless.push_back(i);
        else if (by_ref_.emplace(step.ref, i).second && step.ref != step.key)
            ++numbered[step.key];
    }
    std::erase_if(nameless, [&](std::uint32_t i) {
        bool const is_first = !steps[i].key.empty() && by_ref_.emplace(steps[i].key, i).second;
        if (is_first)
            steps[i].ref = steps[i].key;
        return is_first;
    });
    for (std::uint32_t const i : nameless) {
        StepRun& step = steps[i];
        std::uint32_t& number = numbered[step.key];
        do {
            ++number;
            step.ref = step.key + "~" + std::to_string(number + (step.key.empty() ? 0 : 1));
        } while (!by_ref_.emplace(step.ref, i).second);
    }
}

void RunModel::recount()
{
    progress = {};
    progress.total = static_cast<int>(steps.size());
    log_line_count = dropped_line_count = log_bytes = other_bytes = 0;
    for (StepRun const& step : steps) {
        ++count_of(step.state.kind);
        log_line_count += step.logs.end();
        dropped_line_count += step.logs.first();
        log_bytes += step.log_bytes();
        other_bytes += step.bytes_but_logs();
    }
}

std::optional<Instant> RunModel::end_of(StepRun const& step) const
{
    bool const ran_on = step.state.kind == ExecutionState::Running && over();
    return step.completed_at || !ran_on ? step.completed_at : completed_at;
}

int& RunModel::count_of(ExecutionState step)
{
    if (over() && rank_of(step) < 2) // a word of tomorrow among them: at least it waits no more
        return progress.interrupted;
    switch (step) {
    case ExecutionState::Success:
        return progress.completed;
    case ExecutionState::Failed:
        return progress.failed;
    case ExecutionState::Running:
        return progress.running;
    case ExecutionState::Blocked:
        return progress.blocked;
    case ExecutionState::Canceled:
        return progress.canceled;
    case ExecutionState::Skipped:
        return progress.skipped;
    case ExecutionState::Queued:
    case ExecutionState::WaitingForDependencies:
    case ExecutionState::Unknown:
        break;
    }
    return progress.pending;
}

} // namespace pev
