#include "shared/run/reduce.h"

#include "shared/base/rest.h"
#include "shared/run/log_intake.h"
#include "shared/run/log_memory.h"

#include <utility>

namespace pev {

namespace {

    // Old news tells of an earlier attempt; or of an earlier stage of this one, and is not newer than what is known. Facts
    // of the same rank (queued, blocked) replace each other in the order of their times.
    bool is_old_news(StepRun const& step, int attempt, ExecutionState state, std::optional<Instant> at)
    {
        if (attempt != step.attempt)
            return attempt < step.attempt;
        bool const timed = at && step.known_until;
        if (rank_of(state) < rank_of(step.state.kind))
            return !timed || *at <= *step.known_until;
        return rank_of(state) == rank_of(step.state.kind) && timed && *at < *step.known_until;
    }

    // Whether an event changed its step; nothing where it was old news.
    using News = std::optional<bool>;
    constexpr News kOldNews = std::nullopt;

    // True where the time is later than what was known.
    bool learn_time(std::optional<Instant>& known, std::optional<Instant> at)
    {
        if (!at || (known && *at <= *known))
            return false;
        known = at;
        return true;
    }

    template <typename T>
    bool assign(T& target, T value)
    {
        if (target == value)
            return false;
        target = std::move(value);
        return true;
    }

    bool assign_state(RunModel& run, StepRun& step, StateName state)
    {
        if (step.state == state)
            return false;
        --run.count_of(step.state.kind);
        step.state = std::move(state);
        ++run.count_of(step.state.kind);
        return true;
    }

    // The error of an event is a bare sentence; an object with the same message, from REST, knows more.
    bool tells_message(JsonText const& error, std::string const& message)
    {
        if (error.empty())
            return false;
        auto const tree = JsonTree::parse(error);
        if (!tree)
            return false;
        JsonView const root = tree->root();
        return root.text() == message || root["message"].text() == message;
    }

    PEV_REST bool assign_error(JsonText& target, std::string const& message)
    {
        if (message.empty() || tells_message(target, message))
            return false;
        target = json_quote(message);
        return true;
    }

    class Reducer {
    public:
        Reducer(RunModel& run, RunEvent const& envelope) : run_(run), envelope_(envelope) {}

        Applied operator()(RunUpdated const& event)
        {
            if (run_.over())
                return Applied::RunOver;
            StateName const state = state_of_status(event.status);
            bool changed = false;
            // A run does not go back to the queue; and its end is told by run.completed and run.failed, or here.
            if (!event.status.empty() && rank_of(state.kind) >= rank_of(run_.state.kind)) {
                changed |= assign(run_.state, state);
                changed |= assign(run_.status, event.status);
                if (run_.over()) {
                    run_.completed_at = run_.completed_at ? run_.completed_at : envelope_.at;
                    run_.recount();
                }
                if (state.kind == ExecutionState::Running && !run_.started_at) {
                    run_.started_at = envelope_.at;
                    changed |= run_.started_at.has_value();
                }
            }
            bool const old = envelope_.at && run_.current_step_until && *envelope_.at < *run_.current_step_until;
            if (event.current_step_key && !old) {
                changed |= assign(run_.current_step_key, *event.current_step_key);
                learn_time(run_.current_step_until, envelope_.at);
            }
            if (changed)
                run_.told_at = envelope_.happened_by;
            return run_changed(changed, learn_time(run_.updated_at, envelope_.at));
        }

        Applied operator()(RunCompleted const& event)
        {
            return end_run(ExecutionState::Success, "SUCCEEDED", event.completed_at);
        }

        Applied operator()(RunFailed const& event)
        {
            if (run_.over())
                return Applied::RunOver;
            assign_error(run_.error, event.error);
            run_.failed_step_key = event.failed_step_key;
            return end_run(ExecutionState::Failed, "FAILED", event.failed_at);
        }

        Applied operator()(StepUpdated const& event)
        {
            return with_step(event.step_key, [&](StepRun& step) -> News {
                int const attempt = event.attempt.value_or(step.attempt);
                StateName state = state_of_status(event.status);
                // PENDING does not tell what a step waits for; the state does.
                if (event.status == "PENDING" && attempt == step.attempt && rank_of(step.state.kind) == 0)
                    state = step.state;
                if (is_old_news(step, attempt, state.kind, envelope_.at))
                    return kOldNews;
                bool changed = assign(step.attempt, attempt);
                bool const starts = state.kind == ExecutionState::Running && (changed || step.state.kind != state.kind);
                changed |= assign(step.status, event.status);
                changed |= assign_state(run_, step, state);
                if (state.kind == ExecutionState::Success)
                    changed |= assign(step.error, {}); // of an earlier attempt
                if (event.started_at)
                    changed |= assign(step.started_at, event.started_at);
                else if (starts)
                    changed |= assign(step.started_at, envelope_.at);
                bool const ended = rank_of(state.kind) == 2;
                if (!ended)
                    changed |= assign(step.completed_at, {}); // a retry runs the same step again
                else if (step.started_at && !step.completed_at)
                    changed |= assign(step.completed_at, envelope_.at); // what never began has no end (skipped)
                return changed;
            });
        }

