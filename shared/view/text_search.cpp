#include "shared/view/text_search.h"

#include <algorithm>
#include <iterator>

namespace pev {

namespace {

    constexpr std::size_t kBlock = 16u << 10;

} // namespace

std::size_t count_matches(std::string_view text, Needle const& needle)
{
    std::size_t count = 0;
    for (auto found = needle.find(text); found; found = needle.find(text, found->end))
        ++count;
    return count;
}

std::size_t nth_match(std::string_view text, Needle const& needle, std::size_t n, std::size_t from)
{
    auto found = needle.find(text, from);
    for (; n > 0 && found; --n)
        found = needle.find(text, found->end);
    return found ? found->begin : std::string_view::npos;
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

bool LogSearch::update(LogBuffer const& log, LogLines const& lines, std::string_view needle)
{
    constexpr std::size_t kBytesAtATime = 2u << 20;
    bool const other_needle = needle != needle_.text();
    if (other_needle || lines.generation() != generation_) {
        if (other_needle)
            needle_ = Needle{needle};
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
    ShownText shown;
    for (std::size_t bytes = 0; lines_ < lines.end() && bytes < kBytesAtATime; ++lines_) {
        std::string_view const text = log[lines[lines_]].text;
        bytes += text.size() + 16;
        hits_.add(lines_, count_matches(shown.of(text), needle_));
    }
    return lines_ == lines.end();
}

bool TextSearch::update(std::string_view text, std::uint64_t revision, std::string_view needle)
{
    constexpr std::size_t kBytesAtATime = 2u << 20;
    bool const other_needle = needle != needle_.text();
    if (other_needle || revision != revision_ || text.size() != size_) {
        if (other_needle)
            needle_ = Needle{needle, Spelling::Json};
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
        std::size_t const end = (block + 1) * kBlock;
        std::size_t matches = 0;
        for (auto found = needle_.find(text, at_, end); found; found = needle_.find(text, at_, end)) {
            at_ = found->end;
            ++matches;
        }
        hits_.add(block, matches);
        at_ = std::max(at_, end);
    }
    return at_ >= text.size();
}

std::size_t TextSearch::place(std::string_view text, std::size_t number) const
{
    HitList::Hit const hit = hits_[number];
    std::size_t const begin = hit.item * kBlock;
    std::size_t const found = nth_match(text, needle_, hit.match, begin);
    return found == std::string_view::npos ? begin : found;
}

std::size_t TextSearch::number_from(std::string_view text, std::size_t byte) const
{
    std::size_t number = hits_.number_of(byte / kBlock);
    while (number < hits_.size() && place(text, number) < byte)
        ++number;
    return number;
}

} // namespace pev
