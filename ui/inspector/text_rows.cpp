#include "ui/inspector/text_rows.h"

#include "ui/inspector/ansi.h"

#include <algorithm>

namespace pev::ui {

namespace {

    // How many columns a character takes, told by its first byte: Chinese, Japanese and Korean ones, and emoji, take two.
    std::size_t columns_of(unsigned char lead)
    {
        return (lead >= 0xE3 && lead <= 0xED) || lead >= 0xF0 ? 2 : 1;
    }

} // namespace

std::size_t row_end(std::string_view text, std::size_t from, std::size_t columns)
{
    if (columns == 0)
        return std::min(text.find('\n', from), text.size());
    std::size_t used = 0;
    for (std::size_t i = from; i < text.size();) {
        if (text[i] == '\n')
            return i;
        if (std::size_t const escape = escape_size(text.substr(i)); escape > 0) {
            i += escape;
            continue;
        }
        std::size_t const needed = columns_of(static_cast<unsigned char>(text[i]));
        if (used > 0 && used + needed > columns)
            return i;
        used += needed;
        ++i;
        while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U)
            ++i;
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
    bool const fits = columns == 0 || text.size() <= columns;
    if (fits && text.find('\n') == std::string_view::npos)
        return 1;
    std::size_t rows = 0;
    for (std::size_t begin = 0; begin <= text.size(); begin = next_row(text, row_end(text, begin, columns)))
        ++rows;
    return rows;
}

std::vector<std::uint32_t> const& TextRowsCache::starts(
    ImGuiID id, std::uint64_t revision, std::string_view text, std::size_t columns)
{
    constexpr std::size_t kMaxEntries = 32;
    if (!entries_.contains(id) && entries_.size() >= kMaxEntries)
        entries_.clear();
    Entry& entry = entries_[id];
    bool const same = !entry.starts.empty() && entry.revision == revision && entry.data == text.data()
        && entry.size == text.size() && entry.columns == columns;
    if (!same) {
        entry = {.revision = revision, .data = text.data(), .size = text.size(), .columns = columns, .starts = {}};
        for (std::size_t begin = 0; begin <= text.size(); begin = next_row(text, row_end(text, begin, columns)))
            entry.starts.push_back(static_cast<std::uint32_t>(begin));
    }
    return entry.starts;
}

} // namespace pev::ui
