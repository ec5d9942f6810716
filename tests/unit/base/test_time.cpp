#include "shared/base/time.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <utility>

using namespace pev;

TEST_CASE("timestamps are read in every form that the wire contract names", "[time]")
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
        {"20261120T140311Z", ""},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
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
        "2025-02-29T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T14:61:00Z", "2026-11-20T14:03:11Zoo",
        "2026-11-20T14:03:11+99:00", "2026-11-20T14", "-026-11-20T14:03:11Z");
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
}

TEST_CASE("the Date header of an answer is read", "[time]")
{
    auto const date = parse_http_date("Mon, 23 Nov 2026 11:17:52 GMT");
    REQUIRE(date);
    CHECK(format_timestamp(*date) == "2026-11-23T11:17:52.000Z");
    CHECK_FALSE(parse_http_date("yesterday"));
    CHECK_FALSE(parse_http_date("Mon, 23 Xyz 2026 11:17:52 GMT"));
    CHECK_FALSE(parse_http_date(""));
}
