#include "shared/live/story.h"

#include <algorithm>

namespace pev {

namespace {

    std::string try_number(Connection const& connection)
    {
        if (gave_up(connection))
            return "a late try";
        return "try " + std::to_string(connection.tries) + " of " + std::to_string(kMaxTries);
    }

    std::string seconds_to(std::optional<Instant> at, Instant now)
    {
        auto const left = at ? std::chrono::ceil<std::chrono::seconds>(*at - now) : std::chrono::seconds{0};
        return std::to_string(std::max(left, std::chrono::seconds{0}).count()) + " s";
    }

    struct WhyItChanged {
        Phase before;
        Connection const& after;

        std::string operator()(Started const&) const { return "opened"; }
        std::string operator()(RunFetched const& fetched) const
        {
            if (fetched.goes_on)
                return "the run goes on";
            return fetched.run_over ? "the server says that the run is over" : "the run was fetched";
        }
        std::string operator()(RunFetchFailed const&) const { return "the run could not be fetched"; }
        std::string operator()(StreamUrlFetched const&) const { return "the stream has an address"; }
        std::string operator()(StreamUrlRefused const&) const { return "no address for the stream"; }
        std::string operator()(StreamDidOpen const&) const { return "the stream is open"; }
        std::string operator()(StreamMustWait const&) const
        {
            return "other tabs hold the streams that the browser allows";
        }
        std::string operator()(StreamWasLost const&) const
        {
            return before == Phase::Connecting ? "the stream was refused" : "the stream was lost";
        }
        std::string operator()(StreamSpoke const&) const { return "the stream spoke"; }
        std::string operator()(StreamBroughtNews const&) const { return "the stream delivers"; }
        std::string operator()(StreamWentMute const& mute) const { return "the stream did not tell " + mute.missing; }
        std::string operator()(RunEnded const&) const { return "an event says that the run is over"; }
        std::string operator()(RunGoesOn const&) const { return "an event says that the run goes on"; }
        std::string operator()(WorkChanged const& changed) const
        {
            return changed.anything_runs ? "a step runs" : "no step runs";
        }
        std::string operator()(AskedToWait const& asked) const
        {
            auto const wait = std::chrono::ceil<std::chrono::seconds>(asked.wait);
            return "the server asks to wait " + std::to_string(wait.count()) + " s";
        }
        std::string operator()(DetailsWanted const&) const { return "a step's details are wanted"; }
        std::string operator()(StepWentMissing const&) const { return "an event names a new step"; }
        std::string operator()(RefreshAsked const&) const { return "refresh"; }
        std::string operator()(PauseAsked const&) const { return "pause"; }
        std::string operator()(ResumeAsked const&) const { return "resume"; }
        std::string operator()(RetryAsked const&) const { return "retry"; }
        std::string operator()(VisibilityChanged const& changed) const
        {
            return changed.visible ? "the page is seen again" : "the page is hidden";
        }
        std::string operator()(NetworkChanged const& changed) const
        {
            return changed.online ? "the network is back" : "the network is away";
        }
        std::string operator()(StreamingChanged const& changed) const
        {
            return changed.allowed ? "streaming was allowed" : "streaming was forbidden";
        }
        std::string operator()(RunLeft const&) const { return "another run is opened"; }
        std::string operator()(TimerRang const&) const
        {
            if (after.phase == Phase::Final)
                return "nothing more happened";
            if (after.phase == Phase::Asleep)
                return "hidden for "
                    + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(kSleepAfter).count()) + " s";
            if (after.phase == Phase::Connecting)
                return "it is time";
            if (before == Phase::Connecting || before == Phase::Backoff)
                return "the stream did not open";
            return "the server does not answer";
        }
    };

} // namespace

std::string what_it_does(Connection const& c, Instant now)
{
    bool const waits
        = waits_as_told(c) && c.phase != Phase::Live && c.phase != Phase::Paused && c.phase != Phase::Final;
    if (waits)
        return "Waits as the server asked, " + seconds_to(c.wait_until, now);
    switch (c.phase) {
    case Phase::Loading:
        return "Loads the run";
    case Phase::Failed:
        return "Gave up loading";
    case Phase::Connecting:
        return c.tries == 0 ? "Opens the stream" : "Opens the stream, " + try_number(c);
    case Phase::Live:
        return "Live";
    case Phase::Probation:
        return "Polls, until the stream has proved that it delivers";
    case Phase::Backoff:
        return "Polls, " + try_number(c) + " in " + seconds_to(c.retry_at, now);
    case Phase::Polling:
        return c.retry_at ? "Polls, " + try_number(c) + " in " + seconds_to(c.retry_at, now) : "Polls";
    case Phase::Asleep:
        return "Sleeps";
    case Phase::Paused:
        return "Paused";
    case Phase::Final:
        return "Done";
    }
    return {};
}

std::string why_it_changed(Phase before, ConnectionInput const& input, Connection const& after)
{
    return std::visit(WhyItChanged{before, after}, input);
}

} // namespace pev
