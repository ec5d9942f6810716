#include "shared/run/reduce.h"

#include "shared/base/rest.h"
#include "shared/json/json_same.h"
#include "shared/run/attempts.h"
#include "shared/run/log_intake.h"
#include "shared/run/log_memory.h"

#include <utility>

namespace pev {

namespace {

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
            if (is_before_end())
                return Applied::RunOver;
            StateName const state = state_named(event.status);
            bool changed = run_.over() && rank_of(state.kind) < 2 && go_on();
            // A run does not go back to the queue, but may wait for something; and its end is told by run.completed and run.failed, or
            // here.
            bool const goes_back = state.kind == ExecutionState::Queued && rank_of(run_.state.kind) > 0;
            if (!event.status.empty() && !goes_back) {
                bool const other = assign(run_.state, state);
                changed |= assign(run_.status, event.status) || other;
                if (run_.over() && (other || !run_.completed_at))
                    run_.completed_at = end_after(run_.started_at, {});
                if (other)
                    run_.recount();
                if (state.kind == ExecutionState::Running && !run_.started_at) {
                    run_.started_at = envelope_.at;
                    changed |= run_.started_at.has_value();
                }
            }
            if (event.current_step_key && compare_with(run_.current_step_until) >= 0) {
                changed |= assign(run_.current_step_key, *event.current_step_key);
                learn_stamp(run_.current_step_until);
            }
            if (changed)
                note_told();
            return run_changed(changed, learn_stamp(run_.updated_at));
        }

        Applied operator()(RunCompleted const& event)
        {
            return end_run(ExecutionState::Success, "SUCCEEDED", event.completed_at);
        }

        Applied operator()(RunFailed const& event)
        {
            if (is_before_end())
                return Applied::RunOver;
            assign_error(run_.error, event.error);
            if (!event.failed_step_key.empty() || !run_.over())
                run_.failed_step_key = event.failed_step_key;
            return end_run(ExecutionState::Failed, "FAILED", event.failed_at);
        }

        Applied operator()(StepUpdated const& event)
        {
            return with_step(event.step_key, [&](StepRun& step) -> News {
                int const attempt = event.attempt.value_or(step.attempt);
                StateName state = state_named(event.status);
                // PENDING does not tell what a step waits for; the state does.
                if (is_word(event.status, "pending") && attempt == step.attempt && rank_of(step.state.kind) == 0)
                    state = step.state;
                if (is_old_news(step, attempt, state.kind))
                    return kOldNews;
                bool const ended = rank_of(state.kind) == 2;
                bool const runs_again = is_next_attempt(step, attempt, state.kind, event.started_at);
                if (runs_again)
                    remember_attempt(step, attempt);
                bool const begins = rank_of(state.kind) > 0 && std::exchange(step.between_attempts, false);
                bool changed = assign(step.attempt, attempt);
                changed |= runs_again || begins;
                bool const starts = state.kind == ExecutionState::Running && (changed || step.state.kind != state.kind);
                changed |= assign(step.status, event.status);
                changed |= assign_state(run_, step, state);
                if (state.kind == ExecutionState::Success)
                    changed |= assign(step.error, {}); // of an earlier attempt
                if (event.started_at)
                    changed |= assign(step.started_at, event.started_at);
                else if (starts)
                    changed |= assign(step.started_at, envelope_.at);
                if (!ended)
                    changed |= assign(step.completed_at, {}); // a retry runs the same step again
                else if (step.started_at && !step.completed_at) // what never began has no end (skipped)
                    changed |= assign(step.completed_at, end_after(step.started_at, {}));
                return changed;
            });
        }

        Applied operator()(StepCompleted const& event)
        {
            return with_step(event.step_key, [&](StepRun& step) -> News {
                if (is_old_news(step, step.attempt, ExecutionState::Success))
                    return kOldNews;
                bool changed = begin_unseen(step);
                changed |= assign_state(run_, step, state_of(ExecutionState::Success));
                if (changed) {
                    step.status = "SUCCEEDED";
                    step.error.clear(); // of an earlier attempt
                }
                changed |= assign(step.completed_at, end_after(step.started_at, event.completed_at));
                if (event.result && !is_same_json(step.output, *event.result))
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
                if (is_old_news(step, attempt, state))
                    return kOldNews;
                if (event.will_retry)
                    return queue_again(step, attempt, event.error, event.failed_at);
                bool changed = begin_unseen(step);
                changed |= assign(step.attempt, attempt);
                changed |= assign_state(run_, step, state_of(state));
                changed |= assign(step.status, std::string{"FAILED"});
                changed |= assign_error(step.error, event.error);
                changed |= assign(step.completed_at, end_after(step.started_at, event.failed_at));
                return changed;
            });
        }

