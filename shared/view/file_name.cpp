#include "shared/view/file_name.h"

#include "shared/base/folding.h"
#include "shared/base/text.h"
#include "shared/base/unicode.h"
#include "shared/view/needle.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pev {

namespace {

    constexpr std::size_t kMostBytes = 70; // of each part: file systems take 255 bytes in all

    constexpr char32_t kZeroWidthNonJoiner = 0x200C;
    constexpr char32_t kZeroWidthJoiner = 0x200D;

    // What is not seen belongs to a word or an emoji, or turns lines around and hides endings.
    bool is_kept_unseen(char32_t c)
    {
        return c == kZeroWidthNonJoiner || c == kZeroWidthJoiner || (c >= 0xFE00 && c <= 0xFE0F)
            || (c >= 0xE0020 && c <= 0xE007F);
    }

    bool is_blank(char32_t c)
    {
        return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F
            || c == 0x3000;
    }

    bool is_forbidden(char32_t c)
    {
        constexpr std::u32string_view kForbidden = U"/\\:*?\"<>|";
        bool const is_no_character = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || kForbidden.find(c) != std::u32string_view::npos
            || is_no_character;
    }

    // At the ends they are dropped by file systems, hide a file, or look like an option.
    constexpr std::string_view kNotAtEnds = " .-";

    // A mark, or what joins two characters: no name is cut before it.
    bool continues(char32_t c)
    {
        Folding const& folding = Folding::of_unicode();
        return folding.order_of(c) > 0 || folding.joins(c) || is_kept_unseen(c);
    }

    std::string as_allowed(std::string_view text)
    {
        std::string out;
        while (!text.empty()) {
            char32_t const c = next_character(text);
            char const instead = is_blank(c) ? ' ' : is_forbidden(c) ? '-' : '\0';
            if (instead == '\0' && (is_kept_unseen(c) || !is_invisible(c)))
                append_utf8(out, c);
            else if (instead != '\0' && !out.empty() && out.back() != instead)
                out += instead;
        }
        out.erase(0, std::min(out.find_first_not_of(kNotAtEnds), out.size()));
        out.erase(out.find_last_not_of(kNotAtEnds) + 1);
        return out;
    }

    std::string cut(std::string const& text)
    {
        if (text.size() <= kMostBytes)
            return text;
        std::size_t end = 0;
        bool joined = false; // to the next, by what is before it
        for (std::string_view rest = text; !rest.empty();) {
            std::size_t const at = text.size() - rest.size();
            if (at > kMostBytes)
                break;
            char32_t const c = next_character(rest);
            if (!joined && !continues(c))
                end = at;
            joined = c == kZeroWidthJoiner;
        }
        if (end == 0) { // one letter with more marks than there is room for
            end = kMostBytes;
            while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
                --end;
        }
        std::string part = text.substr(0, end);
        part.erase(part.find_last_not_of(kNotAtEnds) + 1);
        return part;
    }

    // Source: FNV-1a.
    std::string fingerprint(std::string_view text)
    {
        std::uint32_t hash = 0x811C9DC5;
        for (char const c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
        std::string digits;
        for (int shift = 28; shift >= 0; shift -= 4)
            digits += "0123456789abcdef"[hash >> static_cast<unsigned>(shift) & 15U];
        return digits;
    }

    std::string with_fingerprint(std::string const& part, std::string_view of)
    {
        return (part.empty() ? part : part + '-') + fingerprint(of);
    }

    // Names of devices, whatever stands behind their first dot.
    // Source: Microsoft, "Naming Files, Paths, and Namespaces".
    bool is_device(std::string_view name)
    {
        constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
        name = name.substr(0, name.find('.'));
        name = name.substr(0, name.find_last_not_of(' ') + 1);
        std::string const word = ascii_lower(name);
        std::string_view const number = std::string_view{word}.substr(std::min<std::size_t>(3, word.size()));
        bool const numbered = word.starts_with("com") || word.starts_with("lpt");
        bool const one_digit
            = (number.size() == 1 && number >= "0" && number <= "9") || number == "¹" || number == "²" || number == "³";
        return std::ranges::find(kDevices, word) != kDevices.end() || (numbered && one_digit);
    }

} // namespace

std::string export_file_name(
    std::string_view playbook, std::string_view run_id, std::string_view part, std::string_view extension)
{
    std::string name = cut(as_allowed(playbook));
    if (name.empty())
        name = "playbook";
    std::string const id = as_allowed(run_id);
    std::string const short_id = cut(id);
    name.append("-").append(short_id == run_id ? short_id : with_fingerprint(short_id, run_id));
    if (!part.empty())
        name.append("-").append(part);
    if (is_device(name))
        name.insert(0, 1, '_');
    return name.append(".").append(extension);
}

std::string distinct_part(std::span<std::string_view const> names, std::size_t at, std::string_view taken)
{
    std::string const allowed = as_allowed(names[at]);
    std::string const part = cut(allowed);
    // File systems take names for one that differ in case only, or in how their letters are composed.
    std::u32string const letters = letters_of(part);
    bool distinct = !part.empty() && part == allowed && letters != letters_of(taken);
    for (std::size_t i = 0; i < names.size() && distinct; ++i)
        distinct = i == at || letters_of(cut(as_allowed(names[i]))) != letters;
    return distinct ? part : with_fingerprint(part, names[at]);
}

} // namespace pev
