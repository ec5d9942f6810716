#include "shared/base/time.h"

#include "shared/base/ascii.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace pev {

namespace {

    using std::chrono::days;
    using std::chrono::hours;
    using std::chrono::microseconds;
    using std::chrono::minutes;
    using std::chrono::seconds;

    // Reads decimal digits from the front of a text.
    class DigitReader {
    public:
        explicit DigitReader(std::string_view text) : rest_(text) {}

        // Exactly `count` digits; -1 where there are fewer.
        int digits(std::size_t count)
        {
            if (rest_.size() < count)
                return -1;
            int value = 0;
            for (std::size_t i = 0; i < count; ++i) {
                if (!is_digit(rest_[i]))
                    return -1;
                value = value * 10 + (rest_[i] - '0');
            }
            rest_.remove_prefix(count);
            return value;
        }

        // The fraction of a second behind its '.', in microseconds; further digits are passed over.
        int fraction()
        {
            int value = 0;
            int scale = 100'000;
            while (!rest_.empty() && is_digit(rest_.front())) {
                value += (rest_.front() - '0') * scale;
                scale /= 10;
                rest_.remove_prefix(1);
            }
            return value;
        }

        bool skip(char wanted)
        {
            if (rest_.empty() || rest_.front() != wanted)
                return false;
            rest_.remove_prefix(1);
            return true;
        }

        bool skip_any(std::string_view wanted)
        {
            if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos)
                return false;
            rest_.remove_prefix(1);
            return true;
        }

        bool at_digit() const { return !rest_.empty() && is_digit(rest_.front()); }
        // Behind a zone nothing follows, or its name once more, or what a clock of the process said.
        bool ends() const { return rest_.empty() || rest_.front() == ' ' || rest_.front() == '['; }

        std::string_view rest() const { return rest_; }
        void skip_text(std::size_t size) { rest_.remove_prefix(size < rest_.size() ? size : rest_.size()); }

    private:
        std::string_view rest_;
    };

    [[gnu::noinline]] std::optional<Instant> compose(int year, int month, int day, int hour, int minute, int second)
    {
        if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0)
            return std::nullopt;
        auto const date = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)}
            / std::chrono::day{static_cast<unsigned>(day)};
        // 60 is a leap second; it counts as the first second of the next minute. 24:00 is the next day's midnight.
        bool const is_midnight = hour == 24 && minute == 0 && second == 0;
        if (!date.ok() || (hour > 23 && !is_midnight) || minute > 59 || second > 60)
            return std::nullopt;
        return Instant{std::chrono::sys_days{date}} + hours{hour} + minutes{minute} + seconds{second};
    }

    // "Z", "UTC", "GMT", "+01:00", "+0100", "+01" or nothing. Nothing where it is none of them.
    [[gnu::noinline]] std::optional<minutes> read_zone(DigitReader& reader)
    {
        while (reader.skip(' ')) {}
        if (reader.rest().empty())
            return minutes{0};
        for (std::string_view const word : {"Z", "z", "UTC", "GMT"}) {
            if (reader.rest().starts_with(word)) {
                reader.skip_text(word.size());
                return minutes{0};
            }
        }
        bool const east = reader.skip('+');
        if (!east && !reader.skip('-'))
            return std::nullopt;
        int const hour = reader.digits(2);
        reader.skip(':');
        int const minute = reader.at_digit() ? reader.digits(2) : 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return std::nullopt;
        auto const offset = hours{hour} + minutes{minute};
        return east ? offset : -offset;
    }

    // Nothing ran in 1970: that is what zero looks like, in any zone, as year 1 is in Go. And 9999 is for ever.
    [[gnu::noinline]] std::optional<Instant> if_set(Instant at)
    {
        constexpr Instant kFirst{days{1}};
        constexpr Instant kLast{std::chrono::sys_days{std::chrono::year{3000} / 1 / 1}};
        return at >= kFirst && at < kLast ? std::optional{at} : std::nullopt;
    }

} // namespace

