#include "native/clock.h"

#include <algorithm>
#include <ctime>

namespace pev::native {

Clock::Clock(Instant start, double speed) : start_(start), started_(World::now()), speed_(speed) {}

Clock Clock::of_wall()
{
    return {std::chrono::floor<Duration>(std::chrono::system_clock::now()), 1};
}

Instant Clock::now() const
{
    std::chrono::duration<double> const passed = World::now() - started_;
    return start_ + std::chrono::duration_cast<Duration>(passed * speed_);
}

std::optional<std::chrono::duration<double>> Clock::until(Instant at) const
{
    auto const left = std::max(std::chrono::duration<double>{at - now()}, std::chrono::duration<double>{0});
    if (left.count() == 0)
        return left;
    if (speed_ == 0)
        return std::nullopt;
    return left / speed_;
}

void Clock::jump_to(Instant at)
{
    start_ = std::max(at, now());
    started_ = World::now();
}

std::chrono::minutes local_offset(Instant at)
{
    auto const seconds
        = static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
    std::tm local{};
    if (localtime_r(&seconds, &local) == nullptr)
        return {};
    return std::chrono::floor<std::chrono::minutes>(std::chrono::seconds{local.tm_gmtoff});
}

} // namespace pev::native
