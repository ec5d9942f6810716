#include "native/player.h"

#include "native/snapshot.h"
#include "shared/base/text.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"

#include <utility>
#include <variant>

namespace pev::native {

namespace {

    constexpr Duration kLead = std::chrono::seconds{1};
    constexpr std::string_view kStepPath = "/steps/";

} // namespace

Player::Player(Recording recording) : recording_(std::move(recording))
{
    RunAnswer decoded = decode_run_answer(recording_.initial);
    if (auto* const run = std::get_if<RunModel>(&decoded))
        run_ = std::move(*run);
}

Instant Player::start() const
{
    return recording_.events.empty() ? recording_.began : time_of(recording_.events.front()) - kLead;
}

Instant Player::end() const
{
    return recording_.events.empty() ? recording_.began : time_of(recording_.events.back());
}

void Player::perform(Effect const& effect, Instant now)
{
    play_until(now);
    if (auto const* const fetch = std::get_if<Fetch>(&effect)) {
        HttpAnswer answer;
        answer.id = fetch->id;
        answer.status = 200;
        answer.content_type = "application/json";
        answer.date = now;
        std::size_t const step = fetch->url.find(kStepPath);
        answer.body = step == std::string::npos
            ? document()
            : step_of(document(), percent_decode(fetch->url.substr(step + kStepPath.size())));
        arrivals_.emplace_back(std::move(answer));
    } else if (auto const* const open = std::get_if<OpenStream>(&effect)) {
        stream_ = open->id;
        arrivals_.emplace_back(StreamOpened{open->id});
    } else if (auto const* const close = std::get_if<CloseStream>(&effect)) {
        if (close->id == stream_)
            stream_ = 0;
    }
}

std::vector<Arrival> Player::take_arrivals(Instant now)
{
    play_until(now);
    return std::exchange(arrivals_, {});
}

std::optional<Instant> Player::next_arrival() const
{
    if (!arrivals_.empty())
        return Instant{}; // long due
    if (next_ < recording_.events.size())
        return time_of(recording_.events[next_]);
    return std::nullopt;
}

void Player::play_until(Instant now)
{
    for (; next_ < recording_.events.size() && time_of(recording_.events[next_]) <= now; ++next_) {
        SseMessage const& message = recording_.events[next_].message;
        DecodedEvent const decoded = decode_event(message.type, message.data, {});
        if (auto const* const event = std::get_if<RunEvent>(&decoded))
            reduce(run_, *event);
        if (stream_ != 0)
            arrivals_.emplace_back(StreamMessage{stream_, message});
    }
}

std::string Player::document() const
{
    if (next_ == 0)
        return recording_.initial;
    if (next_ == recording_.events.size() && !recording_.final.empty())
        return recording_.final;
    return snapshot(recording_.initial, run_);
}

} // namespace pev::native
