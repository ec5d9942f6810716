#include "shared/live/connection.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    // A run whose end was told by an event, while the document says otherwise, is asked for again this often.
    constexpr int kMaxFinalFetches = 5;
    // The browser's own reopening takes its three seconds, then the stream has as long to open as any other.
    constexpr Duration kBrowserReopenTimeout = kFirstRetry + kOpenTimeout;

    class Machine {
    public:
        Machine(Connection& connection, Instant now) : c_(connection), now_(now) {}

        Effects take_effects() { return std::move(effects_); }

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
            c_.has_run = true;
            if (fetched.run_over && !c_.run_over)
                end_run();
            if (c_.phase == Phase::Final) {
                if ((again || !fetched.run_over) && c_.final_fetches < kMaxFinalFetches)
                    c_.poll_at = now_ + (again ? Duration{0} : kPollInterval);
                return;
            }
            if (c_.phase == Phase::Loading)
                follow_run();
            if (again)
                fetch_run();
            else
                schedule_poll();
        }

        void operator()(RunFetchFailed const& failed)
        {
            if (!answers_run_fetch(failed.id))
                return;
            c_.fetch_again = false;
            if (c_.phase == Phase::Loading && !c_.has_run) {
                c_.phase = Phase::Failed;
                return;
            }
            if (c_.phase == Phase::Loading)
                follow_run(); // resumed: what is on screen is old, but it goes on
            if (c_.phase == Phase::Final)
                c_.poll_at = c_.final_fetches < kMaxFinalFetches ? std::optional{now_ + backoff(c_.final_fetches)}
                                                                 : std::nullopt;
            else if (c_.phase != Phase::Paused)
                c_.poll_at
                    = now_ + kPollInterval; // also while live: the gap before the stream opened is still to be closed
        }

        void operator()(StreamUrlFetched const& fetched)
        {
            if (!answers_url_fetch(fetched.id))
                return;
            open_stream(fetched.url);
        }

        void operator()(StreamUrlRefused const& refused)
        {
            if (!answers_url_fetch(refused.id))
                return;
            try_failed();
        }

        void operator()(StreamDidOpen const& opened)
        {
            if (!is_current_stream(opened.id))
                return;
            c_.phase = Phase::Live;
            c_.polled = false;
            c_.browser_reopens = false;
            c_.opened_at = now_;
            c_.open_by.reset();
            c_.retry_at.reset();
            c_.poll_at.reset();
            // What happened before this moment is not told again: fetch, and merge.
            if (c_.run_fetch != 0)
                c_.fetch_again = true;
            else
                fetch_run();
        }

        void operator()(StreamWasLost const& lost)
        {
            if (!is_current_stream(lost.id))
                return;
            bool const proven = c_.opened_at && now_ - *c_.opened_at >= kProvenStream;
            if (proven)
                c_.tries = 0;
            c_.opened_at.reset();
            if (lost.browser_reopens && c_.profile == Profile::Api && c_.tries == 0) {
                c_.tries = 1;
                c_.browser_reopens = true;
                c_.phase = Phase::Backoff;
                c_.retry_at = now_ + kFirstRetry;
                c_.open_by = now_ + kBrowserReopenTimeout;
                poll_now();
                return;
            }
            try_failed();
        }

        void operator()(RunEnded const&)
        {
            if (c_.run_over)
                return;
            end_run();
            // One last fetch brings output and enrichments. One that is under way may have been answered too early.
            if (c_.run_fetch != 0)
                c_.fetch_again = true;
            else
                fetch_run();
        }

        void operator()(StepWentMissing const&)
        {
            if (c_.phase == Phase::Paused)
                return;
            if (c_.run_fetch != 0)
                c_.fetch_again = true;
            else
                fetch_run();
        }

        void operator()(RefreshAsked const&)
        {
            if (c_.phase == Phase::Failed)
                return (*this)(RetryAsked{});
            if (c_.run_fetch == 0)
                fetch_run();
        }

        void operator()(PauseAsked const&)
        {
            if (!c_.has_run || c_.phase == Phase::Final)
                return;
            close_stream();
            abort_fetches();
            stop_timers();
            c_.phase = Phase::Paused;
        }

        void operator()(ResumeAsked const&)
        {
            if (c_.phase != Phase::Paused)
                return;
            c_.phase = Phase::Loading; // fetches first; there is a run to show meanwhile
            c_.tries = 0;
            c_.gave_up = false;
            if (c_.run_fetch == 0)
                fetch_run();
        }

        void operator()(RetryAsked const&)
        {
            c_.tries = 0;
            c_.gave_up = false;
            if (c_.phase == Phase::Failed) {
                c_.phase = Phase::Loading;
                fetch_run();
            } else if (c_.phase == Phase::Backoff || c_.phase == Phase::Polling) {
                close_stream();
                follow_run();
                if (c_.run_fetch == 0)
                    fetch_run();
            }
        }

        void operator()(TimerRang const&)
        {
            if (is_due(c_.fetch_by))
                (*this)(give_up_fetch());
            if (is_due(c_.open_by)) {
                close_stream();
                abort_url_fetch();
                try_failed();
            }
            if (is_due(c_.retry_at)) {
                c_.retry_at.reset();
                if (!c_.browser_reopens)
                    connect();
            }
            if (is_due(c_.poll_at)) {
                c_.poll_at.reset();
                if (c_.run_fetch == 0)
                    fetch_run();
                c_.polled = true;
            }
        }

    private:
        bool is_due(std::optional<Instant> timer) const { return timer && *timer <= now_; }
        bool is_current_stream(StreamId id) const { return id != 0 && id == c_.stream; }

        bool answers_run_fetch(RequestId id)
        {
            if (id == 0 || id != c_.run_fetch)
                return false;
            c_.run_fetch = 0;
            c_.fetch_by.reset();
            return true;
        }

        bool answers_url_fetch(RequestId id)
        {
            if (id == 0 || id != c_.url_fetch)
                return false;
            c_.url_fetch = 0;
            return true;
        }

        void fetch_run()
        {
            c_.run_fetch = ++c_.last_id;
            c_.fetch_by = now_ + kFetchTimeout;
            c_.poll_at.reset();
            if (c_.phase == Phase::Final)
                ++c_.final_fetches;
            effects_.push_back(Fetch{c_.run_fetch, c_.run_url});
        }

        RunFetchFailed give_up_fetch()
        {
            effects_.push_back(AbortFetch{c_.run_fetch});
            return {c_.run_fetch};
        }

        // The run is there, and not over: keep up with it.
        void follow_run()
        {
            if (c_.streaming_allowed && !c_.gave_up)
                connect();
            else
                c_.phase = Phase::Polling;
        }

        void connect()
        {
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

        void open_stream(std::string const& url)
        {
            c_.stream = ++c_.last_id;
            effects_.push_back(OpenStream{c_.stream, url});
        }

        void try_failed()
        {
            close_stream();
            c_.browser_reopens = false;
            c_.open_by.reset();
            c_.retry_at.reset();
            ++c_.tries;
            if (c_.tries > kMaxTries) {
                c_.gave_up = true;
                c_.phase = Phase::Polling;
            } else {
                c_.phase = Phase::Backoff;
                c_.retry_at = now_ + backoff(c_.tries);
            }
            poll_now();
        }

        // Fetches at once, unless an answer is due within the next interval anyway.
        void poll_now()
        {
            if (c_.run_fetch == 0 && !c_.poll_at)
                fetch_run();
        }

        void schedule_poll()
        {
            bool const polls
                = c_.phase == Phase::Connecting || c_.phase == Phase::Backoff || c_.phase == Phase::Polling;
            if (polls)
                c_.poll_at = now_ + kPollInterval;
        }

        void end_run()
        {
            c_.run_over = true;
            close_stream();
            abort_url_fetch();
            stop_timers();
            c_.phase = Phase::Final;
        }

        void close_stream()
        {
            if (c_.stream != 0)
                effects_.push_back(CloseStream{c_.stream});
            c_.stream = 0;
            c_.opened_at.reset();
            c_.browser_reopens = false;
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
            if (c_.run_fetch != 0)
                effects_.push_back(AbortFetch{c_.run_fetch});
            c_.run_fetch = 0;
            c_.fetch_again = false;
            c_.fetch_by.reset();
        }

        // But for that of a fetch under way, whose answer is still wanted.
        void stop_timers()
        {
            c_.poll_at.reset();
            c_.retry_at.reset();
            c_.open_by.reset();
        }

        Connection& c_;
        Instant now_;
        Effects effects_;
    };

} // namespace

Duration backoff(int attempt)
{
    int const doublings = std::clamp(attempt, 1, kMaxTries) - 1;
    return kFirstRetry * (1 << doublings);
}

Effects advance(Connection& connection, ConnectionInput const& input, Instant now)
{
    Machine machine{connection, now};
    std::visit(machine, input);
    return machine.take_effects();
}

std::optional<Instant> next_timer(Connection const& connection)
{
    std::optional<Instant> earliest;
    for (auto const& timer : {connection.poll_at, connection.retry_at, connection.open_by, connection.fetch_by}) {
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
        return Mode::Live;
    case Phase::Connecting:
        // The moment between the first answer and the opening of the stream is no polling yet.
        return connection.polled || connection.tries > 0 ? Mode::Polling : Mode::Loading;
    case Phase::Backoff:
    case Phase::Polling:
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