std::chrono::minutes utc_offset_none(Instant)
{
    return std::chrono::minutes{0};
}

std::optional<Instant> parse_timestamp(std::string_view text)
{
    DigitReader reader{text};
    if (!reader.at_digit())
        return parse_http_date(text);
    int const year = reader.digits(4);
    bool const dashes = reader.skip('-');
    int const month = reader.digits(2);
    if (dashes && !reader.skip('-'))
        return std::nullopt;
    int const day = reader.digits(2);
    if (!reader.skip_any("Tt "))
        return std::nullopt;
    int const hour = reader.digits(2);
    reader.skip(':');
    int const minute = reader.digits(2);
    int second = 0;
    int micros = 0;
    if (reader.skip(':') || reader.at_digit()) {
        second = reader.digits(2);
        if (reader.skip_any(".,"))
            micros = reader.fraction();
    }
    auto const local = compose(year, month, day, hour, minute, second);
    auto const zone = read_zone(reader);
    if (!local || !zone || !reader.ends())
        return std::nullopt;
    return if_set(*local + microseconds{micros} - *zone);
}

Duration precision_of(Instant stamp)
{
    constexpr Duration kSecond = seconds{1};
    constexpr Duration kMillisecond = std::chrono::milliseconds{1};
    Duration const since = stamp.time_since_epoch();
    if (since % kSecond == Duration{0})
        return kSecond;
    return since % kMillisecond == Duration{0} ? kMillisecond : Duration{1};
}

std::optional<Instant> from_epoch(double number)
{
    constexpr double kLeast = 1e8; // seconds: 1973
    constexpr double kMost = 1e11; // seconds: 5138
    constexpr double kMostMicros = 1e16; // 2286; larger ones are rather digits of a date
    constexpr int kMicrosPerSecond = 1'000'000;
    if (!(number >= kLeast))
        return std::nullopt;
    double per_unit = kMicrosPerSecond; // microseconds
    for (; number / kMicrosPerSecond * per_unit >= kMost && per_unit > 1e-3; per_unit /= 1'000) {}
    double const micros = number * per_unit;
    return micros < kMostMicros ? if_set(Instant{Duration{std::llround(micros)}}) : std::nullopt;
}

std::optional<Instant> parse_http_date(std::string_view text)
{
    static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const comma = text.find(", ");
    if (comma == std::string_view::npos)
        return std::nullopt;
    DigitReader reader{text.substr(comma + 2)};
    int const day = reader.digits(2);
    if (!reader.skip_any(" -") || reader.rest().size() < 3)
        return std::nullopt;
    auto const month = kMonths.find(reader.rest().substr(0, 3));
    if (month == std::string_view::npos || month % 3 != 0)
        return std::nullopt;
    reader.skip_text(3);
    reader.skip_any(" -");
    int year = reader.digits(4);
    if (year < 0) // as RFC 850 has it
        year = 2000 + reader.digits(2);
    reader.skip(' ');
    int const hour = reader.digits(2);
    reader.skip(':');
    int const minute = reader.digits(2);
    reader.skip(':');
    int const second = reader.digits(2);
    auto const local = compose(year, static_cast<int>(month / 3) + 1, day, hour, minute, second);
    auto const zone = read_zone(reader);
    return local && zone && reader.ends() ? if_set(*local - *zone) : std::nullopt;
}

std::string format_timestamp(Instant at)
{
    auto const day = std::chrono::floor<days>(at);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{at - day};
    auto const micros = static_cast<int>(time.subseconds().count());
    bool const whole_millis = micros % 1000 == 0;
    std::array<char, 48> out{};
    int const size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%0*dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), whole_millis ? 3 : 6, whole_millis ? micros / 1000 : micros);
    return {out.data(), static_cast<std::size_t>(size)};
}

std::int64_t to_epoch_ms(Instant at)
{
    return std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

Instant from_epoch_ms(double ms)
{
    return Instant{Duration{static_cast<std::int64_t>(ms * 1000.0)}};
}

} // namespace pev
