#include "shared/run/merge_logs.h"

#include "shared/run/align.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pev {

namespace {

    // How far apart a line and its repetition can stand.
    constexpr std::size_t kNear = 2'000;

    // Texts as numbers: equal where the texts are.
    class TextNumbers {
    public:
        std::uint32_t of(std::string_view text)
        {
            return numbers_.try_emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
        }

    private:
        std::unordered_map<std::string_view, std::uint32_t> numbers_;
    };

    // Lines that may have been told twice: another one shortly before has the same text and time.
    std::vector<bool> find_twins(LogBuffer const& log)
    {
        std::vector<bool> twins(log.size(), false);
        std::unordered_map<std::size_t, std::size_t> newest; // line by hash of text and time
        for (std::size_t i = 0; i < log.size(); ++i) {
            LogLine const line = log[i];
            if (!line.from_stream || !line.at)
                continue;
            auto const time = static_cast<std::size_t>(line.at->time_since_epoch().count());
            auto const [place, is_new] = newest.try_emplace(std::hash<std::string_view>{}(line.text) * 31 + time, i);
            if (is_new)
                continue;
            LogLine const other = log[place->second];
            twins[i] = i - place->second <= kNear && other.at == line.at && other.text == line.text;
            place->second = i;
        }
        return twins;
    }

    // What becomes of the lines from `begin` on, of two logs that are counted from 0.
    class Joint {
    public:
        Joint(LogBuffer const& known, LogBuffer const& fetched, std::size_t begin, std::vector<bool> const& twins,
            bool complete)
            : known_(known), fetched_(fetched), begin_(begin), twins_(twins), complete_(complete)
        {
            in_known_.assign(fetched.size(), kNowhere);
            place_.assign(known.size(), kNowhere);
            find_matches();
            find_moved();
            drop_twins();
            find_late();
        }

