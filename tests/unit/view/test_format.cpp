#include "shared/view/format.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("durations read like in the design", "[format]")
{
    CHECK(format_duration(milliseconds{1200}) == "1.2s");
    CHECK(format_duration(milliseconds{18'450}) == "18.4s");
    CHECK(format_duration(milliseconds{59'999}) == "59.9s");
    CHECK(format_duration(seconds{134}) == "2m 14s");
    CHECK(format_duration(seconds{124}) == "2m 04s");
    CHECK(format_duration(hours{1} + minutes{2}) == "1h 02m");
    CHECK(format_duration(hours{76}) == "3d 04h");
    CHECK(format_duration(Duration{250}) == "0.0s");
    CHECK(format_duration(seconds{-5}) == "0.0s");
    CHECK(format_ticking(milliseconds{31'900}) == "31s");
    CHECK(format_ticking(seconds{134}) == "2m 14s");
    CHECK(format_ago(milliseconds{31'900}) == "31 s ago");
    CHECK(format_ago(seconds{134}) == "2 m 14 s ago");
    CHECK(format_ago(hours{49}) == "2 d ago");
    CHECK(format_ago(-seconds{3}) == "0 s ago");
}

TEST_CASE("times are shown in the reader's zone", "[format]")
{
    Instant const when = *parse_timestamp("2026-11-20T23:03:11.204Z");
    auto const delhi = [](Instant) { return minutes{330}; };
    auto const new_york = [](Instant) { return minutes{-300}; };
    CHECK(format_clock(when, utc_offset_none) == "23:03:11");
    CHECK(format_clock(when, delhi) == "04:33:11");
    CHECK(format_clock_ms(when, new_york) == "18:03:11.204");
    CHECK(format_date_time(when, delhi) == "2026-11-21 04:33:11 +05:30");
    CHECK(format_date_time(when, new_york) == "2026-11-20 18:03:11 -05:00");
    CHECK(format_date_time(when, utc_offset_none) == "2026-11-20 23:03:11 UTC");
}

TEST_CASE("sizes and counts are short", "[format]")
{
    CHECK(format_bytes(0) == "0 B");
    CHECK(format_bytes(1023) == "1023 B");
    CHECK(format_bytes(1126) == "1.1 KB");
    CHECK(format_bytes(61'000'000) == "58.2 MB");
    CHECK(format_count(7) == "7");
    CHECK(format_count(1204) == "1,204");
    CHECK(format_count(1'000'000) == "1,000,000");
}
