#include "shared/view/text_rows.h"

#include "shared/view/cells.h"

#include <algorithm>

namespace pev {

std::size_t row_end(std::string_view text, std::size_t from, std::size_t columns)
{
    if (columns == 0)
        return std::min(text.find('\n', from), text.size());
    std::string_view const rest = text.substr(std::min(from, text.size()));
    if (std::string_view const full = rest.substr(0, columns); is_plain(full))
        return from + full.size();
    CellWalker walker{rest};
    while (walker.next()) {
        bool const overfull = walker.begin() > 0 && walker.end_column() > columns;
        if (overfull || walker.code() == '\n')
            return from + walker.begin();
    }
    return text.size();
}

std::size_t next_row(std::string_view text, std::size_t end)
{
    if (end >= text.size())
        return text.size() + 1;
    return text[end] == '\n' ? end + 1 : end;
}

std::size_t count_rows(std::string_view text, std::size_t columns)
{
    if (columns > 0 && is_plain(text))
        return std::max<std::size_t>(1, (text.size() + columns - 1) / columns);
    std::size_t rows = 0;
    for (std::size_t begin = 0; begin <= text.size(); begin = next_row(text, row_end(text, begin, columns)))
        ++rows;
    return rows;
}

bool TextRows::update(std::string_view text, std::uint64_t revision, std::size_t columns)
{
    constexpr std::size_t kBytesAtATime = 4u << 20;
    if (starts_.empty() || revision != revision_ || text.size() != size_ || columns != columns_) {
        revision_ = revision;
        size_ = text.size();
        columns_ = columns;
        next_ = 0;
        starts_.clear();
    }
    std::size_t const until = next_ + kBytesAtATime;
    while (next_ <= text.size() && next_ < until) {
        starts_.push_back(static_cast<std::uint32_t>(next_));
        next_ = next_row(text, row_end(text, next_, columns));
    }
    return next_ > text.size();
}

std::size_t TextRows::row_of(std::size_t byte) const
{
    auto const after = std::upper_bound(starts_.begin(), starts_.end(), byte);
    return after == starts_.begin() ? 0 : static_cast<std::size_t>(after - starts_.begin()) - 1;
}

} // namespace pev
