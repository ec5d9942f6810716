#include "shared/base/escapes.h"

#include <algorithm>

namespace pev {

namespace {

    constexpr char kEscape = '\x1b';

} // namespace

std::size_t escape_size(std::string_view text)
{
    if (text.empty() || text.front() != kEscape)
        return 0;
    if (text.size() == 1)
        return 1;
    if (text[1] == '[') { // control sequence: parameters, then one final byte
        for (std::size_t i = 2; i < text.size(); ++i) {
            if (text[i] >= 0x40 && text[i] <= 0x7E)
                return i + 1;
            if (text[i] < 0x20 || text[i] > 0x3F)
                return i; // broken off
        }
        return text.size();
    }
    if (text[1] == ']') { // operating system command: up to BEL or ESC '\'
        for (std::size_t i = 2; i < text.size(); ++i) {
            if (text[i] == '\a')
                return i + 1;
            if (text[i] == kEscape)
                return i + 1 < text.size() && text[i + 1] == '\\' ? i + 2 : i;
        }
        return text.size();
    }
    // Another escape sequence: intermediate bytes, then one final byte. A lone ESC stands for itself.
    std::size_t end = 1;
    while (end < text.size() && text[end] >= 0x20 && text[end] <= 0x2F)
        ++end;
    return end < text.size() && text[end] >= 0x30 && text[end] <= 0x7E ? end + 1 : 1;
}

std::string without_escapes(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        std::size_t const plain = std::min(text.find(kEscape), text.size());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        text.remove_prefix(escape_size(text));
    }
    return out;
}

} // namespace pev
