#include "shared/view/format.h"

#include "shared/base/print.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdarg>

namespace pev {

namespace {

    using std::chrono::days;
    using std::chrono::floor;
    using std::chrono::hours;
    using std::chrono::milliseconds;
    using std::chrono::minutes;
    using std::chrono::seconds;

    // Not std::format: its tables for Unicode cost download size in the web build.
    [[gnu::format(printf, 1, 2)]] std::string print(char const* format, ...)
    {
        std::array<char, 64> out{};
        std::va_list arguments;
        va_start(arguments, format);
        int const size = print_to(out.data(), out.size(), format, arguments);
        va_end(arguments);
        return {out.data(), static_cast<std::size_t>(std::clamp(size, 0, static_cast<int>(out.size()) - 1))};
    }

    long long whole(auto duration)
    {
        return static_cast<long long>(duration.count());
    }

    // From a minute up: "2m 14s", "1h 02m", "3d 04h".
    std::string format_long(Duration duration)
    {
        auto const total = floor<seconds>(duration);
        if (total < hours{1})
            return print("%lldm %02llds", whole(floor<minutes>(total)), whole(total % minutes{1}));
        if (total < days{1})
            return print("%lldh %02lldm", whole(floor<hours>(total)), whole(floor<minutes>(total % hours{1})));
        return print("%lldd %02lldh", whole(floor<days>(total)), whole(floor<hours>(total % days{1})));
    }

    struct LocalTime {
        std::chrono::year_month_day date{};
        std::chrono::hh_mm_ss<milliseconds> time;
    };

    LocalTime to_local(Instant at, UtcOffsetAt offset)
    {
        Instant const shifted = at + offset(at);
        auto const day = floor<days>(shifted);
        return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss{floor<milliseconds>(shifted - day)}};
    }

    // "2026-11-20"
    std::string format_date(LocalTime const& local)
    {
        return print("%04d-%02u-%02u", static_cast<int>(local.date.year()), static_cast<unsigned>(local.date.month()),
            static_cast<unsigned>(local.date.day()));
    }

    constexpr std::array<char const*, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

} // namespace

std::string format_duration(Duration duration)
{
    duration = std::max(duration, Duration{0});
    if (duration >= minutes{1})
        return format_long(duration);
    auto const tenths = duration / milliseconds{100};
    return print("%lld.%llds", static_cast<long long>(tenths / 10), static_cast<long long>(tenths % 10));
}

std::string format_ticking(Duration duration)
{
    duration = std::max(duration, Duration{0});
    if (duration >= minutes{1})
        return format_long(duration);
    return print("%llds", whole(floor<seconds>(duration)));
}

std::string format_ago(Duration duration)
{
    auto const total = floor<seconds>(std::max(duration, Duration{0}));
    if (total < minutes{1})
        return print("%lld s ago", whole(total));
    if (total < hours{1})
        return print("%lld m %lld s ago", whole(floor<minutes>(total)), whole(total % minutes{1}));
    if (total < days{1})
        return print("%lld h %lld m ago", whole(floor<hours>(total)), whole(floor<minutes>(total % hours{1})));
    return print("%lld d ago", whole(floor<days>(total)));
}

std::string format_clock(Instant at, UtcOffsetAt offset)
{
    auto const local = to_local(at, offset);
    return print(
        "%02lld:%02lld:%02lld", whole(local.time.hours()), whole(local.time.minutes()), whole(local.time.seconds()));
}

std::string format_moment(Instant at, Instant now, UtcOffsetAt offset)
{
    std::chrono::year_month_day const date{date_of(at, offset)};
    std::chrono::year_month_day const today{date_of(now, offset)};
    if (date == today)
        return format_clock(at, offset);
    std::string words
        = print("%u %s ", static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1]);
    if (date.year() != today.year())
        words += print("%d ", static_cast<int>(date.year()));
    return words + format_clock(at, offset);
}

std::string format_span(Instant from, std::optional<Instant> to, Instant now, UtcOffsetAt offset)
{
    std::string const begin = format_moment(from, now, offset);
    if (!to)
        return "since " + begin;
    bool const same_day = date_of(*to, offset) == date_of(from, offset);
    return begin + " – " + (same_day ? format_clock(*to, offset) : format_moment(*to, now, offset));
}

std::chrono::sys_days date_of(Instant at, UtcOffsetAt offset)
{
    return floor<days>(at + offset(at));
}

std::string format_day(Instant at, UtcOffsetAt offset)
{
    static constexpr std::array<char const*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    std::chrono::sys_days const day = date_of(at, offset);
    std::chrono::year_month_day const date{day};
    return print("%s %u %s %d", kDays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
        kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()));
}

std::string format_clock_ms(Instant at, UtcOffsetAt offset)
{
    return format_clock(at, offset) + print(".%03lld", whole(to_local(at, offset).time.subseconds()));
}

std::string format_date_time(Instant at, UtcOffsetAt offset)
{
    auto const zone = offset(at);
    auto const east = zone < minutes{0} ? -zone : zone;
    std::string const zone_words = zone == minutes{0}
        ? " UTC"
        : print(" %c%02lld:%02lld", zone < minutes{0} ? '-' : '+', whole(floor<hours>(east)), whole(east % hours{1}));
    return format_date(to_local(at, offset)) + " " + format_clock(at, offset) + zone_words;
}

std::string format_iso(Instant at)
{
    return format_date(to_local(at, utc_offset_none)) + "T" + format_clock_ms(at, utc_offset_none) + "Z";
}

std::string format_bytes(std::size_t bytes)
{
    if (bytes < 1024)
        return print("%zu B", bytes);
    double const kilobytes = static_cast<double>(bytes) / 1024.0;
    bool const few = kilobytes < 1024.0;
    long long const tenths = std::llround((few ? kilobytes : kilobytes / 1024.0) * 10);
    return print(few ? "%lld.%lld KB" : "%lld.%lld MB", tenths / 10, tenths % 10);
}

std::string format_count(std::size_t count)
{
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

} // namespace pev
