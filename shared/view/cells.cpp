#include "shared/view/cells.h"

#include "shared/base/code_ranges.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pev {

namespace {

    constexpr std::uint32_t kReplacement = 0xFFFD;
    constexpr std::uint32_t kEmojiSelector = 0xFE0F;

    // Joins the character before, or is not seen at all.
    constexpr std::array kZeroWidth = {CodeRange{0x0300, 0x036F}, CodeRange{0x0483, 0x0489}, CodeRange{0x0591, 0x05BD},
        CodeRange{0x0610, 0x061C}, CodeRange{0x064B, 0x065F}, CodeRange{0x1AB0, 0x1AFF}, CodeRange{0x1DC0, 0x1DFF},
        CodeRange{0x200B, 0x200F}, CodeRange{0x2028, 0x202E}, CodeRange{0x2060, 0x206F}, CodeRange{0x20D0, 0x20FF},
        CodeRange{0xFE00, 0xFE0F}, CodeRange{0xFE20, 0xFE2F}, CodeRange{0xFEFF, 0xFEFF}, CodeRange{0xE0000, 0xE0FFF}};

    constexpr std::array kWide = {CodeRange{0x1100, 0x115F}, CodeRange{0x231A, 0x231B}, CodeRange{0x23E9, 0x23EC},
        CodeRange{0x23F0, 0x23F0}, CodeRange{0x23F3, 0x23F3}, CodeRange{0x25FD, 0x25FE}, CodeRange{0x2614, 0x2615},
        CodeRange{0x2648, 0x2653}, CodeRange{0x267F, 0x267F}, CodeRange{0x2693, 0x2693}, CodeRange{0x26A1, 0x26A1},
        CodeRange{0x26AA, 0x26AB}, CodeRange{0x26BD, 0x26BE}, CodeRange{0x26C4, 0x26C5}, CodeRange{0x26CE, 0x26CE},
        CodeRange{0x26D4, 0x26D4}, CodeRange{0x26EA, 0x26EA}, CodeRange{0x26F2, 0x26F3}, CodeRange{0x26F5, 0x26F5},
        CodeRange{0x26FA, 0x26FA}, CodeRange{0x26FD, 0x26FD}, CodeRange{0x2705, 0x2705}, CodeRange{0x270A, 0x270B},
        CodeRange{0x2728, 0x2728}, CodeRange{0x274C, 0x274C}, CodeRange{0x274E, 0x274E}, CodeRange{0x2753, 0x2755},
        CodeRange{0x2757, 0x2757}, CodeRange{0x2795, 0x2797}, CodeRange{0x27B0, 0x27B0}, CodeRange{0x27BF, 0x27BF},
        CodeRange{0x2B1B, 0x2B1C}, CodeRange{0x2B50, 0x2B50}, CodeRange{0x2B55, 0x2B55}, CodeRange{0x2E80, 0x303E},
        CodeRange{0x3041, 0xA4CF}, CodeRange{0xA960, 0xA97F}, CodeRange{0xAC00, 0xD7A3}, CodeRange{0xF900, 0xFAFF},
        CodeRange{0xFE30, 0xFE6F}, CodeRange{0xFF00, 0xFF60}, CodeRange{0xFFE0, 0xFFE6}, CodeRange{0x1F000, 0x3FFFF}};

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
    Decoded const decoded = decode(text_.substr(begin_));
    std::size_t const before = width_;
    code_ = decoded.code;
    end_ = begin_ + decoded.size;
    if (code_ == '\t')
        width_ = kTabColumns - column_ % kTabColumns;
    else if (code_ == kEmojiSelector) // turns the sign before it into a picture
        width_ = begin_ > 0 && before == 1 ? 1 : 0;
    else if (is_in(kZeroWidth, code_))
        width_ = 0;
    else
        width_ = is_in(kWide, code_) ? 2 : 1;
    return true;
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
        if (next_boundary(text, at) >= std::min(byte, text.size()) && !is_in(kZeroWidth, decode(text.substr(at)).code))
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
