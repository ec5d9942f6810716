#include "shared/run/align.h"

#include <catch2/catch_test_macros.hpp>

#include <random>

using namespace pev;

namespace {

using Elements = std::vector<std::uint32_t>;

bool is_sound(Elements const& a, Elements const& b, Alignment const& pairs)
{
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (a.at(pairs[i].first) != b.at(pairs[i].second))
            return false;
        if (i > 0 && (pairs[i].first <= pairs[i - 1].first || pairs[i].second <= pairs[i - 1].second))
            return false;
    }
    return true;
}

Elements random_elements(std::minstd_rand& random, std::size_t size, std::uint32_t kinds)
{
    Elements elements;
    for (std::size_t i = 0; i < size; ++i)
        elements.push_back(static_cast<std::uint32_t>(random() % kinds));
    return elements;
}

// Leaves out one of `every` elements.
Elements thinned(std::minstd_rand& random, Elements const& all, std::uint32_t every)
{
    Elements some;
    for (std::uint32_t const element : all) {
        if (random() % every != 0)
            some.push_back(element);
    }
    return some;
}

} // namespace

TEST_CASE("short sequences get a longest common subsequence", "[run][align]")
{
    CHECK(align(Elements{}, Elements{1}).empty());
    CHECK(align(Elements{1, 2, 3}, Elements{4, 5}).empty());
    CHECK(align(Elements{1, 2, 3}, Elements{1, 2, 3}) == Alignment{{0, 0}, {1, 1}, {2, 2}});
    CHECK(align(Elements{2, 3, 1}, Elements{1, 2, 3}) == Alignment{{0, 1}, {1, 2}});
    CHECK(align(Elements{1, 3, 5, 4, 2, 6}, Elements{1, 2, 3, 4, 5, 6}).size() == 4);
}

TEST_CASE("a subsequence is found whole, however long and however repetitive", "[run][align]")
{
    std::minstd_rand random{11};
    for (std::uint32_t const kinds : {2U, 50U, 100'000U}) { // walked, cut at few elements, cut at many
        for (std::size_t const size : {10U, 900U, 8'000U}) {
            INFO(kinds << " kinds, " << size << " elements");
            Elements const all = random_elements(random, size, kinds);
            Elements const some = thinned(random, all, 3);
            CHECK(align(some, all).size() == some.size());
            CHECK(is_sound(some, all, align(some, all)));
            CHECK(align(all, some).size() == some.size());
        }
    }
}

TEST_CASE("whatever is aligned, pairs are equal and ascend", "[run][align]")
{
    std::minstd_rand random{5};
    for (int round = 0; round < 200; ++round) {
        Elements const a = random_elements(random, random() % 60, 1 + random() % 30);
        Elements const b = random_elements(random, random() % 60, 1 + random() % 30);
        CHECK(is_sound(a, b, align(a, b)));
    }
    Elements const a = random_elements(random, 30'000, 300);
    Elements const b = random_elements(random, 30'000, 300);
    CHECK(is_sound(a, b, align(a, b)));
}
