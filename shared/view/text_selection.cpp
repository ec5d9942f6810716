#include "shared/view/text_selection.h"

#include <algorithm>

namespace pev {

namespace {

    enum class CharacterClass { Word, Space, Other };

    CharacterClass class_of(char c)
    {
        if (c == ' ' || c == '\t' || c == '\n')
            return CharacterClass::Space;
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool const beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
        return letter || beyond_ascii || c == '_' || c == '-' || c == '.' ? CharacterClass::Word
                                                                          : CharacterClass::Other;
    }

} // namespace

TextRange::Part TextRange::in_line(std::size_t line, std::size_t line_size) const
{
    if (line < from.line || line > to.line)
        return {};
    Part part;
    part.begin = line == from.line ? std::min(from.byte, line_size) : 0;
    part.end = line == to.line ? std::min(to.byte, line_size) : line_size;
    part.end = std::max(part.begin, part.end);
    part.through = line < to.line;
    return part;
}

void TextSelection::begin(TextRange const& grain)
{
    anchor_ = grain;
    caret_ = grain.to;
}

void TextSelection::drag(TextRange const& grain)
{
    caret_ = grain.from < anchor_.from ? grain.from : std::max(grain.to, anchor_.to);
}

void TextSelection::extend(TextPoint to)
{
    caret_ = to;
}

TextRange TextSelection::range() const
{
    if (caret_ < anchor_.from)
        return {caret_, anchor_.to};
    return {anchor_.from, std::max(caret_, anchor_.from)};
}

WordBounds word_at(std::string_view text, std::size_t byte)
{
    if (text.empty())
        return {};
    byte = std::min(byte, text.size() - 1);
    CharacterClass const wanted = class_of(text[byte]);
    if (wanted == CharacterClass::Other)
        return {byte, byte + 1};
    std::size_t begin = byte;
    while (begin > 0 && class_of(text[begin - 1]) == wanted)
        --begin;
    std::size_t end = byte;
    while (end < text.size() && class_of(text[end]) == wanted)
        ++end;
    // A full stop or a hyphen at either end belongs to the sentence, not to the word.
    while (wanted == CharacterClass::Word && end - begin > 1 && end > byte + 1
        && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;
    return {begin, end};
}

} // namespace pev
