#include "shared/live/recent_ids.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace pev;
using pev::test::at;

namespace {

// The ids of events that are told in this order, each with a content of its own.
bool is_repeated(RecentIds& ids, std::string const& id, std::uint64_t content, std::uint16_t opening = 1,
    std::optional<Instant> when = at(1))
{
    return ids.is_repeated(id, content, opening, when);
}

} // namespace

TEST_CASE("an event is new once, and memory stays bounded", "[live]")
{
    RecentIds ids;
    CHECK_FALSE(is_repeated(ids, "1", 11));
    CHECK_FALSE(is_repeated(ids, "2", 12));
    CHECK(is_repeated(ids, "1", 11));
    for (std::size_t i = 0; i < RecentIds::kGeneration; ++i)
        is_repeated(ids, "a" + std::to_string(i), i);
    CHECK(is_repeated(ids, "2", 12)); // one generation old
    for (std::size_t i = 0; i < 2 * RecentIds::kGeneration; ++i)
        is_repeated(ids, "b" + std::to_string(i), i);
    CHECK_FALSE(is_repeated(ids, "2", 12)); // forgotten
}

TEST_CASE("an id that is sent for many events tells nothing: lines that are alike are two", "[live]")
{
    RecentIds constant;
    for (std::uint64_t const content : {7U, 7U, 7U, 8U, 7U})
        CHECK_FALSE(is_repeated(constant, "run-1", content));
    RecentIds by_step;
    CHECK_FALSE(is_repeated(by_step, "a", 1));
    CHECK_FALSE(is_repeated(by_step, "b", 2));
    CHECK_FALSE(is_repeated(by_step, "a", 3)); // another event of this id: from now on none is believed
    CHECK_FALSE(is_repeated(by_step, "a", 3));
    CHECK_FALSE(is_repeated(by_step, "b", 2));
}

TEST_CASE("ids that are given out anew stand for other events", "[live]")
{
    RecentIds ids;
    for (std::uint64_t const number : {1U, 2U, 3U})
        CHECK_FALSE(is_repeated(ids, std::to_string(number), 10 + number));
    // The server was started anew.
    CHECK_FALSE(is_repeated(ids, "1", 21, 2));
    CHECK_FALSE(is_repeated(ids, "2", 12, 2, std::nullopt)); // the same words as before, which say no time
    CHECK_FALSE(is_repeated(ids, "3", 23, 2));
    // And repeats itself.
    CHECK(is_repeated(ids, "1", 21, 3));
    CHECK(is_repeated(ids, "3", 23, 3));
}

TEST_CASE("ids that are the second of their events are those of all that was told in it", "[live]")
{
    RecentIds ids;
    auto const tell = [&](double second, std::uint16_t opening) {
        auto const since = std::chrono::floor<std::chrono::seconds>(at(second).time_since_epoch());
        return is_repeated(ids, std::to_string(since.count()), static_cast<std::uint64_t>(second), opening, at(second));
    };
    for (double const second : {1.0, 1.0, 1.0, 2.0, 2.0, 2.0})
        CHECK_FALSE(tell(second, 1)); // lines that are alike
    for (double const second : {1.0, 1.0, 1.0, 2.0})
        CHECK(tell(second, 2)); // told again
    CHECK_FALSE(tell(3, 2));
    CHECK_FALSE(tell(3, 2));
}

TEST_CASE("a fingerprint tells where one part ends and the next begins", "[live]")
{
    CHECK(Fingerprint{}.add("ab").add("c").value() != Fingerprint{}.add("a").add("bc").value());
    CHECK(Fingerprint{}.add("a").add("").value() != Fingerprint{}.add("a").value());
    CHECK(Fingerprint{}.add(1).value() != Fingerprint{}.add(2).value());
    CHECK(Fingerprint{}.add("a").add(7).value() == Fingerprint{}.add("a").add(7).value());
}
