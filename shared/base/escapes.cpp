#include "shared/base/escapes.h"

#include <algorithm>

namespace pev {

namespace {

    constexpr char kEscape = '\x1b';
    constexpr char kCancel = '\x18';
    constexpr char kSubstitute = '\x1a';
    constexpr char kC1Lead = '\xC2'; // U+0080 to U+009F in UTF-8

    bool is_between(char c, unsigned char first, unsigned char last)
    {
        auto const byte = static_cast<unsigned char>(c);
        return byte >= first && byte <= last;
    }

    bool is_c1_at(std::string_view text, std::size_t at)
    {
        return text[at] == kC1Lead && at + 1 < text.size() && is_between(text[at + 1], 0x80, 0x9F);
    }

    // `begin`: behind its introducer, as for all below.
    ControlFunction control_sequence(std::string_view text, std::size_t begin)
    {
        for (std::size_t i = begin; i < text.size(); ++i) {
            if (is_between(text[i], 0x40, 0x7E))
                return {i + 1, '[', text[i], text.substr(begin, i - begin)};
            if (!is_between(text[i], 0x20, 0x3F)) // broken off
                return {.size = text[i] == kCancel || text[i] == kSubstitute ? i + 1 : i};
        }
        return {.size = text.size()};
    }

    bool is_palette_entry(std::string_view payload)
    {
        auto const is_hex
            = [](char c) { return is_between(c, '0', '9') || is_between(c, 'A', 'F') || is_between(c, 'a', 'f'); };
        return payload.size() >= 8 && payload[0] == 'P' && std::ranges::all_of(payload.substr(1, 7), is_hex);
    }

    // What goes with the introducer where the string has no end: the number of an operating system command, which is no text.
    std::size_t size_of_number(std::string_view payload)
    {
        std::size_t digits = 0;
        while (digits < payload.size() && is_between(payload[digits], '0', '9'))
            ++digits;
        return digits > 0 && digits < payload.size() && payload[digits] == ';' ? digits + 1 : 0;
    }

    ControlFunction control_string(std::string_view text, std::size_t begin, char kind)
    {
        bool const is_command = kind == ']';
        if (is_command && is_palette_entry(text.substr(begin))) // the Linux console's: has no end
            return {.size = begin + 8};
        auto const ended = [&](std::size_t end, std::size_t terminator) {
            return ControlFunction{end + terminator, kind, 0, text.substr(begin, end - begin)};
        };
        for (std::size_t i = begin; i < text.size(); ++i) {
            char const c = text[i];
            if (c == '\a')
                return ended(i, 1);
            if (c == kCancel || c == kSubstitute)
                return {.size = i + 1};
            if (c == kEscape && i + 1 < text.size() && text[i + 1] == '\\')
                return ended(i, 2);
            if (c == kEscape && i + 1 < text.size() && text[i + 1] == kEscape && kind == 'P') {
                ++i; // passed through by tmux, which doubles it
                continue;
            }
            if (is_c1_at(text, i) && text[i + 1] == '\x9C')
                return ended(i, 2);
            bool const is_broken = c == kEscape || is_c1_at(text, i) || (is_command && is_between(c, 0, 0x1F));
            if (is_broken)
                break;
        }
        return {.size = begin + (is_command ? size_of_number(text.substr(begin)) : 0)};
    }

} // namespace

ControlFunction control_function(std::string_view text)
{
    if (text.empty())
        return {};
    bool const is_c1 = is_c1_at(text, 0);
    if (!is_c1 && text.front() != kEscape)
        return {};
    if (text.size() == 1)
        return {.size = 1};
    // U+009B is ESC '[', and so on.
    char const kind = is_c1 ? static_cast<char>(static_cast<unsigned char>(text[1]) - 0x40) : text[1];
    if (kind == '[')
        return control_sequence(text, 2);
    if (std::string_view{"]P_^X"}.find(kind) != std::string_view::npos)
        return control_string(text, 2, kind);
    if (is_c1)
        return {.size = 2, .kind = kind};
    // Another escape sequence: intermediate bytes, then one final byte. A lone ESC stands for itself.
    std::size_t end = 1;
    while (end < text.size() && is_between(text[end], 0x20, 0x2F))
        ++end;
    if (end == text.size() || !is_between(text[end], 0x30, 0x7E))
        return {.size = 1};
    return {.size = end + 1, .kind = end == 1 ? kind : ' '};
}

bool has_controls(std::string_view text)
{
    bool may_have = false; // without a way out of the loop it is done many bytes at a time
    for (char const c : text)
        may_have |= is_between(c, 0, 0x1F) || c == '\x7f' || c == kC1Lead;
    return may_have && find_control(text, 0) < text.size();
}

std::size_t find_control(std::string_view text, std::size_t from)
{
    for (std::size_t i = from; i < text.size(); ++i) {
        char const c = text[i];
        if ((is_between(c, 0, 0x1F) && c != '\n' && c != '\t') || c == '\x7f' || is_c1_at(text, i))
            return i;
    }
    return text.size();
}

} // namespace pev
