#include "shared/app/session.h"

#include "shared/app/preferences.h"
#include "shared/app/update.h"
#include "shared/base/text.h"
#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    std::string run_url_of(Options const& options)
    {
        return options.api + "/playbook-runs/" + percent_encode(options.run);
    }

    ViewState view_of(Options const& options)
    {
        ViewState view;
        view.selected_step = options.step;
        view.step_opened = !options.step.empty();
        view.filter.search = options.search;
        for (std::string const& word : options.states)
            view.filter.states.push_back(state_named(word));
        for (std::string const& word : options.types)
            view.filter.types.push_back(type_named(word));
        view.theme = options.theme;
        view.time_zone = options.time_zone;
        return view;
    }

    template <typename T>
    std::vector<std::string> words_of(std::vector<Named<T>> const& names)
    {
        std::vector<std::string> words;
        words.reserve(names.size());
        for (auto const& name : names)
            words.push_back(name.word);
        return words;
    }

} // namespace

Session::Session(Options options, Platform& platform, std::string original_query, std::string_view preferences)
    : platform_(platform),
      original_query_(std::move(original_query)),
      address_(format_address(original_query_, options))
{
    state_.options = std::move(options);
    state_.view = view_of(state_.options);
    apply_preferences(preferences, state_.view);
    preferences_ = format_preferences(state_.view);
    state_.connection.streaming_allowed = state_.options.stream;
    state_.connection.profile = state_.options.profile;
    state_.connection.run_url = run_url_of(state_.options);
    state_.connection.stream_url = state_.connection.run_url + "/stream";
    if (state_.options.probe)
        trace_.enable();
    for (std::string const& complaint : state_.options.complaints)
        note(complaint);
}

void Session::start(Instant now)
{
    if (state_.options.run.empty() || state_.options.run_too_long) {
        state_.problem = state_.options.run.empty() ? problem_no_run_id() : problem_run_id_too_long();
        state_.connection.phase = Phase::Failed;
        return;
    }
    advance_connection(Started{}, now);
}

void Session::act(Action const& action, Instant now)
{
    bool const asks_for_nothing = state_.options.run.empty() || state_.options.run_too_long;
    bool const retries = std::holds_alternative<RetryConnection>(action) || std::holds_alternative<Refresh>(action);
    if (asks_for_nothing && retries)
        return; // there is nothing to load, now or later
    perform(update(state_, action, now), now);
    refresh_timeline(now);
    refresh_inspection();
    refresh_address();
    refresh_preferences();
}

void Session::arrive(Arrival const& arrival, Instant now)
{
    std::visit([&](auto const& what) { on(what, now); }, arrival);
    refresh_timeline(now);
    refresh_inspection();
}

void Session::tick(Instant now)
{
    auto const timer = next_timer();
    if (!timer || *timer > now)
        return;
    Connection const& connection = state_.connection;
    if (connection.run_fetch != 0 && connection.fetch_by && *connection.fetch_by <= now)
        report(problem_timed_out());
    advance_connection(TimerRang{}, now);
}

std::optional<Instant> Session::next_timer() const
{
    return pev::next_timer(state_.connection);
}

void Session::perform(Effects const& effects, Instant now)
{
    for (Effect const& effect : effects) {
        if (auto const* const fetch = std::get_if<Fetch>(&effect)) {
            fetch_sent_[fetch->id] = now;
            if (fetch->id == state_.connection.run_fetch)
                touched_since_fetch_.clear();
        } else if (auto const* const abort = std::get_if<AbortFetch>(&effect)) {
            fetch_sent_.erase(abort->id);
        }
        platform_.perform(effect);
    }
}

void Session::advance_connection(ConnectionInput const& input, Instant now)
{
    perform(advance(state_.connection, input, now), now);
}

void Session::on(HttpAnswer const& answer, Instant now)
{
    auto const sent = fetch_sent_.find(answer.id);
    if (sent == fetch_sent_.end())
        return; // given up meanwhile
    if (answer.date)
        state_.clock.observe_date(*answer.date, sent->second, now);
    fetch_sent_.erase(sent);
    if (answer.id == state_.connection.run_fetch)
        on_run_answer(answer, now);
    else if (answer.id == state_.connection.url_fetch)
        on_stream_url_answer(answer, now);
}

void Session::on_run_answer(HttpAnswer const& answer, Instant now)
{
    auto const fail = [&](Problem problem) {
        report(std::move(problem));
        advance_connection(RunFetchFailed{answer.id}, now);
    };
    std::string const& run_id = state_.options.run;
    if (answer.status == 0)
        return fail(problem_unreachable(answer));
    RunAnswer decoded = decode_run_answer(answer.body);
    if (auto const* const error = std::get_if<Error>(&decoded))
        return fail(problem_not_a_run(answer, error->message, run_id));
    if (auto const* const refused = std::get_if<ServerError>(&decoded))
        return fail(problem_refused(answer, *refused, run_id));
    if (answer.status >= 300)
        return fail(problem_not_a_run(answer, "The server refused the request.", run_id));

    auto& fetched = std::get<RunModel>(decoded);
    bool const over = fetched.over();
    state_.problem.reset();
    state_.last_good_at = now;
    take_run(std::move(fetched));
    state_.run->documented_until = state_.clock.server_time(now);
    advance_connection(RunFetched{answer.id, over}, now);
}

