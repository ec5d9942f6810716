#include "shared/base/text.h"

#include "shared/base/eight_bytes.h"
#include "shared/base/escapes.h"
#include "shared/base/terminal_text.h"

namespace pev {

namespace {

    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

    bool is_unreserved(unsigned char c)
    {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '_' || c == '~';
    }

} // namespace

std::string percent_encode(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_unreserved(byte)) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 15U];
        }
    }
    return out;
}

std::string percent_decode(std::string_view text, bool plus_is_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        int const high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        int const low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (text[i] == '%' && high >= 0 && low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

// Source: Unicode 15, table 3-7.
Utf8Sequence utf8_sequence_at(std::string_view text, std::size_t at)
{
    auto const lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80)
        return {1, true};
    if (lead < 0xC2 || lead > 0xF4)
        return {1, false};
    std::size_t const wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // No overlong forms, no surrogates, nothing above U+10FFFF: the second byte tells.
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t size = 1; size < wanted; ++size) {
        unsigned const byte = at + size < text.size() ? static_cast<unsigned char>(text[at + size]) : 0;
        if (byte < low || byte > high)
            return {size, false};
        low = 0x80;
        high = 0xBF;
    }
    return {wanted, true};
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool is_utf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        if (i + EightBytes::kSize <= text.size() && EightBytes{text.data() + i}.is_ascii()) {
            i += EightBytes::kSize;
            continue;
        }
        Utf8Sequence const sequence = utf8_sequence_at(text, i);
        if (!sequence.well_formed)
            return false;
        i += sequence.size;
    }
    return true;
}

std::string repair_utf8(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        Utf8Sequence const sequence = utf8_sequence_at(text, i);
        out += sequence.well_formed ? text.substr(i, sequence.size) : kReplacement;
        i += sequence.size;
    }
    return out;
}

std::string ascii_lower(std::string_view text)
{
    std::string out{text};
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return out;
}

std::string one_line(std::string_view text, std::size_t max_characters)
{
    if (has_controls(text))
        return one_line(without_escapes(text), max_characters);
    std::string out;
    std::size_t characters = 0;
    bool space_due = false;
    for (std::size_t i = 0; i < text.size();) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte <= 0x20) {
            space_due = !out.empty();
            ++i;
            continue;
        }
        if (characters + (space_due ? 1 : 0) >= max_characters)
            return out + "…";
        if (space_due) {
            out += ' ';
            ++characters;
            space_due = false;
        }
        std::size_t const size = utf8_sequence_at(text, i).size;
        out += text.substr(i, size);
        ++characters;
        i += size;
    }
    return out;
}

} // namespace pev
