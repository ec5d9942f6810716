// Sets of code points, as the tables of Unicode give them.
#pragma once

#include <algorithm>
#include <array>

namespace pev {

struct CodeRange {
    char32_t first;
    char32_t last;
};

// `ranges`: ascending, and apart from each other.
template <std::size_t N>
constexpr bool is_in(std::array<CodeRange, N> const& ranges, char32_t code)
{
    auto const* const found = std::ranges::lower_bound(ranges, code, {}, &CodeRange::last);
    return found != ranges.end() && code >= found->first;
}

} // namespace pev