void Session::on_stream_url_answer(HttpAnswer const& answer, Instant now)
{
    StreamUrlAnswer const decoded = decode_stream_url_answer(answer.body);
    auto const* const url = std::get_if<std::string>(&decoded);
    if (url != nullptr && answer.status < 300) {
        advance_connection(StreamUrlFetched{answer.id, *url}, now);
        return;
    }
    if (auto const* const refused = std::get_if<ServerError>(&decoded))
        note("no stream: " + one_line(refused->message, 200));
    else
        note("no stream: the answer to the request for its address has none (HTTP " + std::to_string(answer.status)
            + ")");
    advance_connection(StreamUrlRefused{answer.id}, now);
}

void Session::on(StreamOpened const& opened, Instant now)
{
    if (opened.id == state_.connection.stream)
        state_.last_good_at = now;
    advance_connection(StreamDidOpen{opened.id}, now);
}

void Session::on(StreamMessage const& arrived, Instant now)
{
    if (arrived.id == 0 || arrived.id != state_.connection.stream)
        return; // from a stream that was given up
    state_.last_good_at = now;
    SseMessage const& message = arrived.message;
    if (message.type == "connected")
        return;
    Diagnostics& counts = state_.diagnostics;
    ++counts.events_received;
    if (!message.id.empty() && !seen_event_ids_.insert(message.id)) {
        ++counts.already_known;
        return;
    }
    DecodedEvent const decoded = decode_event(message.type, message.data, message.id);
    if (auto const* const error = std::get_if<Error>(&decoded)) {
        ++counts.broken;
        note("broken event: " + one_line(error->message, 200));
    } else if (auto const* const unknown = std::get_if<UnknownEventType>(&decoded)) {
        ++counts.unknown_type;
        note("event of an unknown type: " + one_line(unknown->type, 60));
    } else {
        apply(std::get<RunEvent>(decoded), now);
    }
}

void Session::on(StreamLost const& lost, Instant now)
{
    if (lost.id == state_.connection.stream)
        note("stream lost");
    advance_connection(StreamWasLost{lost.id, lost.reopens}, now);
}

void Session::take_run(RunModel fetched)
{
    if (state_.run && state_.run->id == fetched.id)
        merge(*state_.run, std::move(fetched), touched_since_fetch_);
    else
        state_.run = std::move(fetched);
    ViewState& view = state_.view;
    bool const selected = state_.run->find(view.selected_step) != nullptr;
    if (!selected && !state_.run->steps.empty()) {
        if (!view.selected_step.empty())
            note("the address names a step that the run does not have: " + one_line(view.selected_step, 60));
        view.selected_step = state_.run->steps.front().key;
        view.step_opened = false;
    }
}

void Session::apply(RunEvent const& event, Instant now)
{
    if (!state_.run)
        return; // streams are opened only when there is a run
    if (event.at)
        state_.clock.observe_event(*event.at, now);
    Diagnostics& counts = state_.diagnostics;
    bool const was_over = state_.run->over();
    std::string const key{event_step_key(event.event)};
    switch (reduce(*state_.run, event)) {
    case Applied::Changed:
        ++counts.events_applied;
        trace_.applied(event, now);
        if (!key.empty() && state_.connection.run_fetch != 0)
            touched_since_fetch_.insert(key);
        break;
    case Applied::Nothing:
        ++counts.already_known;
        break;
    case Applied::OtherRun:
        ++counts.other_run;
        break;
    case Applied::RunOver:
        ++counts.run_over;
        break;
    case Applied::UnknownStep:
        ++counts.unknown_step;
        if (missing_steps_.insert(key).second)
            advance_connection(StepWentMissing{}, now);
        break;
    }
    if (!was_over && state_.run->over())
        advance_connection(RunEnded{}, now);
}

void Session::report(Problem problem)
{
    note(problem.title + (problem.detail.empty() ? "" : ": " + problem.detail));
    state_.problem = std::move(problem);
}

void Session::note(std::string text)
{
    auto& notes = state_.diagnostics.notes;
    if (notes.size() == kMaxNotes)
        notes.erase(notes.begin());
    notes.push_back(std::move(text));
}

void Session::refresh_timeline(Instant now)
{
    if (!state_.run)
        return;
    RunModel const& run = *state_.run;
    // Searching looks into the logs too, which grow without a new revision of the run.
    Filter const& filter = state_.view.filter;
    TimelineSource source{run.revision, filter.search.empty() ? 0 : run.log_line_count, filter};
    if (timeline_source_ == source)
        return;
    Derived& derived = state_.derived;
    derived.states = count_states(run);
    derived.types = count_types(run);
    derived.shown_steps = passing_steps(run, filter);
    derived.timeline = lay_out_timeline(run, derived.shown_steps, state_.clock.server_time(now));
    timeline_source_ = std::move(source);
}

void Session::refresh_inspection()
{
    StepRun const* const step = state_.selected();
    if (step == nullptr)
        return;
    InspectionSource source{step->key, step->revision};
    if (inspection_source_ == source)
        return;
    state_.derived.inspection = inspect(*step);
    inspection_source_ = std::move(source);
}

void Session::refresh_address()
{
    Options& options = state_.options;
    ViewState const& view = state_.view;
    bool const first = state_.run && !state_.run->steps.empty() && state_.run->steps.front().key == view.selected_step;
    options.step = first ? std::string{} : view.selected_step;
    options.search = view.filter.search;
    options.states = words_of(view.filter.states);
    options.types = words_of(view.filter.types);
    options.theme = view.theme;
    options.time_zone = view.time_zone;
    std::string address = format_address(original_query_, options);
    if (address == address_)
        return;
    address_ = std::move(address);
    platform_.perform(ReplaceAddress{address_});
}

void Session::refresh_preferences()
{
    std::string preferences = format_preferences(state_.view);
    if (preferences == preferences_)
        return;
    preferences_ = std::move(preferences);
    platform_.perform(StorePreferences{preferences_});
}

} // namespace pev