        // Log lines may follow the end of a run: the server empties its buffers last.
        Applied operator()(StepLogAppended const& event)
        {
            StepRun* const step = find_for_line(event.step_key, event.at ? event.at : envelope_.at);
            if (step == nullptr)
                return Applied::UnknownStep;
            ToldLine const told{.line = {.text = event.text,
                                    .level = event.level,
                                    .at = event.at ? event.at : envelope_.at,
                                    .from_stream = true,
                                    .opening = envelope_.opening},
                .replayed = envelope_.replayed,
                .may_be_documented = may_be_documented(*step)};
            LogBuffer& log = log_at(*step, told.line.at);
            if (told.replayed && was_told_before(*step, told.line))
                return Applied::Nothing;
            std::uint64_t const generation = log.generation();
            std::size_t const bytes = log.bytes();
            TakenLine const taken = take_in(log, told);
            if (log.generation() != generation)
                ++step->revision; // it came late: behind it all lines have moved
            switch (taken.news) {
            case LineNews::Added:
                run_.log_bytes += log.bytes() - bytes;
                if (&log == &step->logs) {
                    ++run_.log_line_count;
                    move_attempts(*step, taken.number, told.line.at);
                } else {
                    ++step->revision;
                }
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
            if (is_before_end())
                return Applied::RunOver;
            StepRun* const step = run_.find_by_key(key, envelope_.at);
            if (step == nullptr)
                return Applied::UnknownStep;
            std::size_t const bytes = step->bytes_but_logs();
            bool const ran = step->state.kind == ExecutionState::Running;
            News const changed = change(*step);
            run_.other_bytes += step->bytes_but_logs() - bytes;
            fit_logs(run_);
            if (changed == kOldNews)
                return Applied::Nothing;
            bool const newer = learn_stamp(step->known_until);
            learn_stamp(run_.updated_at);
            step->told_opening = envelope_.opening;
            if (*changed) {
                ++step->revision;
                step->told_at = envelope_.happened_by;
                step->documented = false;
            }
            // One that was still running when the run ended runs again where it starts behind that end.
            bool const starts_behind
                = run_.completed_at && step->started_at && compare_stamps(*step->started_at, *run_.completed_at) > 0;
            if (run_.over() && (!ran || starts_behind) && step->state.kind == ExecutionState::Running) {
                go_on();
                note_told();
            }
            return run_changed(*changed, newer);
        }

        // A round that waits has no lines yet: what was written while another one ran is of that one.
        StepRun* find_for_line(std::string const& key, std::optional<Instant> at)
        {
            StepRun* const step = run_.find_by_key(key, at);
            if (step == nullptr || !at || rank_of(step->state.kind) > 0)
                return step;
            for (std::uint32_t const other : run_.of_key(key)) {
                StepRun& round = run_.steps[other];
                if (round.started_at && *round.started_at <= *at && round.completed_at && *at <= *round.completed_at)
                    return &round;
            }
            return step;
        }

        // Of the server's future nothing is known: such a stamp is a plan, or a mistake, and orders nothing.
        bool is_ahead(std::optional<Instant> const& stamp) const
        {
            return stamp && envelope_.latest_stamp && *stamp > *envelope_.latest_stamp;
        }

        // -1, 0, 1: this happened before, when, or after that was known. 0 also where the stamps don't tell.
        int compare_with(std::optional<Instant> const& known) const
        {
            bool const tells = envelope_.at && known && !is_ahead(envelope_.at) && !is_ahead(known);
            return tells ? compare_stamps(*envelope_.at, *known) : 0;
        }

        bool learn_stamp(std::optional<Instant>& known) const
        {
            if (is_ahead(known))
                known.reset();
            return !is_ahead(envelope_.at) && learn_time(known, envelope_.at);
        }

        // Of two facts about a step the newer one holds. `attempt` and `state` are what the event tells.
        bool is_old_news(StepRun const& step, int attempt, ExecutionState state) const
        {
            int const by_time = compare_with(step.known_until);
            if (by_time < 0)
                return true;
            // A document shows what it shows, and not when the last thing before it happened.
            bool const document_may_know = !step.told_opening && may_be_documented(step);
            if (by_time > 0 && !document_may_know)
                return false;
            if (by_time == 0 && step.told_opening == envelope_.opening)
                return false;
            if (by_time == 0 && !step.told_opening && is_after_document(step.documented_until))
                return false;
            bool const is_behind = rank_of(state) < rank_of(step.state.kind);
            // A step that has ended, and later runs: that is so whatever number it is given.
            if (attempt != step.attempt && (by_time <= 0 || !is_behind))
                return attempt < step.attempt;
            return is_behind && by_time == 0;
        }

        // Whether the step, of which an event tells this, has come to another attempt.
        static bool is_next_attempt(
            StepRun const& step, int attempt, ExecutionState state, std::optional<Instant> started_at)
        {
            if (step.between_attempts || !has_run(step))
                return false;
            bool const same_start = started_at && step.started_at && compare_stamps(*started_at, *step.started_at) == 0;
            if (same_start && rank_of(step.state.kind) == 1)
                return false; // documents and events don't agree on its number
            if (attempt != step.attempt || (rank_of(step.state.kind) == 2 && rank_of(state) < 2))
                return true;
            StepRun begun;
            begun.state.kind = state;
            begun.started_at = started_at;
            return begins_later(step, begun);
        }

        // Nothing ends before it starts: such an end is that of another clock, and the event's own time is nearer to the truth.
        std::optional<Instant> end_after(std::optional<Instant> const& start, std::optional<Instant> const& told) const
        {
            for (std::optional<Instant> const& end : {told, envelope_.at}) {
                if (end && (!start || compare_stamps(*end, *start) >= 0))
                    return end;
            }
            return std::nullopt;
        }

        // An attempt ends whose start nobody told.
        static bool begin_unseen(StepRun& step)
        {
            if (!std::exchange(step.between_attempts, false))
                return false;
            step.started_at.reset();
            return true;
        }

        // The attempt has failed, and another one follows.
        News queue_again(StepRun& step, int attempt, std::string const& error, std::optional<Instant> failed_at)
        {
            if (step.between_attempts) { // a document was quicker
                PastAttempt& before = step.past.back();
                before.state = state_of(ExecutionState::Failed);
                learn_time(before.completed_at, end_after(before.started_at, failed_at));
                assign_error(before.error, error);
            } else {
                assign_state(run_, step, state_of(ExecutionState::Failed));
                step.completed_at = end_after(step.started_at, failed_at);
                assign_error(step.error, error);
                remember_attempt(step, attempt);
            }
            bool changed = assign(step.attempt, attempt);
            changed |= assign_state(run_, step, state_of(ExecutionState::Queued));
            changed |= assign(step.status, std::string{"PENDING"});
            changed |= assign_error(step.error, error);
            changed |= assign(step.completed_at, {});
            return changed;
        }

        // Whether the event is from a time that the newest document can have told of.
        bool may_be_documented(StepRun const& step) const
        {
            return step.documented_until && !is_after_document(step.documented_until);
        }

        bool is_after_document(std::optional<Instant> const& until) const
        {
            return until && envelope_.happened_by && *envelope_.happened_by > *until;
        }

        // The run is over, and this happened before its end.
        bool is_before_end() const
        {
            if (!run_.over())
                return false;
            std::optional<Instant> const& ended = run_.completed_at ? run_.completed_at : run_.updated_at;
            int const by_time = compare_with(ended);
            if (by_time != 0)
                return by_time < 0;
            // The stamps don't tell: the order of arrival does.
            return run_.told_opening ? run_.told_opening != envelope_.opening
                                     : !is_after_document(run_.documented_until);
        }

        // The run that was over is not: a step is tried again, or all of it.
        bool go_on()
        {
            run_.state = state_of(ExecutionState::Running);
            run_.status = "RUNNING";
            run_.completed_at.reset();
            run_.error.clear();
            run_.failed_step_key.clear();
            run_.recount();
            return true;
        }

        void note_told()
        {
            run_.told_at = envelope_.happened_by;
            run_.told_opening = envelope_.opening;
        }

        Applied end_run(ExecutionState state, std::string_view status, std::optional<Instant> at)
        {
            if (is_before_end())
                return Applied::RunOver;
            bool changed = assign(run_.state, state_of(state));
            changed |= assign(run_.status, std::string{status});
            changed |= assign(run_.completed_at, end_after(run_.started_at, at));
            changed |= assign(run_.current_step_key, {});
            if (state == ExecutionState::Success) {
                changed |= assign(run_.error, {});
                changed |= assign(run_.failed_step_key, {});
            }
            if (changed) {
                run_.recount();
                note_told();
            }
            return run_changed(changed, learn_stamp(run_.updated_at));
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
