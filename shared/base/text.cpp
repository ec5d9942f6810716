#include "shared/base/text.h"

#include "shared/base/eight_bytes.h"
#include "shared/base/escapes.h"
#include "shared/base/terminal_text.h"

#include <algorithm>
#include <cstdint>

namespace pev {

namespace {

    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

    bool is_unreserved(unsigned char c)
    {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '_' || c == '~';
    }

    constexpr unsigned char fold(unsigned char c)
    {
        return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + ('a' - 'A')) : c;
    }

    // Two bytes of UTF-8 that are one letter.
    struct Letter {
        unsigned char lead;
        unsigned char tail;
        bool operator==(Letter const&) const = default;
    };

    constexpr bool has_cases(unsigned char lead)
    {
        return (lead >= 0xC3 && lead <= 0xC5) || (lead >= 0xCE && lead <= 0xD1);
    }

    constexpr Letter fold(Letter letter)
    {
        unsigned const c = (letter.lead & 0x1FU) << 6U | (letter.tail & 0x3FU);
        unsigned lower = c;
        if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
            lower = c + 0x20; // Latin-1, Greek, Cyrillic
        else if (c >= 0x400 && c <= 0x40F)
            lower = c + 0x50;
        else if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177))
            lower = c | 1U; // Latin Extended-A: pairs
        else if ((c >= 0x139 && c <= 0x147) || (c >= 0x179 && c <= 0x17D))
            lower = c + (c & 1U);
        return {static_cast<unsigned char>(0xC0U | lower >> 6U), static_cast<unsigned char>(0x80U | (lower & 0x3FU))};
    }

    bool is_letter_at(std::string_view text, std::size_t i)
    {
        return has_cases(static_cast<unsigned char>(text[i])) && i + 1 < text.size()
            && (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80U;
    }

    Letter letter_at(std::string_view text, std::size_t i)
    {
        return {static_cast<unsigned char>(text[i]), static_cast<unsigned char>(text[i + 1])};
    }

    bool begins_folded(std::string_view text, std::string_view needle)
    {
        if (text.size() < needle.size())
            return false;
        for (std::size_t i = 0; i < needle.size(); ++i) {
            bool const ascii = static_cast<unsigned char>(needle[i]) < 0x80; // nearly always
            if (!ascii && is_letter_at(needle, i) && is_letter_at(text, i)) {
                if (letter_at(text, i) != letter_at(needle, i) && fold(letter_at(text, i)) != letter_at(needle, i))
                    return false;
                ++i;
            } else if (fold(static_cast<unsigned char>(text[i])) != static_cast<unsigned char>(needle[i])) {
                return false;
            }
        }
        return true;
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

std::string fold_case(std::string_view text)
{
    std::string out{text};
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (is_letter_at(out, i)) {
            Letter const folded = fold(letter_at(out, i));
            out[i] = static_cast<char>(folded.lead);
            out[++i] = static_cast<char>(folded.tail);
        } else {
            out[i] = static_cast<char>(fold(static_cast<unsigned char>(out[i])));
        }
    }
    return out;
}

std::size_t find_folded(std::string_view text, std::string_view folded_needle, std::size_t from)
{
    // Most places are passed over by their first byte. A letter of two bytes can begin with its own lead or the one before.
    auto const first = static_cast<unsigned char>(folded_needle.front());
    auto const other = first >= 'a' && first <= 'z' ? first - ('a' - 'A') : first >= 0x80 ? first - 1 : first;
    for (std::size_t i = from; i + folded_needle.size() <= text.size(); ++i) {
        while (i + EightBytes::kSize <= text.size()) {
            std::size_t const passed
                = EightBytes{text.data() + i}.find(static_cast<char>(first), static_cast<char>(other));
            i += passed;
            if (passed < EightBytes::kSize)
                break;
        }
        auto const byte = i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
        if ((byte == first || byte == other) && begins_folded(text.substr(i), folded_needle))
            return i;
    }
    return std::string_view::npos;
}

bool contains_folded(std::string_view text, std::string_view folded_needle)
{
    return folded_needle.empty() || find_folded(text, folded_needle) != std::string_view::npos;
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
