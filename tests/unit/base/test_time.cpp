#include "shared/base/time.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <utility>

using namespace pev;

TEST_CASE("timestamps are read in every form that servers write", "[time]")
{
    auto const [text, expected] = GENERATE(table<std::string, std::string>({
        {"2026-11-20T14:03:11.320Z", "2026-11-20T14:03:11.320Z"},
        {"2026-11-20T14:03:11Z", "2026-11-20T14:03:11.000Z"},
        {"2026-11-20T14:03Z", "2026-11-20T14:03:00.000Z"},
        {"2025-11-17T12:00:00.123456+00:00", "2025-11-17T12:00:00.123456Z"},
        {"2025-11-17T12:00:00.123456789Z", "2025-11-17T12:00:00.123456Z"},
        {"2026-11-20T14:03:11+05:30", "2026-11-20T08:33:11.000Z"},
        {"2026-11-20T14:03:11-0800", "2026-11-20T22:03:11.000Z"},
        {"2026-11-20T14:03:11+01", "2026-11-20T13:03:11.000Z"},
        {"2026-11-20 14:03:11.5", "2026-11-20T14:03:11.500Z"},
        {"20261120T140311Z", "2026-11-20T14:03:11.000Z"},
        {"2026-11-20t14:03:11,25z", "2026-11-20T14:03:11.250Z"},
        {"2026-11-20 14:03:11 UTC", "2026-11-20T14:03:11.000Z"},
        {"2026-11-20 14:03:11 +0000", "2026-11-20T14:03:11.000Z"},
        {"2026-11-20 14:03:11.320 +0000 UTC", "2026-11-20T14:03:11.320Z"},
        {"2026-11-20 14:03:11.320 +0100 CET m=+0.1", "2026-11-20T13:03:11.320Z"},
        {"2026-11-20T14:03:11+01:00[Europe/Berlin]", "2026-11-20T13:03:11.000Z"},
        {"2026-11-20T24:00:00Z", "2026-11-21T00:00:00.000Z"},
        {"2026-12-31T24:00+01:00", "2026-12-31T23:00:00.000Z"},
        {"2026-11-20T14:03:12.000000999Z", "2026-11-20T14:03:12.000Z"},
        {"Fri, 20 Nov 2026 14:03:11 GMT", "2026-11-20T14:03:11.000Z"},
        {"Fri, 20 Nov 2026 14:03:11 +0100", "2026-11-20T13:03:11.000Z"},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"},
    }));
    CAPTURE(text);
    auto const parsed = parse_timestamp(text);
    if (expected.empty()) {
        CHECK_FALSE(parsed);
    } else {
        REQUIRE(parsed);
        CHECK(format_timestamp(*parsed) == expected);
    }
}

TEST_CASE("microseconds survive", "[time]")
{
    auto const a = parse_timestamp("2026-11-20T14:03:12.120000+00:00");
    auto const b = parse_timestamp("2026-11-20T14:03:12.120250+00:00");
    REQUIRE(a);
    REQUIRE(b);
    CHECK(*b - *a == Duration{250});
}

TEST_CASE("text that is no timestamp is refused", "[time]")
{
    auto const text = GENERATE(as<std::string>{}, "", "now", "2026-11-20", "2026-13-01T00:00:00Z",
        "2025-02-29T00:00:00Z", "2026-11-20T24:00:01Z", "2026-11-20T25:00:00Z", "2026-11-20T14:03:11 soon",
        "2026-11-20T14:03:11 CET", "0000-00-00 00:00:00", "2026-11-20T14:61:00Z", "2026-11-20T14:03:11Zoo",
        "2026-11-20T14:03:11+99:00", "2026-11-20T14", "-026-11-20T14:03:11Z");
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("what databases and languages write for no time is none", "[time]")
{
    auto const text = GENERATE(as<std::string>{}, "0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0000 UTC",
        "1970-01-01T00:00:00.000Z", "1970-01-01T01:00:00", "1970-01-01T00:00:00-05:00", "1969-12-31T23:59:59.999Z",
        "1900-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z");
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("the size of an epoch number tells its unit", "[time]")
{
    for (double const number : {1795183394.5, 1795183394500.0, 1795183394500000.0, 1795183394500000000.0}) {
        CAPTURE(number);
        auto const at = from_epoch(number);
        REQUIRE(at);
        CHECK(format_timestamp(*at) == "2026-11-20T14:03:14.500Z");
    }
    for (double const number : {0.0, -62135596800.0, 1.0, 20261120.0, 20261120140311.0, 1e300, -1.0})
        CHECK_FALSE(from_epoch(number));
}

TEST_CASE("the Date header of an answer is read", "[time]")
{
    auto const date = parse_http_date("Mon, 23 Nov 2026 11:17:52 GMT");
    REQUIRE(date);
    CHECK(format_timestamp(*date) == "2026-11-23T11:17:52.000Z");
    CHECK(parse_http_date("Monday, 23-Nov-26 11:17:52 GMT") == date); // RFC 850
    CHECK_FALSE(parse_http_date("Mon, 23 Nov 11:17:52 GMT"));
    CHECK_FALSE(parse_http_date("yesterday"));
    CHECK_FALSE(parse_http_date("Mon, 23 Xyz 2026 11:17:52 GMT"));
    CHECK_FALSE(parse_http_date(""));
}
