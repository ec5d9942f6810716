#include "shared/live/recent_ids.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("an event is new once, and memory stays bounded", "[live]")
{
    RecentIds ids;
    CHECK(ids.insert(1));
    CHECK_FALSE(ids.insert(1));
    for (std::uint64_t i = 0; i < RecentIds::kGeneration; ++i)
        ids.insert(1'000'000 + i);
    CHECK_FALSE(ids.insert(1)); // one generation old
    for (std::uint64_t i = 0; i < RecentIds::kGeneration; ++i)
        ids.insert(2'000'000 + i);
    CHECK(ids.insert(1)); // forgotten
}

TEST_CASE("a fingerprint tells where one part ends and the next begins", "[live]")
{
    CHECK(Fingerprint{}.add("ab").add("c").value() != Fingerprint{}.add("a").add("bc").value());
    CHECK(Fingerprint{}.add("a").add("").value() != Fingerprint{}.add("a").value());
    CHECK(Fingerprint{}.add(1).value() != Fingerprint{}.add(2).value());
    CHECK(Fingerprint{}.add("a").add(7).value() == Fingerprint{}.add("a").add(7).value());
}
