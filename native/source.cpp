#include "native/source.h"

#include <utility>

namespace pev::native {

Source::Source(NetworkSettings settings, std::function<void()> wake)
    : held_(std::make_unique<Network>(std::move(settings), std::move(wake)))
{
}

Source::Source(Player player) : held_(std::move(player)) {}

void Source::perform(Effect const& effect, Instant now)
{
    if (auto* const player = std::get_if<Player>(&held_))
        player->perform(effect, now);
    else
        std::get<0>(held_)->perform(effect);
}

std::vector<Arrival> Source::take_arrivals(Instant now)
{
    if (auto* const player = std::get_if<Player>(&held_))
        return player->take_arrivals(now);
    return std::get<0>(held_)->take_arrivals();
}

std::optional<Instant> Source::next_arrival() const
{
    return player() != nullptr ? player()->next_arrival() : std::nullopt;
}

} // namespace pev::native
