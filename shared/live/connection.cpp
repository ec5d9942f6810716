#include "shared/live/connection.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // A run whose end was told by an event, while the document says otherwise, is asked for this often.
    constexpr int kMaxEarlyFinalFetches = 5;
    // The browser's own reopening takes its three seconds, then the stream has as long to open as any other.
    constexpr Duration kBrowserReopenTimeout = kFirstRetry + kOpenTimeout;
    // A stream that was trusted for so long before it went mute did work: the tries start afresh.
    constexpr Duration kTrustedStream = std::chrono::minutes{1};
    // A request that has no answer after this is not waited for where another one is wanted.
    constexpr Duration kImpatience = std::chrono::seconds{2};

    class Machine {
    public:
        Machine(Connection& connection, Instant now) : c_(connection), now_(now) {}

        Effects take_effects() { return std::move(effects_); }

        // What would ask is due when the server may be asked.
        void hold_back_timers()
        {
            if (may_ask())
                return;
            for (auto* const timer : {&c_.poll_at, &c_.check_at, &c_.retry_at}) {
                if (*timer)
                    *timer = std::max(**timer, *c_.wait_until);
            }
        }

        void operator()(Started const&)
        {
            c_.phase = Phase::Loading;
            fetch_run();
        }

        void operator()(RunFetched const& fetched)
        {
            if (!answers_run_fetch(fetched.id))
                return;
            bool const again = std::exchange(c_.fetch_again, false);
            c_.catching_up &= again;
            c_.has_run = true;
            c_.online = true;
            c_.doubtful = false;
            c_.doubt_at.reset();
            c_.failures = 0;
            c_.lagging_fetches = fetched.lags ? c_.lagging_fetches + 1 : 0;
            if (fetched.goes_on)
                go_on();
            else if (fetched.run_over)
                end_run(fetched.look_until);
            if (c_.phase == Phase::Final) {
                c_.final_seen = fetched.run_over && !again;
                if (!c_.final_seen && ++c_.early_final_fetches < kMaxEarlyFinalFetches)
                    c_.poll_at = now_ + (again ? Duration{0} : kPollInterval);
                return;
            }
            if (c_.phase == Phase::Loading)
                follow_run();
            else if (stream_is_forgotten())
                connect();
            if (again)
                fetch_run();
            else if (c_.phase != Phase::Paused && fetched.lags && c_.lagging_fetches <= kMostLaggingFetches)
                c_.poll_at = now_ + kPollInterval;
            else
                schedule_next();
        }

        void operator()(RunFetchFailed const& failed)
        {
            if (!answers_run_fetch(failed.id))
                return;
            c_.fetch_again = false;
            ++c_.failures;
            if (c_.phase == Phase::Loading && !c_.has_run) {
                c_.phase = Phase::Failed;
                return;
            }
            if (c_.phase == Phase::Loading)
                follow_run(); // resumed: what is on screen is old, but it goes on
            if (c_.phase == Phase::Final) {
                if (!c_.final_seen)
                    c_.poll_at = now_ + backoff(c_.failures);
            } else if (c_.phase == Phase::Live) {
                doubt();
                c_.poll_at = now_ + poll_interval(); // the gap before the stream opened may be still to be closed
            } else {
                schedule_next();
            }
        }

        void operator()(StreamUrlFetched const& fetched)
        {
            if (answers_url_fetch(fetched.id))
                open_stream(fetched.url);
        }

        void operator()(StreamUrlRefused const& refused)
        {
            if (!answers_url_fetch(refused.id))
                return;
            try_failed();
            c_.retry_at = std::max(*c_.retry_at, now_ + refused.wait);
        }

        void operator()(StreamDidOpen const& opened)
        {
            if (!is_current_stream(opened.id))
                return;
            c_.phase = c_.found_mute ? Phase::Probation : Phase::Live;
            c_.live_since = c_.found_mute ? std::nullopt : std::optional{now_};
            c_.catching_up = true;
            c_.heard_at = now_;
            c_.timely_at.reset();
            c_.looks = 0;
            c_.polled = false;
            c_.doubtful = false;
            c_.browser_reopens = false;
            c_.waits_for_room = false;
            c_.open_by.reset();
            c_.retry_at.reset();
            c_.poll_at.reset();
            // What happened before this moment is not told again: fetch, and merge.
            fetch_what_is_now();
        }

        void operator()(StreamMustWait const& waiting)
        {
            if (!is_current_stream(waiting.id) || c_.phase != Phase::Connecting)
                return;
            c_.phase = Phase::Polling;
            c_.waits_for_room = true;
            c_.open_by.reset();
            poll_now();
        }

        void operator()(StreamWasLost const& lost)
        {
            if (!is_current_stream(lost.id))
                return;
            if (was_live_for(kProvenStream))
                c_.tries = 0;
            c_.live_since.reset();
            if (lost.browser_reopens && may_ask() && c_.profile == Profile::Api && c_.tries == 0) {
                c_.tries = 1;
                c_.browser_reopens = true;
                c_.phase = Phase::Backoff;
                c_.check_at.reset();
                c_.retry_at = now_ + kFirstRetry;
                c_.open_by = now_ + kBrowserReopenTimeout;
                poll_now();
                return;
            }
            try_failed();
            c_.retry_at = std::max(*c_.retry_at, now_ + lost.wait);
        }

        void operator()(StreamSpoke const& spoke)
        {
            if (c_.phase != Phase::Live)
                return;
            c_.heard_at = now_;
            c_.doubtful = false;
            if (spoke.timely)
                c_.timely_at = now_;
            if (!events_tell_enough())
                look_soon();
        }

        void operator()(StreamBroughtNews const&)
        {
            if (c_.phase != Phase::Probation)
                return;
            c_.found_mute = false;
            c_.phase = Phase::Live;
            c_.live_since = now_;
            c_.poll_at.reset();
            c_.check_at = now_ + kCheckAfterProbation;
        }

        void operator()(StreamWentMute const&)
        {
            if (!stream_is_checked(c_))
                return;
            if (was_live_for(kTrustedStream))
                c_.tries = 0;
            c_.found_mute = true;
            try_failed();
        }

        void operator()(RunEnded const& ended)
        {
            bool const is_known
                = c_.run_over && (!c_.rest_at || (ended.look_until && *ended.look_until <= *c_.rest_at));
            if (is_known)
                return;
            end_run(ended.look_until);
            // One last fetch brings output and enrichments. One that is under way may have been answered too early.
            fetch_what_is_now();
        }

        void operator()(RunGoesOn const&)
        {
            if (!c_.run_over)
                return;
            go_on();
            if (c_.phase == Phase::Loading)
                fetch_what_is_now();
        }

        void operator()(WorkChanged const& changed)
        {
            c_.anything_runs = changed.anything_runs;
            look_soon();
        }

        void operator()(AskedToWait const& asked)
        {
            Instant const until = now_ + std::min(asked.wait, kLongestWait);
            c_.wait_until = std::max(c_.wait_until.value_or(until), until);
            // What opens streams by itself would not wait.
            if (c_.browser_reopens || c_.waits_for_room) {
                close_stream();
                connect_later();
            }
        }

        void operator()(StepWentMissing const&)
        {
            if (c_.phase != Phase::Paused)
                fetch_what_is_now();
        }

        void operator()(DetailsWanted const&) { (*this)(StepWentMissing{}); }

        void operator()(RefreshAsked const&)
        {
            if (c_.phase == Phase::Failed)
                (*this)(RetryAsked{});
            else
                fetch_unless_under_way();
        }

        void operator()(PauseAsked const&)
        {
            if (!c_.has_run || c_.phase == Phase::Final)
                return;
            close_stream();
            abort_fetches();
            stop_timers();
            c_.rest_at.reset();
            c_.phase = Phase::Paused;
        }

        void operator()(ResumeAsked const&)
        {
            if (c_.phase != Phase::Paused)
                return;
            c_.tries = 0;
            catch_up();
        }

        void operator()(RetryAsked const&)
        {
            c_.tries = 0;
            switch (c_.phase) {
            case Phase::Failed:
                if (!may_ask())
                    break; // it is asked by itself when it may be
                c_.phase = Phase::Loading;
                fetch_run();
                break;
            case Phase::Connecting:
            case Phase::Probation:
            case Phase::Backoff:
            case Phase::Polling:
                close_stream();
                abort_url_fetch();
                follow_run();
                fetch_unless_under_way();
                break;
            case Phase::Live:
            case Phase::Final:
                c_.early_final_fetches = 0;
                fetch_unless_under_way();
                break;
            case Phase::Loading:
            case Phase::Asleep:
            case Phase::Paused:
                break;
            }
        }

        void operator()(VisibilityChanged const& changed)
        {
            if (c_.visible == changed.visible)
                return;
            c_.visible = changed.visible;
            if (!c_.visible) {
                c_.sleep_at = now_ + kSleepAfter;
                return;
            }
            c_.sleep_at.reset();
            if (c_.phase == Phase::Asleep)
                catch_up();
            else if (c_.phase == Phase::Failed)
                (*this)(RetryAsked{});
            else if (c_.phase == Phase::Final && (!c_.final_seen || c_.may_resume))
                fetch_unless_under_way();
            else if (c_.phase == Phase::Polling && c_.streaming_allowed && c_.stream == 0)
                connect();
        }

        void operator()(NetworkChanged const& changed)
        {
            if (c_.online == changed.online)
                return;
            c_.online = changed.online;
            bool const goes_on = c_.phase != Phase::Paused && c_.phase != Phase::Failed && c_.phase != Phase::Final;
            if (!c_.online) {
                // The stream may not notice for minutes; a request does at once.
                if (goes_on && c_.has_run)
                    fetch_unless_under_way();
                return;
            }
            c_.tries = 0;
            if (c_.phase == Phase::Failed) {
                (*this)(RetryAsked{});
            } else if (c_.phase == Phase::Final) {
                if (!c_.final_seen)
                    fetch_anew();
            } else if (goes_on) {
                // What was open belongs to a network that is no more.
                bool const waits_first = c_.phase == Phase::Loading || c_.phase == Phase::Asleep;
                if (!waits_first) {
                    close_stream();
                    abort_url_fetch();
                    follow_run();
                }
                fetch_anew();
            }
        }

        void operator()(StreamingChanged const& changed)
        {
            if (std::exchange(c_.streaming_allowed, changed.allowed) == changed.allowed)
                return;
            if (changed.allowed)
                return (*this)(RetryAsked{});
            if (!keeps_up()) // what else goes on sees to it when it comes so far
                return;
            close_stream();
            abort_url_fetch();
            stop_timers();
            c_.phase = Phase::Polling;
            poll_now();
        }

        void operator()(RunLeft const&)
        {
            close_stream();
            abort_fetches();
            Connection next; // its addresses are the next run's business
            next.streaming_allowed = c_.streaming_allowed;
            next.profile = c_.profile;
            next.visible = c_.visible;
            next.online = c_.online;
            next.sleep_at = c_.sleep_at;
            next.last_id = c_.last_id; // late answers stay late
            next.wait_until = c_.wait_until;
            c_ = std::move(next);
        }

        void operator()(TimerRang const&)
        {
            if (take_due(c_.wait_until) && c_.phase == Phase::Failed)
                (*this)(RetryAsked{});
            if (take_due(c_.rest_at)) {
                rest();
                fetch_what_is_now();
            }
            if (take_due(c_.doubt_at))
                doubt();
            if (is_due(c_.fetch_by))
                give_up_fetch();
            if (is_due(c_.open_by)) {
                close_stream();
                abort_url_fetch();
                try_failed();
            }
            if (take_due(c_.sleep_at))
                fall_asleep();
            if (!may_ask())
                return; // the rest is due when it may
            if (take_due(c_.retry_at) && c_.online && !c_.browser_reopens)
                connect();
            if (take_due(c_.check_at) && c_.phase == Phase::Live && c_.run_fetch == 0)
                check_stream();
            if (take_due(c_.poll_at)) {
                if (c_.run_fetch == 0)
                    fetch_run();
                c_.polled = true;
            }
        }

    private:
        bool is_due(std::optional<Instant> timer) const { return timer && *timer <= now_; }
        bool take_due(std::optional<Instant>& timer) const
        {
            if (!is_due(timer))
                return false;
            timer.reset();
            return true;
        }
        bool may_ask() const { return !c_.wait_until || *c_.wait_until <= now_; }
        bool is_current_stream(StreamId id) const { return id != 0 && id == c_.stream; }
        bool was_live_for(Duration time) const { return c_.live_since && now_ - *c_.live_since >= time; }

        // No try is due, though one is wanted: it was put off while there was no network.
        bool stream_is_forgotten() const
        {
            return (c_.phase == Phase::Backoff || c_.phase == Phase::Polling) && c_.streaming_allowed && !c_.retry_at
                && c_.stream == 0;
        }

        bool answers_run_fetch(RequestId id)
        {
            if (id == 0 || id != c_.run_fetch)
                return false;
            forget_run_fetch();
            return true;
        }

        bool answers_url_fetch(RequestId id)
        {
            if (id == 0 || id != c_.url_fetch)
                return false;
            c_.url_fetch = 0;
            return true;
        }

        // --- Requests ---

        void fetch_run()
        {
            if (!may_ask()) {
                c_.poll_at = c_.wait_until;
                return;
            }
            c_.run_fetch = ++c_.last_id;
            c_.fetch_sent = now_;
            c_.fetch_by = now_ + kFetchTimeout;
            if (c_.phase == Phase::Live && !c_.doubt_at)
                c_.doubt_at = now_ + kDoubtAfter;
            c_.poll_at.reset();
            c_.check_at.reset();
            effects_.push_back(Fetch{c_.run_fetch, c_.run_url});
        }

        void forget_run_fetch()
        {
            c_.run_fetch = 0;
            c_.fetch_by.reset();
        }

        // The last request has no answer, or a bad one.
        void doubt()
        {
            Instant const silent_at = c_.heard_at + kDoubtAfter;
            bool const only_waits = !may_ask() && c_.failures <= 1; // the server has answered: later
            if (c_.phase != Phase::Live || only_waits)
                return;
            if (silent_at <= now_)
                c_.doubtful = true;
            else
                c_.doubt_at = silent_at;
        }

        void abort_run_fetch()
        {
            if (c_.run_fetch != 0)
                effects_.push_back(AbortFetch{c_.run_fetch});
            forget_run_fetch();
            c_.fetch_again = false;
        }

        void abort_url_fetch()
        {
            if (c_.url_fetch != 0)
                effects_.push_back(AbortFetch{c_.url_fetch});
            c_.url_fetch = 0;
        }

        void abort_fetches()
        {
            abort_url_fetch();
            abort_run_fetch();
        }

        // A fetch that is sent from now on. One that is under way may have been answered before; or it hangs.
        void fetch_what_is_now()
        {
            if (c_.run_fetch != 0 && now_ - c_.fetch_sent <= kImpatience)
                c_.fetch_again = true;
            else
                fetch_anew();
        }

        void fetch_anew()
        {
            abort_run_fetch();
            fetch_run();
        }

        void fetch_unless_under_way()
        {
            if (c_.run_fetch == 0 || now_ - c_.fetch_sent > kImpatience)
                fetch_anew();
        }

        void give_up_fetch()
        {
            effects_.push_back(AbortFetch{c_.run_fetch});
            (*this)(RunFetchFailed{c_.run_fetch});
            // Streams may hold all connections that the browser allows to this host: ours, if it has nothing to tell, goes.
            bool const busy = c_.timely_at && now_ - *c_.timely_at < kFetchTimeout;
            if (stream_is_checked(c_) && !busy)
                try_failed();
        }

        Duration poll_interval() const
        {
            if (c_.phase == Phase::Asleep)
                return kSleepingPollInterval;
            if (c_.run_over)
                return std::min(look_interval(), kAfterFailurePollInterval);
            return c_.failures < kPatientFailures ? kPollInterval : kFailingPollInterval;
        }

        // Fetches at once, unless an answer is due within the next interval anyway.
        void poll_now()
        {
            if (c_.run_fetch == 0 && !c_.poll_at)
                fetch_run();
        }

        void schedule_next()
        {
            switch (c_.phase) {
            case Phase::Connecting:
            case Phase::Probation:
            case Phase::Backoff:
            case Phase::Polling:
            case Phase::Asleep:
                c_.poll_at = now_ + poll_interval();
                ++c_.looks;
                break;
            case Phase::Live:
                c_.check_at = now_ + (events_tell_enough() ? kCheckInterval : look_interval());
                ++c_.looks;
                break;
            case Phase::Loading:
            case Phase::Failed:
            case Phase::Paused:
            case Phase::Final:
                break;
            }
        }

        // Some servers tell nothing of cancels, of runs that are taken up again, or nothing at all: only of steps that run, on a stream
        // that has brought an event, the next event can be waited for.
        bool events_tell_enough() const { return c_.timely_at && c_.anything_runs && !c_.run_over; }

        Duration look_interval() const
        {
            return std::min<Duration>(kFirstLook * (1 << std::min(c_.looks, 4)), kCheckInterval);
        }

        // Something has happened: the silence counts from here.
        void look_soon()
        {
            c_.looks = 0;
            if (c_.check_at)
                c_.check_at = std::max(now_,
                    std::min(now_ + (events_tell_enough() ? kCheckInterval : kFirstLook),
                        c_.fetch_sent + kLongestUnchecked));
        }

        // Events that come in time prove for a while what the fetch would.
        void check_stream()
        {
            Instant const proven_until = events_tell_enough()
                ? std::min(*c_.timely_at + kCheckInterval, c_.fetch_sent + kLongestUnchecked)
                : now_;
            if (proven_until > now_)
                c_.check_at = proven_until;
            else
                fetch_run();
        }

        // --- The stream ---

        // The run is there, and not over: keep up with it.
        void follow_run()
        {
            bool const may_sleep = !c_.visible && !c_.sleep_at;
            if (may_sleep)
                c_.phase = Phase::Asleep;
            else if (c_.streaming_allowed)
                connect();
            else
                c_.phase = Phase::Polling;
        }

        // What is on screen is from before a pause or a sleep: first the run, then the rest.
        void catch_up()
        {
            c_.phase = Phase::Loading;
            c_.polled = false;
            c_.failures = 0;
            fetch_anew();
        }

        void connect()
        {
            if (!may_ask())
                return connect_later();
            c_.phase = Phase::Connecting;
            c_.retry_at.reset();
            c_.open_by = now_ + kOpenTimeout;
            if (c_.profile == Profile::App) {
                c_.url_fetch = ++c_.last_id;
                effects_.push_back(Fetch{c_.url_fetch, c_.stream_url});
            } else {
                open_stream(c_.stream_url);
            }
        }

        void connect_later()
        {
            c_.phase = gave_up(c_) ? Phase::Polling : Phase::Backoff;
            c_.open_by.reset();
            c_.retry_at = c_.wait_until;
        }

        void open_stream(std::string const& url)
        {
            if (!may_ask())
                return connect_later(); // with another address
            c_.stream = ++c_.last_id;
            effects_.push_back(OpenStream{c_.stream, url, c_.profile == Profile::App});
        }

        void close_stream()
        {
            if (c_.stream != 0)
                effects_.push_back(CloseStream{c_.stream});
            c_.stream = 0;
            c_.live_since.reset();
            c_.browser_reopens = false;
            c_.waits_for_room = false;
            c_.open_by.reset();
            c_.check_at.reset();
        }

        void try_failed()
        {
            close_stream();
            ++c_.tries;
            c_.phase = gave_up(c_) ? Phase::Polling : Phase::Backoff;
            c_.retry_at = now_ + backoff(c_.tries);
            poll_now();
        }

        // With streams, tries and polls, all of which can be stopped at any moment.
        bool keeps_up() const
        {
            switch (c_.phase) {
            case Phase::Connecting:
            case Phase::Live:
            case Phase::Probation:
            case Phase::Backoff:
            case Phase::Polling:
                return true;
            case Phase::Loading:
            case Phase::Failed:
            case Phase::Asleep:
            case Phase::Paused:
            case Phase::Final:
                return false;
            }
            return false;
        }

        void fall_asleep()
        {
            if (!keeps_up()) // Loading sees to it when the answer is there
                return;
            close_stream();
            abort_url_fetch();
            stop_timers();
            c_.phase = Phase::Asleep;
            if (c_.run_fetch == 0)
                schedule_next();
        }

        // `look_until`: it may be taken up again; until then all goes on as if it were not over.
        void end_run(std::optional<Instant> look_until)
        {
            if (!std::exchange(c_.run_over, true)) {
                c_.over_since = now_;
                c_.looks = 0;
            }
            c_.may_resume = look_until.has_value();
            bool const may_go_on = look_until && std::min(*look_until, c_.over_since + kLongestAfterFailure) > now_;
            if (may_go_on && c_.phase == Phase::Final) {
                if (*look_until < now_ + kAfterFailure / 2)
                    return; // that was seen; estimates of its time differ a little
                c_.phase = Phase::Loading;
            }
            if (may_go_on && c_.phase != Phase::Paused)
                c_.rest_at = std::max(c_.rest_at.value_or(*look_until), *look_until);
            else if (!may_go_on)
                rest();
        }

        void go_on()
        {
            c_.run_over = false;
            c_.rest_at.reset();
            c_.early_final_fetches = 0;
            c_.looks = 0;
            if (c_.phase == Phase::Final)
                c_.phase = Phase::Loading;
        }

        // Nothing more is expected.
        void rest()
        {
            c_.rest_at.reset();
            c_.final_seen = false;
            close_stream();
            abort_url_fetch();
            stop_timers();
            c_.phase = Phase::Final;
        }

        // But for those of a fetch under way, whose answer is still wanted.
        void stop_timers()
        {
            c_.poll_at.reset();
            c_.check_at.reset();
            c_.retry_at.reset();
            c_.open_by.reset();
            c_.doubt_at.reset();
        }

        Connection& c_;
        Instant now_;
        Effects effects_;
    };

} // namespace

