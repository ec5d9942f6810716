#include "shared/app/session.h"

#include "shared/app/preferences.h"
#include "shared/app/title.h"
#include "shared/app/update.h"
#include "shared/base/text.h"
#include "shared/live/retry_after.h"
#include "shared/run/attempts.h"
#include "shared/run/order.h"
#include "shared/run/reduce.h"
#include "shared/view/current_step.h"
#include "shared/view/format.h"
#include "shared/view/rounds.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // Bytes that the search looks through at a time: some milliseconds.
    constexpr std::size_t kSearchPortion = 4U << 20U;
    // Bytes of an export that are written at a time, and the time between, which is the frames'.
    constexpr std::size_t kExportPortion = 2U << 20U;
    constexpr Duration kExportPause = std::chrono::milliseconds{15};
    // Bytes of a document that are read at a time: some milliseconds, too.
    constexpr std::size_t kReadPortion = 4U << 20U;

    // Up to so many steps the timeline follows each event at once.
    constexpr std::size_t kMostStepsAtOnce = 2'000;
    constexpr Duration kRefreshPerStep{1};

    std::string run_url_of(Options const& options)
    {
        return options.api + "/playbook-runs/" + percent_encode(options.run);
    }

    // An event that came this much later than the quickest ones did not come in time.
    constexpr Duration kTimely = std::chrono::seconds{3};
    constexpr std::size_t kMostHeldBack = 10'000;

    bool is_same_id(std::string_view a, std::string_view b)
    {
        return a == b || ascii_lower(a) == ascii_lower(b); // UUIDs may be written either way
    }

    // Whoever walks through steps faster than this wants "back" to lead out of the walk, not through it.
    constexpr Duration kWalk = std::chrono::seconds{1};

    // A step that the run has led to is to be seen for so long, or steps of a moment would only flicker.
    constexpr Duration kLeastShown = std::chrono::milliseconds{800};

    // Only a step that was gone to: a link shows the same to somebody else, and on a narrow screen the list where that is shown.
    std::string step_in_address(ViewState const& view)
    {
        return view.step_named && view.step_opened ? view.selected_step : std::string{};
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

Session::Session(Options options, Platform& platform, std::string_view preferences)
    : platform_(&platform), address_(format_address(options))
{
    state_.options = std::move(options);
    show_as_asked(state_.view, state_.options);
    apply_preferences(preferences, state_.view);
    preferences_ = format_preferences(state_.view);
    aim_connection();
    if (state_.options.probe)
        trace_.enable();
}

void Session::start(Instant now)
{
    for (std::string& complaint : std::exchange(state_.options.complaints, {}))
        note(std::move(complaint), now);
    if (state_.options.run.empty() || state_.options.run_too_long) {
        state_.problem = state_.options.run.empty() ? problem_no_run_id() : problem_run_id_too_long();
        state_.connection.phase = Phase::Failed;
        return;
    }
    advance_connection(Started{}, now);
}

void Session::complete(Instant now)
{
    state_.complete = true;
    if (state_.run)
        place_earlier_errors(*state_.run);
    for (PutOff& put_off : std::exchange(put_off_, {})) {
        if (auto const* const action = std::get_if<Action>(&put_off.what))
            carry_out(*action, put_off.at);
        else
            take_in(std::move(std::get<Arrival>(put_off.what)), put_off.at);
    }
    if (first_oddities_)
        note_oddities(*std::exchange(first_oddities_, {}), odd_documents_, now);
    tick(now);
    if (state_.derived.search.active())
        refresh_timeline(now); // it could not look before
    refresh_inspection();
}

void Session::act(Action const& action, Instant now)
{
    if (state_.complete)
        carry_out(action, now);
    else
        put_off_.push_back({now, action});
}

void Session::carry_out(Action const& action, Instant now)
{
    bool const asks_for_nothing = state_.options.run.empty() || state_.options.run_too_long;
    bool const retries = std::holds_alternative<RetryConnection>(action) || std::holds_alternative<Refresh>(action);
    if (asks_for_nothing && retries)
        return; // there is nothing to load, now or later
    bool const was_filtered = state_.view.filter.active();
    std::string const run_before = state_.options.run;
    std::string const step_before = step_in_address(state_.view);
    perform(update(state_, action, now), now);
    if (state_.options.run != run_before)
        open_run(now);
    if (state_.exporting && !export_at_)
        export_at_ = now;
    refresh_timeline(now);
    select_a_step(now);
    enrich_selection(now);
    if (std::holds_alternative<SelectStep>(action) || (was_filtered && !state_.view.filter.active()))
        reveal_selected();
    refresh_inspection();
    bool const goes_to_a_step
        = std::holds_alternative<SelectStep>(action) && step_in_address(state_.view) != step_before;
    refresh_address(goes_to_a_step && !walks_on(now));
    refresh_preferences();
}

// Each step of a walk comes soon after the one before.
bool Session::walks_on(Instant now)
{
    auto const before = std::exchange(stepped_at_, now);
    return before && now - *before < kWalk;
}

void Session::arrive(Arrival arrival, Instant now)
{
    auto* const answer = std::get_if<HttpAnswer>(&arrival);
    if (state_.complete)
        take_in(std::move(arrival), now);
    else if (answer != nullptr && answer->id == state_.connection.run_fetch && !state_.run)
        change([&] { on(std::move(*answer), now); }, now);
    else
        put_off_.push_back({now, std::move(arrival)});
}

void Session::take_in(Arrival arrival, Instant now)
{
    change([&] { std::visit([&](auto& what) { on(std::move(what), now); }, arrival); }, now);
}

template <typename Change>
void Session::change(Change change, Instant now)
{
    bool const is_first = !state_.run;
    bool const went_on = state_.run && !state_.run->over();
    change();
    if (went_on && state_.run && state_.run->over() && state_.view.notify && !state_.connection.visible)
        platform_->perform(notice_of_end(*state_.run));
    refresh_timeline_in_time(now);
    select_a_step(now);
    enrich_selection(now);
    if (is_first && state_.view.step_opened)
        reveal_selected(); // what the address names
    if (state_.complete)
        refresh_inspection();
}

void Session::tick(Instant now)
{
    if (waits_for_rest())
        return;
    if (reading_ && reading_->goes_on <= now)
        change([&] { read_on(now); }, now);
    if ((search_at_ && *search_at_ <= now) || (refresh_at_ && *refresh_at_ <= now))
        refresh_timeline(now);
    if (follow_at_ && *follow_at_ <= now) {
        select_a_step(now);
        refresh_inspection();
    }
    if (export_at_ && *export_at_ <= now)
        export_on(now);
    Connection const& connection = state_.connection;
    if (connection.run_fetch != 0 && connection.fetch_by && *connection.fetch_by <= now)
        report(problem_timed_out(), now);
    auto const timer = pev::next_timer(connection);
    if (timer && *timer <= now)
        advance_connection(TimerRang{}, now);
    if (auto const missing = health_.judge(now))
        advance_connection(StreamWentMute{*missing}, now);
    if (unread_at_ && *unread_at_ <= now)
        ask_for_what_was_unread(now);
    enrich_selection(now);
}

std::optional<Instant> Session::next_timer() const
{
    if (waits_for_rest())
        return std::nullopt;
    std::optional<Instant> earliest = pev::next_timer(state_.connection);
    auto const reads_on = reading_ ? std::optional{reading_->goes_on} : std::nullopt;
    auto const enriches = waits_as_told(state_.connection) ? std::nullopt : enrichment_.next_timer();
    for (auto const& timer :
        {reads_on, health_.next_timer(), enriches, search_at_, refresh_at_, follow_at_, export_at_, unread_at_}) {
        if (timer && (!earliest || *timer < *earliest))
            earliest = timer;
    }
    return earliest;
}

void Session::perform(Effects const& effects, Instant now)
{
    for (Effect const& effect : effects) {
        if (auto const* const fetch = std::get_if<Fetch>(&effect)) {
            fetch_sent_[fetch->id] = now;
        } else if (auto const* const abort = std::get_if<AbortFetch>(&effect)) {
            fetch_sent_.erase(abort->id);
            if (reading_ && reading_->answer.id == abort->id)
                stop_reading();
        }
        platform_->perform(effect);
    }
    if (stream_is_checked(state_.connection))
        return;
    health_.closed();
    // A request for a step alone is made beside a stream; whatever else goes on brings all of the run, or nothing.
    if (RequestId const dropped = enrichment_.drop(); dropped != 0) {
        fetch_sent_.erase(dropped);
        platform_->perform(AbortFetch{dropped});
    }
}

void Session::advance_connection(ConnectionInput const& input, Instant now)
{
    perform(advance(state_, input, now), now);
}

void Session::on(HttpAnswer answer, Instant now)
{
    auto const request = fetch_sent_.find(answer.id);
    if (request == fetch_sent_.end())
        return; // given up meanwhile
    Instant const sent = request->second;
    fetch_sent_.erase(request);
    if (answer.date)
        state_.clock.observe_date(*answer.date, sent, now);
    if (answer.body.size() > most_document_bytes(state_.options.memory))
        answer.refused_bytes = std::exchange(answer.body, {}).size();
    if (answer.id == state_.connection.run_fetch)
        on_run_answer(std::move(answer), sent, now);
    else if (answer.id == state_.connection.url_fetch)
        on_stream_url_answer(answer, now);
    else if (answer.id == enrichment_.request())
        on_step_answer(answer, sent, now);
}

void Session::on_run_answer(HttpAnswer answer, Instant sent, Instant now)
{
    bool const large = answer.body.size() > kReadPortion; // to hand it over was work enough for one turn of the page
    reading_ = std::make_unique<Reading>(std::move(answer), state_.options.memory, sent, now);
    if (large)
        state_.reading = 0;
    else
        read_on(now);
}

void Session::read_on(Instant now)
{
    if (!reading_->whole) {
        reading_->whole = !reading_->decoder.decode(kReadPortion);
        // What is made of a large document takes as long as a portion: the page has its turn before that, too.
        if (!reading_->whole || state_.reading) {
            state_.reading = reading_->decoder.progress();
            reading_->goes_on = now;
            return;
        }
    }
    std::unique_ptr<Reading> const done = std::move(reading_);
    stop_reading();
    if (!state_.complete)
        first_oddities_ = done->decoder.oddities();
    else if (!done->decoder.oddities().places.empty())
        note_oddities(done->decoder.oddities(), odd_documents_, now);
    on_run(done->answer, done->decoder.answer(), done->times, now);
}

void Session::stop_reading()
{
    reading_.reset();
    state_.reading.reset();
}

void Session::on_run(HttpAnswer const& answer, RunAnswer decoded, DocumentTimes const& times, Instant now)
{
    auto const fail = [&](Problem problem) {
        if (auto const wait
            = wait_of(answer.retry_after, answer.date, problem.kind == ProblemKind::TooManyRequests, now))
            advance_connection(AskedToWait{*wait}, now);
        report(std::move(problem), now);
        advance_connection(RunFetchFailed{answer.id}, now);
    };
    std::string const& run_id = state_.options.run;
    if (answer.refused_bytes > 0)
        return fail(problem_too_large(answer.refused_bytes, state_.options.memory));
    if (answer.status == 0)
        return fail(problem_unreachable(answer));
    if (auto const* const too_large = std::get_if<TooLarge>(&decoded))
        return fail(problem_too_large(*too_large, state_.options.memory));
    if (auto const* const error = std::get_if<Error>(&decoded))
        return fail(problem_not_a_run(answer, error->message, run_id));
    if (auto const* const refused = std::get_if<ServerError>(&decoded))
        return fail(problem_refused(answer, *refused, run_id));
    if (answer.status >= 300)
        return fail(problem_not_a_run(answer, "The server refused the request.", run_id));

    auto& fetched = std::get<RunModel>(decoded);
    // The first document says what the run is called; a cache or a proxy that mixes answers up is found out by the next.
    if (state_.run && !is_same_id(fetched.id, state_.run->id))
        return fail(problem_other_run(state_.run->id, fetched.id));
    bool const told_over = fetched.over();
    bool const was_over = state_.run && state_.run->over();
    std::optional<Instant> const went_on_at = was_over ? std::nullopt : state_.last_good_at;
    state_.problem.reset();
    hear(now);
    bool const lags = take_run(std::move(fetched), times);
    bool const over = state_.run->over();
    tell_what_runs(now);
    advance_connection(RunFetched{.id = answer.id,
                           .run_over = told_over && over,
                           .lags = lags,
                           .goes_on = was_over && !over,
                           .look_until = over ? look_until(went_on_at, now) : std::nullopt},
        now);
}

// What the server asks for in an answer that is no good. `date`: the server's time, where the answer says so.
std::optional<Duration> Session::wait_of(
    std::string_view retry_after, std::optional<Instant> date, bool limited, Instant now) const
{
    auto const wait = parse_retry_after(retry_after, date.value_or(state_.clock.server_time(now)));
    return wait || !limited ? wait : std::optional{kUnnamedWait};
}

void Session::tell_what_runs(Instant now)
{
    bool const anything_runs = state_.run->progress.running > 0;
    if (anything_runs != state_.connection.anything_runs)
        advance_connection(WorkChanged{anything_runs}, now);
}

// Until when a run that failed or was canceled is looked after: servers try its last step again, and handlers that were under way
// may bring it to a good end. It counts from the newest that is known of the run, by our clock. `went_on_at`: when it was last
// known to go on.
std::optional<Instant> Session::look_until(std::optional<Instant> went_on_at, Instant now) const
{
    RunModel const& run = *state_.run;
    if (run.state.kind != ExecutionState::Failed && run.state.kind != ExecutionState::Canceled)
        return std::nullopt;
    Instant newest = std::max(run.told_at.value_or(Instant{}), went_on_at.value_or(Instant{}));
    auto const consider = [&, offset = state_.clock.offset()](std::optional<Instant> at) {
        if (at && *at - offset <= now + kAfterFailure) // what is to come tells nothing
            newest = std::max(newest, *at - offset);
    };
    consider(run.completed_at ? run.completed_at : run.updated_at);
    for (StepRun const& step : run.steps) {
        consider(step.started_at);
        consider(step.completed_at);
    }
    return std::min(newest, now) + kAfterFailure;
}

// The run may have ended, or ended anew.
void Session::tell_end(Instant now)
{
    advance_connection(RunEnded{look_until(std::nullopt, now)}, now);
}

void Session::on_stream_url_answer(HttpAnswer const& answer, Instant now)
{
    StreamUrlAnswer const decoded = decode_stream_url_answer(answer.body);
    auto const* const url = std::get_if<std::string>(&decoded);
    if (url != nullptr && answer.status < 300) {
        advance_connection(StreamUrlFetched{answer.id, *url}, now);
        return;
    }
    auto const* const refused = std::get_if<ServerError>(&decoded);
    if (refused != nullptr)
        note("No stream: " + one_line(refused->message, 200), now);
    else
        note("No stream: the answer to the request for its address has none (HTTP " + std::to_string(answer.status)
                + ")",
            now);
    bool const limited = is_limit(answer.status, refused != nullptr ? refused->code : std::string_view{});
    auto const wait = wait_of(answer.retry_after, answer.date, limited, now);
    if (limited)
        advance_connection(AskedToWait{*wait}, now);
    advance_connection(StreamUrlRefused{answer.id, wait.value_or(Duration{0})}, now);
}

void Session::on_step_answer(HttpAnswer const& answer, Instant sent, Instant now)
{
    if (answer.refused_bytes > 0) {
        enrichment_.answered(now);
        return note(
            "A step could not be fetched: it has " + format_bytes(static_cast<std::size_t>(answer.refused_bytes)), now);
    }
    JsonOddities oddities;
    StepAnswer decoded = decode_step_answer(answer.body, &oddities);
    note_oddities(oddities, odd_documents_, now);
    auto* const fetched = std::get_if<StepRun>(&decoded);
    StepRun const* const wanted = state_.run->find(enrichment_.step());
    bool const is_the_step = fetched != nullptr && wanted != nullptr && fetched->key == wanted->key;
    if (is_the_step && answer.status != 0 && answer.status < 300) {
        enrichment_.answered(now);
        hear(now);
        merge_step(*state_.run, std::move(*fetched), {sent, now});
        return;
    }
    auto const* const refused = std::get_if<ServerError>(&decoded);
    bool const limited = is_limit(answer.status, refused != nullptr ? refused->code : std::string_view{});
    auto const wait = wait_of(answer.retry_after, answer.date, limited, now);
    bool const comes_later = answer.status == 0 || answer.status >= 500 || wait;
    note("A step could not be fetched (HTTP " + std::to_string(answer.status) + ")", now);
    if (limited)
        advance_connection(AskedToWait{*wait}, now);
    // An answer that is no refusal of this API's comes from a server without such a route, and so will all others.
    if (comes_later)
        enrichment_.answered(now, wait.value_or(Duration{0}));
    else
        enrichment_.refused(refused == nullptr, now);
}

void Session::on(StreamOpened const& opened, Instant now)
{
    if (opened.id == state_.connection.stream) {
        ++openings_;
        opened_at_ = now;
        health_.opened(now);
    }
    advance_connection(StreamDidOpen{opened.id}, now);
}

void Session::on(StreamMessage arrived, Instant now)
{
    if (arrived.id == 0 || arrived.id != state_.connection.stream)
        return; // from a stream that was given up
    // Where what is shown is stale the stream alone can't mend it: what it did not tell is brought by the fetch behind its opening.
    if (!state_.connection.catching_up || !state_.freshness(now).stale)
        hear(now);
    SseMessage& message = arrived.message;
    if (message.type == "connected") {
        advance_connection(StreamSpoke{.timely = false}, now);
        return;
    }
    Diagnostics& counts = state_.diagnostics;
    ++counts.events_received;
    std::uint64_t const content = Fingerprint{}.add(message.type).add(message.data).value();
    JsonOddities oddities;
    DecodedEvent decoded = decode_event(message.type, std::move(message.data), std::move(message.id), &oddities);
    note_oddities(oddities, odd_events_, now);
    if (!std::holds_alternative<RunEvent>(decoded))
        advance_connection(StreamSpoke{.timely = false}, now);
    if (auto const* const error = std::get_if<Error>(&decoded)) {
        ++counts.broken;
        note("Broken event: " + one_line(error->message, 200), now);
        if (!unread_at_)
            unread_at_ = std::max(now, ask_again_);
        if (*unread_at_ <= now)
            ask_for_what_was_unread(now);
    } else if (auto const* const unknown = std::get_if<UnknownEventType>(&decoded)) {
        ++counts.unknown_type;
        note("Event of an unknown type: " + one_line(unknown->type, 60), now);
    } else {
        auto& event = std::get<RunEvent>(decoded);
        if (event.at)
            state_.clock.observe_event(*event.at, now);
        place_event(event, now);
        advance_connection(StreamSpoke{.timely = event.at && now - *event.happened_by < kTimely}, now);
        health_.heard(event);
        if (!event.sse_id.empty() && seen_events_.is_repeated(event.sse_id, content, openings_, event.at))
            ++counts.already_known;
        else
            apply(event, now);
    }
}

void Session::on(StreamLost const& lost, Instant now)
{
    if (lost.id == 0 || lost.id != state_.connection.stream)
        return; // given up meanwhile
    if (lost.status != 0)
        note("The stream was refused (HTTP " + std::to_string(lost.status) + ")", now);
    bool const limited = is_limit(lost.status);
    auto const wait = wait_of(lost.retry_after, std::nullopt, limited, now);
    if (limited)
        advance_connection(AskedToWait{*wait}, now);
    advance_connection(StreamWasLost{lost.id, lost.reopens, wait.value_or(Duration{0})}, now);
}

void Session::on(StreamWaits const& waits, Instant now)
{
    advance_connection(StreamMustWait{waits.id}, now);
}

void Session::on(VisibilityTold const& told, Instant now)
{
    advance_connection(VisibilityChanged{told.visible}, now);
}

void Session::on(NetworkTold const& told, Instant now)
{
    advance_connection(NetworkChanged{told.online}, now);
}

void Session::on(NotifyAnswer const& answer, Instant now)
{
    state_.view.notify = answer.allowed;
    if (!answer.allowed)
        note("the browser does not let the viewer notify", now);
}

void Session::on(LinkRefused const& refused, Instant now)
{
    state_.refused_link = {.why = refused.why, .at = now};
    note(one_line(refused.why, 300), now);
}

void Session::on(Remark const& remark, Instant now)
{
    note(one_line(remark.text, 300), now);
}

void Session::aim_connection()
{
    Connection& connection = state_.connection;
    connection.streaming_allowed = state_.options.stream;
    connection.profile = state_.options.profile;
    connection.run_url = run_url_of(state_.options);
    connection.stream_url = connection.run_url + "/stream";
}

// All anew, but for what does not belong to the run before.
void Session::open_run(Instant now)
{
    advance_connection(RunLeft{}, now);
    state_.options.query = with_run(state_.options.query, state_.options.run);
    Session next{std::move(state_.options), *platform_};
    next.state_.connection = std::move(state_.connection);
    next.aim_connection();
    next.state_.clock = state_.clock;
    next.state_.view = std::move(state_.view);
    next.state_.diagnostics = std::move(state_.diagnostics);
    next.address_ = std::move(address_);
    next.preferences_ = std::move(preferences_);
    next.trace_ = std::move(trace_);
    next.state_.exporting = std::move(state_.exporting);
    next.export_at_ = export_at_;
    *this = std::move(next);
    start(now);
}

bool Session::take_run(RunModel fetched, DocumentTimes const& times)
{
    bool lags = false;
    if (state_.run) {
        lags = merge_run(std::move(fetched), times);
    } else {
        note_document(fetched, times);
        state_.run = std::move(fetched);
        if (state_.complete)
            place_earlier_errors(*state_.run);
    }
    return lags;
}

bool Session::merge_run(RunModel fetched, DocumentTimes const& times)
{
    health_.compare(*state_.run, fetched, times.sent, times.received);
    bool const lags = merge(*state_.run, std::move(fetched), times).document_lags;
    apply_held_back(times.received);
    return lags || !held_back_.empty();
}

// The one that the address or the reader names; else the run shows the way.
void Session::select_a_step(Instant now)
{
    ViewState& view = state_.view;
    if (!state_.run || state_.run->steps.empty())
        return;
    if (state_.selected() == nullptr) {
        if (!view.selected_step.empty())
            note("The address names a step that the run does not have: " + one_line(view.selected_step, 60), now);
        view.step_opened = view.step_named = false;
        view.follows_run = true;
    }
    if (view.follows_run)
        follow_run(now);
}

// To what it is at, or what it failed with; where it is at nothing, what is shown stays, and the first step is where it begins.
void Session::follow_run(Instant now)
{
    RunModel const& run = *state_.run;
    StepRun const* const shown = state_.selected();
    StepRun const* wanted = nullptr;
    if (run.state.kind == ExecutionState::Failed)
        wanted = first_failed_step(run);
    else if (auto const& current = state_.derived.current_step)
        wanted = &run.steps[*current];
    if (wanted == nullptr && shown == nullptr)
        wanted = &run.steps.front();
    follow_at_.reset();
    if (wanted == nullptr || wanted == shown)
        return;
    if (shown != nullptr && !run.over() && now < followed_at_ + kLeastShown) {
        follow_at_ = followed_at_ + kLeastShown;
        return;
    }
    followed_at_ = now;
    inspect_step(state_.view, wanted->ref);
    if (run.over())
        reveal_selected();
}

void Session::hear(Instant now)
{
    if (state_.freshness(now).stale)
        state_.recovered_at = now;
    state_.last_good_at = now;
}

void Session::place_event(RunEvent& event, Instant now) const
{
    event.happened_by = event.at ? state_.clock.happened_if_exact(*event.at, now) : now;
    event.latest_stamp = state_.clock.latest_stamp(now);
    event.opening = openings_;
    event.replayed = *event.happened_by < opened_at_;
    // What is told as it happens may be as young as its stamp allows; a replay repeats what a document may know already.
    if (event.at && !event.replayed)
        event.happened_by = state_.clock.happened_by(*event.at, now);
}

void Session::apply(RunEvent const& event, Instant now)
{
    if (!state_.run)
        return; // streams are opened only when there is a run
    Diagnostics& counts = state_.diagnostics;
    RunModel& run = *state_.run;
    bool const was_over = run.over();
    StateName const state = run.state;
    std::optional<Instant> const ended_at = run.completed_at;
    std::uint64_t const revision = run.revision;
    std::size_t const lines = run.log_line_count;
    StepRun const* const step = run.find_by_key(event_step_key(event.event), event.at);
    bool const step_was_over = step != nullptr && rank_of(step->state.kind) == 2;
    switch (reduce(run, event)) {
    case Applied::Changed:
        ++counts.events_applied;
        trace_.applied(event, now);
        if (step_was_over && rank_of(step->state.kind) < 2)
            advance_connection(StepWentMissing{}, now); // it may be another one of its key
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
        hold_back(event, now);
        break;
    }
    if (run.revision != revision || run.log_line_count != lines)
        advance_connection(StreamBroughtNews{}, now);
    tell_what_runs(now);
    if (run.over() && (!was_over || run.completed_at != ended_at || run.state != state))
        tell_end(now);
    else if (was_over && !run.over())
        advance_connection(RunGoesOn{}, now);
}

void Session::hold_back(RunEvent const& event, Instant now)
{
    std::string const key{event_step_key(event.event)};
    if (held_back_.size() < kMostHeldBack)
        held_back_.push_back(event);
    if (missing_steps_.insert(key).second)
        advance_connection(StepWentMissing{}, now);
}

void Session::apply_held_back(Instant now)
{
    std::vector<RunEvent> const events = std::exchange(held_back_, {});
    for (RunEvent const& event : events) {
        if (state_.run->find_by_key(event_step_key(event.event)) != nullptr) {
            --state_.diagnostics.unknown_step;
            apply(event, now);
        } else {
            held_back_.push_back(event);
        }
    }
}

// Something happened that nobody could read: the run tells. Where that goes on and on, it is asked less and less often.
void Session::ask_for_what_was_unread(Instant now)
{
    unread_at_.reset();
    between_asks_ = std::clamp<Duration>(between_asks_ * 2, kCheckAfterProbation, kLongestUnchecked);
    ask_again_ = now + between_asks_;
    if (!state_.connection.final_seen) // the last document has told
        advance_connection(StepWentMissing{}, now);
}

void Session::note_oddities(JsonOddities const& oddities, std::uint8_t& told, Instant now)
{
    for (std::string const& sentence : describe_oddities(oddities, told))
        note((&told == &odd_events_ ? "An event is " : "The document is ") + sentence, now);
}

void Session::report(Problem problem, Instant now)
{
    note(problem.title + (problem.detail.empty() ? "" : ": " + problem.detail), now);
    if (!state_.connection.final_seen) // otherwise nothing is missing
        state_.problem = std::move(problem);
}

void Session::note(std::string text, Instant now)
{
    state_.diagnostics.errors.add(now, std::move(text));
}

void Session::enrich_selection(Instant now)
{
    StepRun const* const step = state_.selected();
    bool const polled = !stream_is_checked(state_.connection); // which brings everything
    bool const passes_by = state_.view.follows_run; // the run leads on
    if (step == nullptr || polled || passes_by || waits_as_told(state_.connection) || !enrichment_.is_due(*step, now))
        return;
    if (!state_.run->can_be_asked_alone(*step) || !enrichment_.can_be_asked_alone(*step)) {
        enrichment_.asked(*step, 0);
        enrichment_.answered(now);
        advance_connection(DetailsWanted{}, now);
        return;
    }
    RequestId const request = next_request(state_.connection);
    enrichment_.asked(*step, request);
    perform({Fetch{request, state_.connection.run_url + "/steps/" + percent_encode(step->key)}}, now);
}

void Session::refresh_timeline(Instant now)
{
    if (!state_.run)
        return;
    refreshed_at_ = now;
    refresh_at_.reset();
    settle_order(*state_.run); // events may have begun steps meanwhile
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
    derived.current_step = current_step_of(run, state_.view.follows_run ? state_.selected() : nullptr);
    derived.rounds = rounds_of(run);
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
    bool const can_look = search.active() && state_.complete;
    if (can_look)
        search.look(run, kSearchPortion);
    search_at_ = can_look && !search.done() ? std::optional{now} : std::nullopt;
}

// One portion of the file.
void Session::export_on(Instant now)
{
    RunExport& file = *state_.exporting;
    SaveFile part{.name = file.file_name(), .media_type = std::string{file.media_type()}, .content = {}};
    file.write(kExportPortion, part.content);
    part.more = !file.done();
    platform_->perform(part);
    export_at_ = part.more ? std::optional{now + kExportPause} : std::nullopt;
    if (!part.more)
        state_.exporting.reset();
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
    InspectionSource source{step->ref, step->revision};
    if (inspection_source_ == source)
        return;
    state_.derived.inspection = inspect(*step);
    inspection_source_ = std::move(source);
}

void Session::refresh_address(bool new_entry)
{
    Options& options = state_.options;
    ViewState const& view = state_.view;
    options.step = step_in_address(view);
    options.search = view.filter.search;
    options.states = words_of(view.filter.states);
    options.types = words_of(view.filter.types);
    options.theme = view.theme;
    options.time_zone = view.time_zone;
    std::string address = format_address(options);
    if (address == address_)
        return;
    address_ = std::move(address);
    platform_->perform(SetAddress{address_, new_entry});
}

void Session::refresh_preferences()
{
    std::string preferences = format_preferences(state_.view);
    if (preferences == preferences_)
        return;
    preferences_ = std::move(preferences);
    platform_->perform(StorePreferences{preferences_});
}

} // namespace pev
