#include "shared/run/align.h"

#include <algorithm>
#include <unordered_map>

namespace pev {

namespace {

    using Elements = std::span<std::uint32_t const>;

    // A table of this many cells is filled in about a millisecond.
    constexpr std::size_t kMostCells = std::size_t{1} << 20U;
    // Cutting at unique elements makes new ones unique; when that goes on for so long, the rest is not worth it.
    constexpr int kMostCuts = 16;

    class Aligner {
    public:
        Aligner(Elements a, Elements b) : a_(a), b_(b) {}

        Alignment run()
        {
            align_part({0, a_.size(), 0, b_.size()}, kMostCuts);
            return std::move(pairs_);
        }

    private:
        struct Part {
            std::size_t a, a_end, b, b_end;
            std::size_t a_size() const { return a_end - a; }
            std::size_t b_size() const { return b_end - b; }
        };

        void align_part(Part part, int cuts) // NOLINT(misc-no-recursion)
        {
            while (part.a < part.a_end && part.b < part.b_end && a_[part.a] == b_[part.b])
                pairs_.emplace_back(part.a++, part.b++);
            std::size_t tail = 0;
            while (part.a < part.a_end && part.b < part.b_end && a_[part.a_end - 1] == b_[part.b_end - 1])
                --part.a_end, --part.b_end, ++tail;
            if (part.a_size() != 0 && part.b_size() != 0)
                align_middle(part, cuts);
            for (std::size_t i = 0; i < tail; ++i)
                pairs_.emplace_back(part.a_end + i, part.b_end + i);
        }

        void align_middle(Part const& part, int cuts) // NOLINT(misc-no-recursion)
        {
            if (part.a_size() <= kMostCells / part.b_size())
                return find_longest(part);
            Alignment const anchors = cuts > 0 ? find_anchors(part) : Alignment{};
            if (anchors.empty())
                return walk_shorter(part);
            Part gap = part;
            for (auto const& [in_a, in_b] : anchors) {
                gap.a_end = in_a;
                gap.b_end = in_b;
                align_part(gap, cuts - 1);
                pairs_.emplace_back(in_a, in_b);
                gap.a = in_a + 1;
                gap.b = in_b + 1;
            }
            gap.a_end = part.a_end;
            gap.b_end = part.b_end;
            align_part(gap, cuts - 1);
        }

        // A longest common subsequence, by the table of those of all tails.
        void find_longest(Part const& part)
        {
            std::size_t const width = part.b_size() + 1;
            std::vector<std::uint32_t> longest((part.a_size() + 1) * width);
            for (std::size_t i = part.a_size(); i-- > 0;) {
                for (std::size_t j = part.b_size(); j-- > 0;) {
                    bool const equal = a_[part.a + i] == b_[part.b + j];
                    longest[i * width + j] = equal ? longest[(i + 1) * width + j + 1] + 1
                                                   : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
                }
            }
            std::size_t i = 0;
            std::size_t j = 0;
            while (i < part.a_size() && j < part.b_size()) {
                if (a_[part.a + i] == b_[part.b + j])
                    pairs_.emplace_back(part.a + i++, part.b + j++);
                else if (longest[(i + 1) * width + j] > longest[i * width + j + 1])
                    ++i;
                else
                    ++j; // of several ways the one that matches the earliest of `a`
            }
        }

        // Elements that stand once on each side, as many as are in the same order on both.
        Alignment find_anchors(Part const& part) const
        {
            struct Places {
                std::size_t in_a = 0, in_b = 0;
                std::uint8_t count_a = 0, count_b = 0;
            };
            std::unordered_map<std::uint32_t, Places> places;
            for (std::size_t i = part.a; i < part.a_end; ++i) {
                Places& place = places[a_[i]];
                place.in_a = i;
                place.count_a = static_cast<std::uint8_t>(std::min(2, place.count_a + 1));
            }
            for (std::size_t j = part.b; j < part.b_end; ++j) {
                Places& place = places[b_[j]];
                place.in_b = j;
                place.count_b = static_cast<std::uint8_t>(std::min(2, place.count_b + 1));
            }
            Alignment unique;
            for (std::size_t i = part.a; i < part.a_end; ++i) {
                Places const& place = places[a_[i]];
                if (place.count_a == 1 && place.count_b == 1)
                    unique.emplace_back(i, place.in_b);
            }
            return longest_ascent(unique);
        }

        // The longest choice of pairs whose second members ascend like the first ones do.
        static Alignment longest_ascent(Alignment const& pairs)
        {
            std::vector<std::size_t> ends; // of the best ascent of each length: index into pairs
            std::vector<std::size_t> before(pairs.size(), pairs.size());
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                auto const place = std::lower_bound(ends.begin(), ends.end(), pairs[i].second,
                    [&](std::size_t end, std::size_t in_b) { return pairs[end].second < in_b; });
                if (place != ends.begin())
                    before[i] = *(place - 1);
                if (place == ends.end())
                    ends.push_back(i);
                else
                    *place = i;
            }
            Alignment ascent(ends.size());
            std::size_t at = ends.empty() ? 0 : ends.back();
            for (std::size_t i = ascent.size(); i-- > 0; at = before[at])
                ascent[i] = pairs[at];
            return ascent;
        }

        void walk_shorter(Part const& part)
        {
            bool const a_is_shorter = part.a_size() <= part.b_size();
            Elements const needles = a_is_shorter ? a_ : b_;
            Elements const haystack = a_is_shorter ? b_ : a_;
            std::size_t const needles_end = a_is_shorter ? part.a_end : part.b_end;
            std::size_t const haystack_end = a_is_shorter ? part.b_end : part.a_end;
            std::size_t next = a_is_shorter ? part.b : part.a;
            std::unordered_map<std::uint32_t, std::vector<std::size_t>> places; // ascending
            for (std::size_t i = next; i < haystack_end; ++i)
                places[haystack[i]].push_back(i);
            for (std::size_t i = a_is_shorter ? part.a : part.b; i < needles_end; ++i) {
                auto const found = places.find(needles[i]);
                if (found == places.end())
                    continue;
                auto const place = std::lower_bound(found->second.begin(), found->second.end(), next);
                if (place == found->second.end())
                    continue;
                pairs_.push_back(a_is_shorter ? std::pair{i, *place} : std::pair{*place, i});
                next = *place + 1;
            }
        }

        Elements a_;
        Elements b_;
        Alignment pairs_;
    };

} // namespace

Alignment align(std::span<std::uint32_t const> a, std::span<std::uint32_t const> b)
{
    return Aligner{a, b}.run();
}

} // namespace pev
