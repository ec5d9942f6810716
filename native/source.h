// Where a run comes from: the network or a recording.
#pragma once

#include "native/net/network.h"
#include "native/player.h"

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace pev::native {

class Source {
public:
    // `wake` is called on another thread when there is something to take.
    Source(NetworkSettings settings, std::function<void()> wake);
    explicit Source(Player player);

    void perform(Effect const& effect, Instant now);
    std::vector<Arrival> take_arrivals(Instant now);
    // When there will be something to take, where that is known beforehand.
    std::optional<Instant> next_arrival() const;

    // Null where the run comes from the network.
    Player const* player() const { return std::get_if<Player>(&held_); }

private:
    std::variant<std::unique_ptr<Network>, Player> held_;
};

} // namespace pev::native