Duration backoff(int attempt)
{
    if (attempt <= kMaxTries)
        return kFirstRetry * (1 << (std::max(attempt, 1) - 1));
    int const doublings = std::min(attempt - kMaxTries - 1, 8);
    return std::min<Duration>(kFirstLateRetry * (1 << doublings), kLastRetry);
}

Effects advance(Connection& connection, ConnectionInput const& input, Instant now)
{
    Machine machine{connection, now};
    std::visit(machine, input);
    machine.hold_back_timers();
    return machine.take_effects();
}

std::optional<Instant> next_timer(Connection const& connection)
{
    std::optional<Instant> earliest;
    for (auto const& timer :
        {connection.poll_at, connection.check_at, connection.retry_at, connection.open_by, connection.fetch_by,
            connection.doubt_at, connection.sleep_at, connection.rest_at, connection.wait_until}) {
        if (timer && (!earliest || *timer < *earliest))
            earliest = timer;
    }
    return earliest;
}

Mode mode_of(Connection const& connection)
{
    switch (connection.phase) {
    case Phase::Loading:
        return Mode::Loading;
    case Phase::Failed:
        return Mode::Error;
    case Phase::Live:
        return connection.doubtful ? Mode::Polling : Mode::Live;
    case Phase::Connecting:
        // The moment between the first answer and the opening of the stream is no polling yet.
        return connection.polled || connection.tries > 0 ? Mode::Polling : Mode::Loading;
    case Phase::Probation:
    case Phase::Backoff:
    case Phase::Polling:
    case Phase::Asleep:
        return Mode::Polling;
    case Phase::Paused:
        return Mode::Paused;
    case Phase::Final:
        return Mode::Final;
    }
    return Mode::Loading;
}

std::string_view mode_word(Mode mode)
{
    switch (mode) {
    case Mode::Loading:
        return "loading";
    case Mode::Live:
        return "live";
    case Mode::Polling:
        return "polling";
    case Mode::Paused:
        return "paused";
    case Mode::Final:
        return "final";
    case Mode::Error:
        return "error";
    }
    return "loading";
}

} // namespace pev
