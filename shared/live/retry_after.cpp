#include "shared/live/retry_after.h"

#include <algorithm>

namespace pev {

std::optional<Duration> parse_retry_after(std::string_view header, Instant server_now)
{
    using std::chrono::seconds;
    constexpr std::int64_t kMost = 1'000'000'000; // more digits say no more
    std::size_t const start = header.find_first_not_of(" \t");
    if (start == std::string_view::npos)
        return std::nullopt;
    header.remove_prefix(start);
    std::int64_t whole = 0;
    bool fraction = false;
    std::size_t at = 0;
    auto const is_digit = [&] { return at < header.size() && header[at] >= '0' && header[at] <= '9'; };
    for (; is_digit(); ++at)
        whole = std::min(10 * whole + (header[at] - '0'), kMost);
    if (at > 0) {
        if (at < header.size() && header[at] == '.') {
            for (++at; is_digit(); ++at)
                fraction |= header[at] != '0';
        }
        std::size_t const end = header.find_first_not_of(" \t", at);
        bool const ends_here = end == std::string_view::npos || header[end] == ',';
        return ends_here ? std::optional<Duration>{seconds{whole + (fraction ? 1 : 0)}} : std::nullopt;
    }
    std::optional<Instant> const date = parse_http_date(header);
    if (!date)
        return std::nullopt;
    return std::max(*date - server_now, Duration{0});
}

} // namespace pev
