#include "shared/base/web_address.h"

#include "shared/base/ascii.h"
#include "shared/base/code_ranges.h"
#include "shared/base/folding.h"
#include "shared/base/punycode.h"
#include "shared/base/text.h"
#include "shared/base/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pev {

namespace {

    constexpr std::size_t kLongestHost = 253;
    constexpr std::size_t kLongestLabel = 63;

    char lower(char c)
    {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }

    // The capitals of the scripts whose names are registered most; a browser refuses the others, in Punycode.
    char32_t lower(char32_t c)
    {
        bool const by_32 = (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)
            || (c >= 0x391 && c <= 0x3AB) || (c >= 0x410 && c <= 0x42F);
        return by_32 ? c + 0x20 : c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
    }

    // What browsers write otherwise before they go there, so that it is another name: letters in other forms, wide, raised, as symbols,
    // and signs that stand for a full stop.
    constexpr std::array<CodeRange, 22> kOtherForms{CodeRange{0xAA, 0xAA}, CodeRange{0xB2, 0xB5}, CodeRange{0xB9, 0xBE},
        CodeRange{0x132, 0x133}, CodeRange{0x13F, 0x140}, CodeRange{0x149, 0x149}, CodeRange{0x17F, 0x17F},
        CodeRange{0x1C4, 0x1CC}, CodeRange{0x1F1, 0x1F3}, CodeRange{0x2B0, 0x2B8}, CodeRange{0x1100, 0x11FF},
        CodeRange{0x2000, 0x218F}, CodeRange{0x2460, 0x24FF}, CodeRange{0x3000, 0x3002}, CodeRange{0x3131, 0x318E},
        CodeRange{0x3200, 0x33FF}, CodeRange{0xF900, 0xFAFF}, CodeRange{0xFB00, 0xFDFF}, CodeRange{0xFE10, 0xFFEF},
        CodeRange{0x1D400, 0x1D7FF}, CodeRange{0x1F100, 0x1F2FF}, CodeRange{0x2F800, 0x2FA1F}};

    // Whether Unicode has one character for the two: "u" and its dots, which browsers write as "ü".
    bool compose(char32_t first, char32_t second)
    {
        Folding const& folding = Folding::of_unicode();
        if (!folding.joins(second))
            return false;
        auto const letters = [&](char32_t character) { return std::u32string{folding.letters_of(character).data()}; };
        std::u32string const wanted = letters(first) + letters(second);
        return std::ranges::any_of(
            folding.characters_with(wanted.back()), [&](char32_t both) { return letters(both) == wanted; });
    }

    // "bücher" as "xn--bcher-kva".
    std::optional<std::string> ascii_label(std::string_view label)
    {
        std::string ascii;
        if (std::ranges::all_of(label, is_ascii)) {
            for (char const c : label) {
                if (!is_digit(c) && (lower(c) < 'a' || lower(c) > 'z') && c != '-' && c != '_')
                    return std::nullopt;
                ascii += lower(c);
            }
        } else {
            std::u32string characters;
            for (std::string_view rest = label; !rest.empty();) {
                char32_t const c = next_character(rest);
                bool const allowed = c < 0x80
                    ? ascii_label({label.data() + label.size() - rest.size() - 1, 1}).has_value()
                    : c >= 0xA1 && c != 0xFFFD && !is_invisible(c) && !is_in(kOtherForms, c);
                if (!allowed || (!characters.empty() && compose(characters.back(), c)))
                    return std::nullopt;
                characters += lower(c);
            }
            ascii = "xn--" + punycode(characters);
        }
        if (ascii.empty() || ascii.size() > kLongestLabel)
            return std::nullopt;
        return ascii;
    }

    // Takes what stands before the first `separator`, and that.
    std::string_view take_until(std::string_view& rest, char separator)
    {
        std::string_view const part = rest.substr(0, rest.find(separator));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        return part;
    }

    // "0x7f", "0177", "127": a part of an address of IPv4 as browsers read it.
    std::optional<std::uint64_t> read_number(std::string_view text)
    {
        unsigned base = 10;
        if (text.size() >= 2 && text[0] == '0') {
            base = text[1] == 'x' ? 16 : 8;
            text.remove_prefix(base == 16 ? 2 : 1);
        }
        std::uint64_t value = 0;
        for (char const c : text) {
            int const digit = hex_value(c);
            if (digit < 0 || static_cast<unsigned>(digit) >= base || value > UINT32_MAX)
                return std::nullopt;
            value = value * base + static_cast<unsigned>(digit);
        }
        return value;
    }

    bool is_number(std::string_view label)
    {
        return std::ranges::all_of(label, is_digit) || (label.starts_with("0x") && read_number(label));
    }

