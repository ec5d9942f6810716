#include "shared/view/cells.h"

#include "shared/base/char_width.h"

#include <algorithm>
#include <cmath>

namespace pev {

namespace {

    constexpr std::uint32_t kReplacement = 0xFFFD;

    bool continues(char c)
    {
        return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    }

    struct Decoded {
        std::uint32_t code = kReplacement;
        std::size_t size = 1;
    };

    // Whether the code is one that the sequence may stand for is not looked at: it is drawn, and no more.
    Decoded decode(std::string_view text)
    {
        auto const lead = static_cast<unsigned char>(text.front());
        if (lead < 0x80)
            return {lead, 1};
        std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
            return {};
        std::uint32_t code = lead & (0xFFU >> (size + 1));
        for (std::size_t i = 1; i < size; ++i) {
            if (!continues(text[i]))
                return {};
            code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
        }
        return {code, size};
    }

} // namespace

bool CellWalker::next()
{
    if (end_ >= text_.size())
        return false;
    column_ += width_;
    begin_ = end_;
    auto const byte = static_cast<unsigned char>(text_[begin_]);
    if (byte >= 0x20 && byte < 0x80) {
        code_ = byte;
        end_ = begin_ + 1;
        width_ = 1;
        return true;
    }
    std::uint32_t const before = begin_ > 0 && width_ == 1 ? code_ : 0;
    read();
    if (code_ == '\t')
        width_ = kTabColumns - column_ % kTabColumns;
    else if (code_ == kEmojiSelector)
        width_ = can_be_emoji(before) ? 1 : 0; // the second column of the picture
    else
        width_ = char_width(code_);
    return true;
}

void CellWalker::read()
{
    Decoded const decoded = decode(text_.substr(begin_));
    code_ = decoded.code;
    end_ = begin_ + decoded.size;
    // Letters of Hangul are one syllable, also where each is a character of its own.
    while (code_ >= 0x1100 && end_ < text_.size()) {
        Decoded const next = decode(text_.substr(end_));
        char32_t const composed = composed_hangul(code_, next.code);
        if (composed == 0)
            break;
        code_ = composed;
        end_ += next.size;
    }
}

bool is_plain(std::string_view text)
{
    bool plain = true; // without a way out of the loop it is done many bytes at a time
    for (char const c : text)
        plain &= c >= 0x20 && c < 0x7F;
    return plain;
}

std::size_t count_columns(std::string_view text)
{
    return column_of(text, text.size());
}

std::size_t column_of(std::string_view text, std::size_t byte)
{
    byte = std::min(byte, text.size());
    if (is_plain(text.substr(0, byte)))
        return byte;
    CellWalker walker{text.substr(0, byte)};
    while (walker.next()) {}
    return walker.end_column();
}

std::size_t ColumnCursor::column_of(std::size_t byte)
{
    byte = std::min(byte, text_.size());
    std::string_view const between = text_.substr(byte_, byte - byte_);
    if (is_plain(between)) {
        column_ += between.size();
    } else {
        CellWalker walker{between, column_};
        while (walker.next()) {}
        column_ = walker.end_column();
    }
    byte_ = byte;
    return column_;
}

std::size_t byte_at(std::string_view text, std::size_t column)
{
    if (is_plain(text.substr(0, column)))
        return std::min(column, text.size());
    CellWalker walker{text};
    while (walker.next()) {
        if (walker.width() > 0 && walker.end_column() > column)
            return walker.begin();
    }
    return text.size();
}

std::size_t byte_near(std::string_view text, double columns)
{
    if (columns <= 0)
        return 0;
    std::size_t const before = byte_at(text, static_cast<std::size_t>(std::floor(std::min(columns, 1e9))));
    if (before >= text.size())
        return text.size();
    std::size_t const after = next_boundary(text, before);
    auto const middle = static_cast<double>(column_of(text, before) + column_of(text, after)) / 2;
    return columns >= middle ? after : before;
}

std::size_t next_boundary(std::string_view text, std::size_t byte)
{
    if (byte >= text.size())
        return text.size();
    // A character goes with what joins it.
    CellWalker walker{text.substr(byte)};
    walker.next();
    std::size_t end = walker.end();
    while (walker.next() && (walker.width() == 0 || walker.code() == kEmojiSelector))
        end = walker.end();
    return byte + end;
}

std::size_t previous_boundary(std::string_view text, std::size_t byte)
{
    std::size_t at = std::min(byte, text.size());
    while (at > 0) {
        do
            --at;
        while (at > 0 && continues(text[at]));
        if (next_boundary(text, at) >= std::min(byte, text.size()) && char_width(decode(text.substr(at)).code) > 0)
            return at;
    }
    return 0;
}

std::uint32_t control_picture(std::uint32_t code)
{
    if (code < 0x20)
        return 0x2400 + code;
    if (code == 0x7F)
        return 0x2421;
    return code >= 0x80 && code < 0xA0 ? kReplacement : 0;
}

} // namespace pev