        Applied operator()(StepCompleted const& event)
        {
            return with_step(event.step_key, [&](StepRun& step) -> News {
                if (is_old_news(step, step.attempt, ExecutionState::Success, envelope_.at))
                    return kOldNews;
                bool changed = assign_state(run_, step, state_of(ExecutionState::Success));
                if (changed) {
                    step.status = "SUCCEEDED";
                    step.error.clear(); // of an earlier attempt
                }
                changed |= assign(step.completed_at, event.completed_at ? event.completed_at : envelope_.at);
                if (event.result)
                    changed |= assign(step.output, *event.result);
                if (!step.started_at && step.completed_at && event.duration)
                    changed |= assign(step.started_at, {*step.completed_at - *event.duration});
                return changed;
            });
        }

        Applied operator()(StepFailed const& event)
        {
            return with_step(event.step_key, [&](StepRun& step) -> News {
                int const failed_attempt = event.attempt.value_or(step.attempt);
                int const attempt = event.will_retry ? failed_attempt + 1 : failed_attempt;
                auto const state = event.will_retry ? ExecutionState::Queued : ExecutionState::Failed;
                if (is_old_news(step, attempt, state, envelope_.at))
                    return kOldNews;
                bool changed = assign(step.attempt, attempt);
                changed |= assign_state(run_, step, state_of(state));
                changed |= assign(step.status, std::string{event.will_retry ? "PENDING" : "FAILED"});
                changed |= assign_error(step.error, event.error);
                std::optional<Instant> const ended = event.failed_at ? event.failed_at : envelope_.at;
                changed |= assign(step.completed_at, event.will_retry ? std::nullopt : ended);
                return changed;
            });
        }

        // Log lines may follow the end of a run: the server empties its buffers last.
        Applied operator()(StepLogAppended const& event)
        {
            StepRun* const step = run_.find(event.step_key);
            if (step == nullptr)
                return Applied::UnknownStep;
            ToldLine const told{.line = {.text = event.text,
                                    .level = event.level,
                                    .at = event.at ? event.at : envelope_.at,
                                    .from_stream = true,
                                    .opening = envelope_.opening},
                .replayed = envelope_.replayed,
                .may_be_documented = may_be_documented(*step)};
            std::uint64_t const generation = step->logs.generation();
            std::size_t const bytes = step->logs.bytes();
            LineNews const news = take_in(step->logs, told);
            if (step->logs.generation() != generation)
                ++step->revision; // it came late: behind it all lines have moved
            switch (news) {
            case LineNews::Added:
                ++run_.log_line_count;
                run_.log_bytes += step->logs.bytes() - bytes;
                fit_logs(run_);
                return Applied::Changed;
            case LineNews::Confirmed:
                return Applied::Changed;
            case LineNews::Known:
                break;
            }
            return Applied::Nothing;
        }

    private:
        template <typename Change>
        Applied with_step(std::string const& key, Change&& change)
        {
            if (run_.over())
                return Applied::RunOver;
            StepRun* const step = run_.find(key);
            if (step == nullptr)
                return Applied::UnknownStep;
            std::size_t const bytes = step->bytes_but_logs();
            News const changed = change(*step);
            run_.other_bytes += step->bytes_but_logs() - bytes;
            fit_logs(run_);
            if (changed == kOldNews)
                return Applied::Nothing;
            bool const newer = learn_time(step->known_until, envelope_.at);
            learn_time(run_.updated_at, envelope_.at);
            if (*changed) {
                ++step->revision;
                step->told_at = envelope_.happened_by;
                step->documented = false;
            }
            return run_changed(*changed, newer);
        }

        // Whether the event is from a time that the newest document can have told of.
        bool may_be_documented(StepRun const& step) const
        {
            return step.documented_until
                && (!envelope_.happened_by || *envelope_.happened_by <= *step.documented_until);
        }

        Applied end_run(ExecutionState state, std::string_view status, std::optional<Instant> at)
        {
            if (run_.over())
                return Applied::RunOver;
            run_.state = state_of(state);
            run_.status = status;
            run_.completed_at = at ? at : envelope_.at;
            run_.recount();
            run_.current_step_key.clear();
            run_.told_at = envelope_.happened_by;
            learn_time(run_.updated_at, envelope_.at);
            return run_changed(true, true);
        }

        // An event that repeats what is known, but is newer, says that it still holds: that is no news to lay out.
        Applied run_changed(bool changed, bool newer)
        {
            if (changed)
                ++run_.revision;
            return changed || newer ? Applied::Changed : Applied::Nothing;
        }

        RunModel& run_;
        RunEvent const& envelope_;
    };

} // namespace

Applied reduce(RunModel& run, RunEvent const& event)
{
    if (event.run_id != run.id)
        return Applied::OtherRun;
    return std::visit(Reducer{run, event}, event.event);
}

} // namespace pev