    // "127.1" and "2130706433" are 127.0.0.1.
    std::optional<std::string> ipv4(std::string_view host)
    {
        std::uint64_t address = 0;
        int parts = 0;
        for (bool last = false; !last; ++parts) {
            last = host.find('.') == std::string_view::npos;
            auto const part = read_number(take_until(host, '.'));
            std::uint64_t const most = last ? std::uint64_t{UINT32_MAX} >> (8 * parts) : 255;
            if (!part || parts == 4 || *part > most)
                return std::nullopt;
            address += last ? *part : *part << (24 - 8 * parts);
        }
        std::string dotted;
        for (int shift = 24; shift >= 0; shift -= 8)
            dotted += std::to_string(address >> shift & 255) + (shift > 0 ? "." : "");
        return dotted;
    }

    // What stands in the brackets: eight groups of up to four digits, "::" for some that are zero; the last two may be written as
    // an address of IPv4.
    bool is_ipv6(std::string_view text)
    {
        std::size_t groups = 0;
        bool const gap = text.find("::") != std::string_view::npos;
        if (text.find(":::") != std::string_view::npos || text.find("::") != text.rfind("::") || text.empty())
            return false;
        bool const open_start = text.front() == ':' && !text.starts_with("::");
        bool const open_end = text.back() == ':' && !text.ends_with("::");
        if (open_start || open_end)
            return false;
        while (!text.empty()) {
            std::string_view const group = take_until(text, ':');
            if (group.empty())
                continue; // beside the gap
            if (text.empty() && ipv4(group) == group) {
                groups += 2;
                break;
            }
            if (group.size() > 4 || !std::ranges::all_of(group, [](char c) { return hex_value(c) >= 0; }))
                return false;
            ++groups;
        }
        return gap ? groups < 8 : groups == 8;
    }

    std::optional<std::string> read_name(std::string_view name)
    {
        std::string host;
        std::string last;
        for (std::string_view rest = name; !rest.empty();) {
            auto label = ascii_label(take_until(rest, '.'));
            if (!label)
                return std::nullopt;
            last = std::move(*label);
            host.append(host.empty() ? "" : ".").append(last);
        }
        if (host.empty() || host.size() > kLongestHost)
            return std::nullopt;
        if (is_number(last))
            return ipv4(host);
        return name.ends_with('.') ? host + "." : host;
    }

    // ":8080" as it stands, "" for none and for an empty one.
    std::optional<std::string> read_port(std::string_view text)
    {
        if (text.size() <= 1)
            return "";
        unsigned port = 0;
        for (char const c : text.substr(1)) {
            port = port * 10 + static_cast<unsigned>(c - '0');
            if (!is_digit(c) || port > 65'535)
                return std::nullopt;
        }
        return ":" + std::to_string(port);
    }

    std::optional<std::string> read_host(std::string_view text)
    {
        bool const bracketed = text.starts_with('[');
        std::size_t const end = bracketed ? text.find(']') : std::min(text.find(':'), text.size());
        if (end == std::string_view::npos || (bracketed && !is_ipv6(text.substr(1, end - 1))))
            return std::nullopt;
        std::size_t const port_begin = end + (bracketed ? 1 : 0);
        std::string_view const port_text = text.substr(port_begin);
        auto const port = port_text.empty() || port_text.front() == ':' ? read_port(port_text) : std::nullopt;
        auto host = bracketed ? std::string{text.substr(0, port_begin)} : read_name(text.substr(0, end));
        if (!port || !host)
            return std::nullopt;
        std::ranges::transform(*host, host->begin(), [](char c) { return lower(c); });
        return *host + *port;
    }

    void append_encoded(std::string& out, std::string_view text)
    {
        constexpr std::string_view kNotInAddresses = "\"<>^`{|}";
        for (char const c : text) {
            if (is_ascii(c) && kNotInAddresses.find(c) == std::string_view::npos)
                out += c;
            else
                out += percent_encode({&c, 1});
        }
    }

    bool breaks_addresses(char c)
    {
        // A browser takes '\' for '/', and leaves out tabs and line breaks.
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
    }

} // namespace

std::optional<WebAddress> read_web_address(std::string_view text)
{
    if (text.size() > kLongestAddress || std::ranges::any_of(text, breaks_addresses) || !is_utf8(text))
        return std::nullopt;
    std::size_t const colon = std::min(text.find(':'), text.size());
    std::string scheme{text.substr(0, colon)};
    std::ranges::transform(scheme, scheme.begin(), [](char c) { return lower(c); });
    std::string_view rest = text.substr(colon);
    if ((scheme != "http" && scheme != "https") || !rest.starts_with("://"))
        return std::nullopt;
    rest.remove_prefix(3);
    std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    rest.remove_prefix(authority.size());

    WebAddress address{.href = scheme + "://", .host = {}};
    if (std::size_t const at = authority.rfind('@'); at != std::string_view::npos) {
        address.has_user = true;
        append_encoded(address.href, authority.substr(0, at));
        address.href += '@';
        authority.remove_prefix(at + 1);
    }
    auto host = read_host(authority);
    if (!host)
        return std::nullopt;
    address.host = std::move(*host);
    address.href += address.host;
    if (!rest.starts_with('/'))
        address.href += '/';
    append_encoded(address.href, rest);
    return address;
}

} // namespace pev
