#include "shared/live/stream_health.h"

#include "shared/base/text.h"
#include "shared/run/merge.h"
#include "shared/run/order.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    constexpr int kLogLine = -1;
    // One is enough to judge by; a document that is far ahead must not cost much.
    constexpr std::size_t kMostMissing = 50;

    // Events tell that a step starts and how it ends. Not every server says so for each that was left out.
    bool is_told_by_events(ExecutionState state)
    {
        return state == ExecutionState::Running || state == ExecutionState::Success || state == ExecutionState::Failed;
    }

    // What an event says of its step: attempt (nothing: the one that is known) and rank.
    struct Claim {
        std::optional<int> attempt;
        int rank = 0;
    };
    struct ClaimOf {
        std::optional<Claim> operator()(StepUpdated const& event) const
        {
            return Claim{event.attempt, rank_of(state_named(event.status).kind)};
        }
        std::optional<Claim> operator()(StepCompleted const&) const { return Claim{std::nullopt, 2}; }
        std::optional<Claim> operator()(StepFailed const& event) const
        {
            if (event.will_retry && event.attempt)
                return Claim{*event.attempt + 1, 0};
            return Claim{event.attempt, event.will_retry ? 0 : 2};
        }
        template <typename Other>
        std::optional<Claim> operator()(Other const&) const
        {
            return std::nullopt;
        }
    };

} // namespace

void StreamHealth::opened(Instant now)
{
    opened_at_ = now;
    gap_is_closed_ = false;
    missing_.clear();
}

void StreamHealth::closed()
{
    opened_at_.reset();
    missing_.clear();
}

void StreamHealth::compare(RunModel const& known, RunModel const& fetched, Instant sent, Instant now)
{
    if (!opened_at_ || sent < *opened_at_)
        return;
    if (!std::exchange(gap_is_closed_, true))
        return;
    if (known.over() || fetched.over())
        return; // no event tells what becomes of a run that was canceled
    std::vector<std::uint32_t> const matches = match_steps(known, fetched);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == kNoStep)
            continue;
        StepRun const& step = fetched.steps[i];
        StepRun const* const before = &known.steps[matches[i]];
        if (is_told_by_events(step.state.kind) && compare_progress(step, *before) > 0)
            expect({.by = now + kDeliveryGrace,
                .step_key = step.key,
                .attempt = step.attempt,
                .rank = rank_of(step.state.kind),
                .line = {}});
        bool const running = step.state.kind == ExecutionState::Running && before->state.kind == step.state.kind;
        // Lines of an earlier attempt may have been stored when it ended.
        if (running && before->attempt_number() == 1 && step.attempt == 0 && !step.logs.empty()
            && step.logs.end() > before->logs.end())
            expect({.by = now + kDeliveryGrace,
                .step_key = step.key,
                .attempt = 0,
                .rank = kLogLine,
                .line = std::string{step.logs.text(step.logs.end() - 1)}});
    }
}

void StreamHealth::expect(Missing missing)
{
    // What is missed already is missed since then.
    bool const known = std::any_of(missing_.begin(), missing_.end(), [&](Missing const& other) {
        return other.step_key == missing.step_key && (other.rank == kLogLine) == (missing.rank == kLogLine);
    });
    if (!known && missing_.size() < kMostMissing)
        missing_.push_back(std::move(missing));
}

void StreamHealth::heard(RunEvent const& event)
{
    if (missing_.empty())
        return;
    std::string_view const key = event_step_key(event.event);
    std::optional<Claim> const claim = std::visit(ClaimOf{}, event.event);
    auto const* const log = std::get_if<StepLogAppended>(&event.event);
    std::erase_if(missing_, [&](Missing const& missing) {
        if (missing.step_key != key)
            return false;
        if (missing.rank == kLogLine)
            return log != nullptr && log->text == missing.line;
        if (!claim)
            return false;
        int const attempt = claim->attempt.value_or(missing.attempt);
        return attempt > missing.attempt || (attempt == missing.attempt && claim->rank >= missing.rank);
    });
}

std::optional<Instant> StreamHealth::next_timer() const
{
    std::optional<Instant> earliest;
    for (Missing const& missing : missing_) {
        if (!earliest || missing.by < *earliest)
            earliest = missing.by;
    }
    return earliest;
}

std::optional<std::string> StreamHealth::judge(Instant now) const
{
    for (Missing const& missing : missing_) {
        if (missing.by > now)
            continue;
        if (missing.rank == kLogLine)
            return "a log line of " + one_line(missing.step_key, 60);
        return std::string{missing.rank == 2 ? "the end of " : "the start of "} + one_line(missing.step_key, 60);
    }
    return std::nullopt;
}

} // namespace pev
