// Aligns two sequences: which elements of one are which of the other, in order.
//
// Short sequences get a longest common subsequence. Long ones are cut at elements that are unique on both sides (as in a
// patience diff), and where there are none, the shorter is walked and each element matched to the nearest equal one further on.
// Of several longest ones it is the one that matches the earliest elements of the first. Whichever way: where one sequence is a subsequence of the other, all of it is matched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace pev {

// Pairs of indices into `a` and `b`, ascending on both sides.
using Alignment = std::vector<std::pair<std::size_t, std::size_t>>;

Alignment align(std::span<std::uint32_t const> a, std::span<std::uint32_t const> b);

} // namespace pev
