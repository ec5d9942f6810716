#include "shared/app/session.h"

#include "shared/app/update.h"
#include "shared/base/text.h"
#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // Bytes that the search looks through at a time: some milliseconds.
    constexpr std::size_t kSearchPortion = 4U << 20U;

    // Up to so many steps the timeline follows each event at once.
    constexpr std::size_t kMostStepsAtOnce = 2'000;
    constexpr Duration kRefreshPerStep{1};

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

    std::optional<std::size_t> current_step_of(RunModel const& run)
    {
        if (run.over())
            return std::nullopt;
        StepRun const* const named = run.find(run.current_step_key);
        if (named != nullptr && rank_of(named->state.kind) < 2)
            return static_cast<std::size_t>(named - run.steps.data());
        std::optional<std::size_t> newest;
        for (std::size_t i = 0; i < run.steps.size(); ++i) {
            bool const runs = run.steps[i].state.kind == ExecutionState::Running;
            if (runs && (!newest || run.steps[*newest].started_at < run.steps[i].started_at))
                newest = i;
        }
        return newest;
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

Session::Session(Options options, Platform& platform, std::string original_query)
    : platform_(platform),
      original_query_(std::move(original_query)),
      address_(format_address(original_query_, options))
{
    state_.options = std::move(options);
    state_.view = view_of(state_.options);
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
    bool const was_filtered = state_.view.filter.active();
    perform(update(state_, action, now), now);
    refresh_timeline(now);
    if (std::holds_alternative<SelectStep>(action) || (was_filtered && !state_.view.filter.active()))
        reveal_selected();
    refresh_inspection();
    refresh_address();
}

void Session::arrive(Arrival const& arrival, Instant now)
{
    bool const is_first = !state_.run;
    std::visit([&](auto const& what) { on(what, now); }, arrival);
    refresh_timeline_in_time(now);
    if (is_first && state_.view.step_opened)
        reveal_selected(); // what the address names
    refresh_inspection();
}

void Session::tick(Instant now)
{
    if ((search_at_ && *search_at_ <= now) || (refresh_at_ && *refresh_at_ <= now))
        refresh_timeline(now);
    auto const timer = pev::next_timer(state_.connection);
    if (!timer || *timer > now)
        return;
    Connection const& connection = state_.connection;
    if (connection.run_fetch != 0 && connection.fetch_by && *connection.fetch_by <= now)
        report(problem_timed_out());
    advance_connection(TimerRang{}, now);
}

std::optional<Instant> Session::next_timer() const
{
    auto next = pev::next_timer(state_.connection);
    for (std::optional<Instant> const& timer : {search_at_, refresh_at_}) {
        if (timer && (!next || *timer < *next))
            next = timer;
    }
    return next;
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
    refreshed_at_ = now;
    refresh_at_.reset();
    search_on(now);
    RunModel const& run = *state_.run;
    Derived& derived = state_.derived;
    TimelineSource source{run.revision, derived.search.revision(), state_.view.filter};
    if (timeline_source_ == source)
        return;
    derived.states = count_states(run);
    derived.types = count_types(run);
    derived.shown_steps = passing_steps(run, state_.view.filter, derived.search);
    derived.timeline = layout_.lay_out(run, derived.shown_steps);
    ++derived.timeline_revision;
    order_shown_ = run.order_revision;
    derived.current_step = current_step_of(run);
    timeline_source_ = std::move(source);
}

// At once for the runs that there are; those of a load test are looked at again every now and then, or a burst of events would
// keep the viewer busy with pictures that nobody sees.
void Session::refresh_timeline_in_time(Instant now)
{
    if (!state_.run)
        return;
    RunModel const& run = *state_.run;
    bool const small = run.steps.size() <= kMostStepsAtOnce;
    bool const reordered = order_shown_ != run.order_revision;
    Instant const next = refreshed_at_ + kRefreshPerStep * static_cast<std::int64_t>(run.steps.size());
    if (small || reordered || now >= next || now < refreshed_at_)
        refresh_timeline(now);
    else
        refresh_at_ = next;
}

// One portion of the search; what is left over is done after the next frame.
void Session::search_on(Instant now)
{
    RunModel const& run = *state_.run;
    StepSearch& search = state_.derived.search;
    // Logs grow without a new revision of the run.
    SearchSource source{
        run.revision, state_.view.filter.search.empty() ? 0 : run.log_line_count, state_.view.filter.search};
    if (search_source_ != source) {
        search.begin(run, source.text);
        search_source_ = std::move(source);
    }
    search.look(run, kSearchPortion);
    search_at_ = search.done() ? std::nullopt : std::optional{now};
}

// The groups that hide the selected step open.
void Session::reveal_selected()
{
    StepRun const* const step = state_.selected();
    if (step == nullptr)
        return;
    Timeline const& timeline = state_.derived.timeline;
    auto const index = static_cast<std::uint32_t>(step - state_.run->steps.data());
    auto const entry = std::ranges::find(timeline.entries, index, &TimelineEntry::step);
    if (entry == timeline.entries.end())
        return;
    for (std::uint32_t at = entry->group; at != kNoGroup; at = timeline.groups[at].parent) {
        TimelineGroup const& group = timeline.groups[at];
        if (state_.is_folded(group))
            state_.view.group_open[group.key] = true;
    }
}

void Session::refresh_inspection()
{
    StepRun const* const step = state_.selected();
    if (step == nullptr)
        return;
    InspectionSource source{step->key, step->revision, state_.view.open};
    if (inspection_source_ == source)
        return;
    state_.derived.inspection = inspect(*step, state_.view.open);
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

} // namespace pev
