#include "shared/live/retry_after.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using std::chrono::seconds;

TEST_CASE("Retry-After names seconds", "[retry-after]")
{
    CHECK(parse_retry_after("30", at(0)) == seconds{30});
    CHECK(parse_retry_after(" 0\t", at(0)) == seconds{0});
    CHECK(parse_retry_after("1.25", at(0)) == seconds{2}); // not before
    CHECK(parse_retry_after("2.000", at(0)) == seconds{2});
    CHECK(parse_retry_after("30, 60", at(0)) == seconds{30}); // two headers, joined on the way
    CHECK(parse_retry_after("99999999999999999999999999", at(0)) > std::chrono::hours{24});
}

TEST_CASE("Retry-After names a date, by the server's clock", "[retry-after]")
{
    Instant const server_now = *parse_http_date("Mon, 23 Nov 2026 11:17:52 GMT");
    CHECK(parse_retry_after("Mon, 23 Nov 2026 11:18:22 GMT", server_now) == seconds{30});
    CHECK(parse_retry_after("Mon, 23 Nov 2026 11:00:00 GMT", server_now) == seconds{0}); // is over
}

TEST_CASE("a Retry-After that can't be read asks for nothing", "[retry-after]")
{
    for (char const* const bad : {"", "  ", "soon", "-5", "5 minutes", "1e3", "0x10", "Mon, 99 Nov 2026", ".5"}) {
        INFO(bad);
        CHECK_FALSE(parse_retry_after(bad, at(0)));
    }
}
