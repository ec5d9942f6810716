#include "shared/view/text_search.h"

#include "shared/base/text.h"

#include <algorithm>
#include <iterator>

namespace pev {

namespace {

    constexpr std::size_t kBlock = 16u << 10;

} // namespace

std::size_t count_matches(std::string_view text, std::string_view folded_needle)
{
    std::size_t count = 0;
    for (std::size_t at = find_folded(text, folded_needle); at != std::string_view::npos;
        at = find_folded(text, folded_needle, at + folded_needle.size()))
        ++count;
    return count;
}

std::size_t nth_match(std::string_view text, std::string_view folded_needle, std::size_t n)
{
    std::size_t at = find_folded(text, folded_needle);
    for (; n > 0 && at != std::string_view::npos; --n)
        at = find_folded(text, folded_needle, at + folded_needle.size());
    return at;
}

void HitList::add(std::size_t item, std::size_t matches)
{
    if (matches > 0)
        items_.push_back({static_cast<std::uint32_t>(item), static_cast<std::uint32_t>(through() + matches)});
}

void HitList::drop_before(std::size_t item)
{
    auto const held = std::ranges::lower_bound(items_, item, {}, &Item::item);
    if (held != items_.begin())
        dropped_ = std::prev(held)->through;
    items_.erase(items_.begin(), held);
}

HitList::Hit HitList::operator[](std::size_t number) const
{
    number += dropped_;
    auto const found = std::ranges::upper_bound(items_, number, {}, &Item::through);
    std::size_t const before = found == items_.begin() ? dropped_ : std::prev(found)->through;
    return {found->item, number - before};
}

std::size_t HitList::number_of(std::size_t item) const
{
    auto const found = std::ranges::lower_bound(items_, item, {}, &Item::item);
    return found == items_.begin() ? 0 : std::prev(found)->through - dropped_;
}

bool LogSearch::update(LogBuffer const& log, LogLines const& lines, LogTexts& texts, std::string_view needle)
{
    constexpr std::size_t kBytesAtATime = 2u << 20;
    std::string folded = fold_case(needle);
    if (folded != needle_ || lines.generation() != generation_) {
        needle_ = std::move(folded);
        generation_ = lines.generation();
        lines_ = 0;
        hits_.clear();
    }
    if (needle_.empty()) {
        lines_ = 0;
        return true;
    }
    lines_ = std::max(lines_, lines.first());
    hits_.drop_before(lines.first());
    for (std::size_t bytes = 0; lines_ < lines.end() && bytes < kBytesAtATime; ++lines_) {
        bytes += log.text(lines[lines_]).size() + 16;
        hits_.add(lines_, count_matches(texts.of(log, lines[lines_]).text, needle_));
    }
    return lines_ == lines.end();
}

bool TextSearch::update(std::string_view text, std::uint64_t revision, std::string_view needle)
{
    constexpr std::size_t kBytesAtATime = 2u << 20;
    std::string folded = fold_case(needle);
    if (folded != needle_ || revision != revision_ || text.size() != size_) {
        needle_ = std::move(folded);
        revision_ = revision;
        size_ = text.size();
        at_ = 0;
        hits_.clear();
    }
    if (needle_.empty())
        return true;
    std::size_t const until = std::min(text.size(), at_ + kBytesAtATime);
    while (at_ < until) {
        std::size_t const block = at_ / kBlock;
        std::size_t const end = std::min(text.size(), (block + 1) * kBlock + needle_.size() - 1);
        std::size_t matches = 0;
        for (std::size_t found = find_folded(text.substr(0, end), needle_, at_); found != std::string_view::npos;
            found = find_folded(text.substr(0, end), needle_, at_)) {
            at_ = found + needle_.size();
            ++matches;
        }
        hits_.add(block, matches);
        at_ = std::max(at_, (block + 1) * kBlock);
    }
    return at_ >= text.size();
}

std::size_t TextSearch::place(std::string_view text, std::size_t number) const
{
    HitList::Hit const hit = hits_[number];
    std::size_t const begin = hit.item * kBlock;
    std::size_t const found = nth_match(text.substr(std::min(begin, text.size())), needle_, hit.match);
    return found == std::string_view::npos ? begin : begin + found;
}

std::size_t TextSearch::number_from(std::string_view text, std::size_t byte) const
{
    std::size_t number = hits_.number_of(byte / kBlock);
    while (number < hits_.size() && place(text, number) < byte)
        ++number;
    return number;
}

} // namespace pev