        // Lines that the document should have, and has not.
        bool has_leftovers() const
        {
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] == kNowhere && is_covered(i))
                    return true;
            }
            return false;
        }

        // The document is believed against those.
        void forget_leftovers()
        {
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] == kNowhere && is_covered(i))
                    place_[i] = kElsewhere;
            }
        }

        struct Match {
            std::size_t known;
            std::size_t fetched;
        };
        // The first line of both that kept its place.
        std::optional<Match> first_match() const
        {
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] < kElsewhere)
                    return Match{i, place_[i]};
            }
            return std::nullopt;
        }

        // Lines before this one that only what is known has.
        std::size_t count_kept_before(std::size_t i) const
        {
            return static_cast<std::size_t>(
                std::count(place_.begin(), place_.begin() + static_cast<std::ptrdiff_t>(i), kNowhere));
        }

        // The lines from `begin` on, in order, behind those of `joined`. `marks`: of known lines; then of the same in the result.
        LogBuffer join(LogBuffer joined, std::span<std::size_t> marks) const
        {
            std::size_t next_fetched = begin_;
            auto mark = std::ranges::lower_bound(marks, begin_);
            auto const settle_marks = [&](std::size_t known) {
                for (; mark != marks.end() && *mark <= known; ++mark)
                    *mark = joined.end();
            };
            auto const append_until = [&](std::size_t end) {
                for (; next_fetched < end; ++next_fetched)
                    joined.append(fetched_line(next_fetched));
            };
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] == kElsewhere)
                    continue;
                if (place_[i] == kNowhere) {
                    // Between two matches the document's lines come first: the stream began later or lost them.
                    append_until(next_match(i));
                    settle_marks(i);
                    joined.append(known_[i]);
                } else {
                    append_until(place_[i]);
                    settle_marks(i);
                    append_until(place_[i] + 1);
                }
            }
            settle_marks(known_.size());
            append_until(fetched_.size());
            return joined;
        }

    private:
        static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
        static constexpr std::size_t kElsewhere
            = kNowhere - 1; // stands at another place of the document, or not at all

        using Places = std::unordered_map<std::uint32_t, std::vector<std::size_t>>; // by text, descending

        void find_matches()
        {
            // Twins stand aside: what the document has of them is found afterwards.
            std::vector<std::size_t> lines;
            std::vector<std::uint32_t> texts;
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (twins_[i])
                    continue;
                lines.push_back(i);
                texts.push_back(numbers_.of(known_.text(i)));
            }
            std::vector<std::uint32_t> fetched_texts;
            for (std::size_t i = begin_; i < fetched_.size(); ++i)
                fetched_texts.push_back(numbers_.of(fetched_.text(i)));
            for (auto const& [in_known, in_fetched] : align(texts, fetched_texts)) {
                place_[lines[in_known]] = begin_ + in_fetched;
                in_known_[begin_ + in_fetched] = lines[in_known];
                behind_match_ = lines[in_known] + 1;
            }
        }

        // The document has everything up to its end: what is known before a line of the document's is in it somewhere.
        void find_moved()
        {
            Places free; // in the document
            for (std::size_t i = fetched_.size(); i > begin_; --i) {
                if (in_known_[i - 1] == kNowhere)
                    free[numbers_.of(fetched_.text(i - 1))].push_back(i - 1);
            }
            if (free.empty())
                return;
            for (bool const twins : {false, true}) {
                for (std::size_t i = begin_; i < known_.size(); ++i) {
                    if (twins_[i] == twins && place_[i] == kNowhere && stands_before_match(i))
                        move_to_free_place(i, free);
                }
            }
        }

        void move_to_free_place(std::size_t i, Places& free)
        {
            auto const found = free.find(numbers_.of(known_.text(i)));
            if (found == free.end() || found->second.empty())
                return;
            in_known_[found->second.back()] = i;
            place_[i] = kElsewhere;
            found->second.pop_back();
        }

        void drop_twins()
        {
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] == kNowhere && twins_[i] && is_covered(i))
                    place_[i] = kElsewhere;
            }
        }

        // A line that the stream told after a document had brought it, and that was not recognised, is there twice: once from
        // each. The document has it once.
        void find_late()
        {
            if (!has_leftovers())
                return;
            Places told;
            Places documented;
            for (std::size_t i = known_.size(); i > begin_; --i) {
                if (place_[i - 1] < kElsewhere)
                    (known_[i - 1].from_stream ? told : documented)[numbers_.of(known_.text(i - 1))].push_back(i - 1);
            }
            for (std::size_t i = begin_; i < known_.size(); ++i) {
                if (place_[i] != kNowhere || !is_covered(i))
                    continue;
                bool const is_told = known_[i].from_stream;
                auto& others = is_told ? documented : told;
                auto const found = others.find(numbers_.of(known_.text(i)));
                if (found == others.end() || found->second.empty())
                    continue;
                if (is_told)
                    in_known_[place_[found->second.back()]] = i;
                place_[i] = kElsewhere;
                found->second.pop_back();
            }
        }

        // The document goes further than this line.
        bool is_covered(std::size_t i) const { return complete_ || i < behind_match_; }

        bool stands_before_match(std::size_t i) const
        {
            if (is_covered(i))
                return true;
            if (behind_match_ == 0)
                return false;
            // Of the same moment as the last match: which of them came first is not known.
            LogLine const line = known_[i];
            LogLine const match = known_[behind_match_ - 1];
            return line.at && match.at && *line.at <= *match.at;
        }

        // Where in the document the next line stands that both have and that kept its place.
        std::size_t next_match(std::size_t i) const
        {
            while (i < place_.size() && place_[i] >= kElsewhere)
                ++i;
            return i == place_.size() ? fetched_.size() : place_[i];
        }

        LogLine fetched_line(std::size_t i) const
        {
            std::size_t const known = in_known_[i];
            return known == kNowhere || !known_[known].from_stream ? fetched_[i] : known_[known];
        }

        LogBuffer const& known_;
        LogBuffer const& fetched_;
        std::size_t begin_;
        std::vector<bool> const& twins_;
        bool complete_;
        TextNumbers numbers_;
        std::vector<std::size_t> place_; // of each known line in the document
        std::vector<std::size_t> in_known_; // of each line of the document among the known ones
        std::size_t behind_match_ = 0; // index behind the last known line that is matched
    };

    LogBuffer head_of(LogBuffer const& log, std::size_t size)
    {
        LogBuffer head;
        for (std::size_t i = 0; i < size; ++i)
            head.append(log[i]);
        return head;
    }

    // Two logs that are there from their beginnings, and whose first `equal` lines are the same.
    LogBuffer join_whole(LogBuffer const& known, LogBuffer const& fetched, std::size_t equal, bool complete,
        std::span<std::size_t> marks)
    {
        std::vector<bool> const twins = find_twins(known);
        auto const first_twin = static_cast<std::size_t>(std::find(twins.begin(), twins.end(), true) - twins.begin());
        std::size_t const begin = std::min(equal, first_twin);
        Joint const joint{known, fetched, begin, twins, complete};
        if (begin > 0 && joint.has_leftovers())
            return Joint{known, fetched, 0, twins, complete}.join({}, marks);
        return joint.join(head_of(known, begin), marks);
    }

    // Two logs of which one, or both, have lost their beginnings. What stands before the first line that both have was dropped
    // from what is known and does not come back; and that line has the number that it has in the document. What a closed document
    // should have and has not goes: of lines that are alike nobody can tell any more which of them were told twice.
    LogBuffer join_ends(LogBuffer known, LogBuffer fetched, bool complete, std::span<std::size_t> marks)
    {
        std::size_t const known_first = known.first();
        std::size_t const fetched_first = fetched.first();
        bool const reaches_further = fetched.end() >= known.end();
        auto const dropped_until = known.dropped_until();
        known.begin_at(0, {});
        fetched.begin_at(0, {});
        std::vector<bool> const twins = find_twins(known);
        Joint joint{known, fetched, 0, twins, complete};
        if (complete)
            joint.forget_leftovers();
        auto const match = joint.first_match();
        if (!match) { // they tell of different times
            LogBuffer& later = reaches_further ? fetched : known;
            later.begin_at(reaches_further ? fetched_first : known_first, dropped_until);
            return std::move(later);
        }
        std::size_t const kept_before = joint.count_kept_before(match->known);
        if (kept_before > 0 && fetched_first > 0) { // between them and the document's first line others are missing
            known.drop_before(match->known);
            known.begin_at(0, dropped_until);
            fetched.begin_at(fetched_first, {});
            for (std::size_t& mark : marks)
                mark -= std::min(mark, known_first + match->known);
            return join_ends(std::move(known), std::move(fetched), complete, marks);
        }
        for (std::size_t& mark : marks)
            mark -= std::min(mark, known_first);
        LogBuffer joined = joint.join({}, marks);
        joined.begin_at(fetched_first, {});
        for (std::size_t& mark : marks)
            mark += fetched_first;
        if (known_first > 0)
            joined.drop_before(joined.first() + match->fetched);
        joined.begin_at(joined.first(), dropped_until);
        return joined;
    }

} // namespace

LogBuffer merge_logs(LogBuffer known, LogBuffer fetched, bool complete, std::span<std::size_t> marks)
{
    bool const follows = fetched.first() > known.end(); // what lies between was dropped from the document
    if (follows || (known.empty() && fetched.first() >= known.first())) {
        fetched.set_generation(known.generation() + (follows ? 1 : 0));
        return fetched;
    }
    if (fetched.end() <= known.first())
        return known; // all that it has was dropped
    std::size_t const shorter = std::min(known.end(), fetched.end());
    std::size_t equal = std::max(known.first(), fetched.first());
    while (equal < shorter && known.text(equal) == fetched.text(equal))
        ++equal;
    if (equal == fetched.end() && (equal == known.end() || !complete))
        return known; // the document has no more, and may be a moment behind
    if (equal == known.end()) {
        for (std::size_t i = equal; i < fetched.end(); ++i)
            known.append(fetched[i]);
        return known;
    }
    bool const whole = known.first() == 0 && fetched.first() == 0;
    LogBuffer joined
        = whole ? join_whole(known, fetched, equal, complete, marks) : join_ends(known, fetched, complete, marks);
    if (joined == known)
        return known;
    joined.set_generation(known.generation() + 1);
    return joined;
}

} // namespace pev
