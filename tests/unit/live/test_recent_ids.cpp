#include "shared/live/recent_ids.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("an id is new once, and memory stays bounded", "[live]")
{
    RecentIds ids;
    CHECK(ids.insert("1"));
    CHECK_FALSE(ids.insert("1"));
    for (std::size_t i = 0; i < RecentIds::kGeneration; ++i)
        ids.insert("x" + std::to_string(i));
    CHECK_FALSE(ids.insert("1")); // one generation old
    for (std::size_t i = 0; i < RecentIds::kGeneration; ++i)
        ids.insert("y" + std::to_string(i));
    CHECK(ids.insert("1")); // forgotten
}
