#include "shared/run/merge_logs.h"

#include "shared/run/align.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pev {

namespace {

    // Texts as numbers: equal where the texts are.
    class TextNumbers {
    public:
        std::vector<std::uint32_t> of(LogBuffer const& log, std::size_t begin)
        {
            std::vector<std::uint32_t> numbers;
            numbers.reserve(log.size() - begin);
            for (std::size_t i = begin; i < log.size(); ++i)
                numbers.push_back(
                    numbers_.try_emplace(log.text(i), static_cast<std::uint32_t>(numbers_.size())).first->second);
            return numbers;
        }

    private:
        std::unordered_map<std::string_view, std::uint32_t> numbers_;
    };

    // What becomes of the lines behind the part that both sides begin with. Indices count from the buffers' beginnings.
    class Joint {
    public:
        Joint(LogBuffer const& known, LogBuffer const& fetched, std::size_t equal, bool complete)
            : known_(known), fetched_(fetched), begin_(equal), complete_(complete)
        {
            TextNumbers numbers;
            known_numbers_ = numbers.of(known, equal);
            fetched_numbers_ = numbers.of(fetched, equal);
            in_known_.assign(fetched_numbers_.size(), kNowhere);
            place_.assign(known_numbers_.size(), kNowhere);
            for (auto const& [in_known, in_fetched] : align(known_numbers_, fetched_numbers_)) {
                pair_up(in_known, in_fetched);
                behind_match_ = in_known + 1;
            }
            find_moved();
            find_retold();
        }

        // The lines behind the equal part, in order.
        LogBuffer join(LogBuffer joined) const
        {
            std::size_t next_fetched = 0;
            for (std::size_t i = 0; i < place_.size(); ++i) {
                if (place_[i] == kMoved || place_[i] == kRetold)
                    continue;
                // Between two matches the document's lines come first: the stream began later or lost them.
                bool const matched = place_[i] != kNowhere;
                std::size_t const end = matched ? place_[i] : next_match(i);
                for (; next_fetched < end; ++next_fetched)
                    joined.append(fetched_line(next_fetched));
                if (matched)
                    joined.append(fetched_line(next_fetched++));
                else
                    joined.append(known_[begin_ + i]);
            }
            for (; next_fetched < in_known_.size(); ++next_fetched)
                joined.append(fetched_line(next_fetched));
            return joined;
        }

    private:
        static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
        static constexpr std::size_t kMoved = kNowhere - 1;
        static constexpr std::size_t kRetold = kNowhere - 2;

        void pair_up(std::size_t in_known, std::size_t in_fetched)
        {
            place_[in_known] = in_fetched;
            in_known_[in_fetched] = in_known;
        }

        // The document has everything up to its end; what is known before a line of the document's is in it somewhere.
        void find_moved()
        {
            std::unordered_map<std::uint32_t, std::vector<std::size_t>> free; // places in the document, descending
            for (std::size_t i = in_known_.size(); i > 0; --i) {
                if (in_known_[i - 1] == kNowhere)
                    free[fetched_numbers_[i - 1]].push_back(i - 1);
            }
            if (free.empty())
                return;
            for (std::size_t i = 0; i < place_.size(); ++i) {
                if (place_[i] != kNowhere || !stands_before_match(i))
                    continue;
                auto const found = free.find(known_numbers_[i]);
                if (found == free.end() || found->second.empty())
                    continue;
                in_known_[found->second.back()] = i;
                place_[i] = kMoved;
                found->second.pop_back();
            }
        }

        bool stands_before_match(std::size_t i) const
        {
            if (i < behind_match_)
                return true;
            // Of the same moment as the last match: which of them came first is not known.
            if (behind_match_ == 0)
                return false;
            LogLine const line = known_[begin_ + i];
            LogLine const match = known_[begin_ + behind_match_ - 1];
            return line.at && match.at && *line.at <= *match.at;
        }

        void find_retold()
        {
            for (std::size_t i = 0; i < place_.size(); ++i) {
                bool const covered = complete_ || i < behind_match_;
                if (place_[i] == kNowhere && covered && has_twin(i))
                    place_[i] = kRetold;
            }
        }

        // Another line of the same text and time, close by, that the document has.
        bool has_twin(std::size_t i) const
        {
            constexpr std::size_t kNear = 2'000;
            LogLine const line = known_[begin_ + i];
            if (!line.from_stream || !line.at)
                return false;
            std::size_t const here = begin_ + i;
            std::size_t const end = std::min(known_.size(), here + kNear);
            for (std::size_t j = here - std::min(here, kNear); j < end; ++j) {
                if (j == here)
                    continue;
                LogLine const other = known_[j];
                bool const stays = j < begin_ || place_[j - begin_] == kMoved || place_[j - begin_] < kRetold;
                if (stays && other.from_stream && other.at == line.at && other.text == line.text)
                    return true;
            }
            return false;
        }

        // Where in the document the next line stands that both have and that kept its place.
        std::size_t next_match(std::size_t i) const
        {
            while (i < place_.size() && place_[i] >= kRetold)
                ++i;
            return i == place_.size() ? in_known_.size() : place_[i];
        }

        LogLine fetched_line(std::size_t i) const
        {
            std::size_t const known = in_known_[i];
            if (known == kNowhere || !known_[begin_ + known].from_stream)
                return fetched_[begin_ + i];
            return known_[begin_ + known];
        }

        LogBuffer const& known_;
        LogBuffer const& fetched_;
        std::size_t begin_;
        bool complete_;
        std::vector<std::uint32_t> known_numbers_;
        std::vector<std::uint32_t> fetched_numbers_;
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

} // namespace

LogBuffer merge_logs(LogBuffer known, LogBuffer fetched, bool complete)
{
    if (known.empty()) {
        fetched.set_generation(known.generation());
        return fetched;
    }
    std::size_t const shorter = std::min(known.size(), fetched.size());
    std::size_t equal = 0;
    while (equal < shorter && known.text(equal) == fetched.text(equal))
        ++equal;
    if (equal == fetched.size() && (equal == known.size() || !complete))
        return known; // the document has no more, and may be a moment behind
    if (equal == known.size()) {
        for (std::size_t i = equal; i < fetched.size(); ++i)
            known.append(fetched[i]);
        return known;
    }
    Joint const joint{known, fetched, equal, complete};
    LogBuffer joined = joint.join(head_of(known, equal));
    if (joined == known)
        return known;
    joined.set_generation(known.generation() + 1);
    return joined;
}

} // namespace pev
