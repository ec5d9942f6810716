#include "native/net/url.h"

#include "shared/base/ascii.h"
#include "shared/base/text.h"

#include <charconv>
#include <vector>

namespace pev::native {

namespace {

    struct Url {
        std::string scheme;
        std::string authority; // of credentials, host and port
        std::vector<std::string> path; // segments
        std::optional<std::string> query;
        std::optional<std::string> fragment;
    };

    bool is_alpha(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    bool is_slash(char c)
    {
        return c == '/' || c == '\\'; // of these schemes
    }

    // What the standard's percent-encode sets have beside control characters and what is beyond ASCII.
    constexpr std::string_view kInPath = " \"#<>?^`{}";
    constexpr std::string_view kInQuery = " \"#<>'";
    constexpr std::string_view kInFragment = " \"<>`";
    constexpr std::string_view kInCredentials = " \"#<>?^`{}/:;=@[\\]|";

    std::string encode(std::string_view text, std::string_view set)
    {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        std::string out;
        for (char const c : text) {
            auto const byte = static_cast<unsigned char>(c);
            if (byte < 0x20 || byte > 0x7E || set.find(c) != std::string_view::npos)
                out.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
            else
                out += c;
        }
        return out;
    }

    // Without what stands around it, and without the line ends and tabs that it was broken by.
    std::string clean(std::string_view text)
    {
        auto const is_space = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
        while (!text.empty() && is_space(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_space(text.back()))
            text.remove_suffix(1);
        std::string out{text};
        std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
        return out;
    }

    // Lower case and without its colon; takes it off `rest`. Empty: there is none.
    std::string take_scheme(std::string_view& rest)
    {
        std::size_t const end = rest.find_first_of(":/\\?#");
        if (end == std::string_view::npos || rest[end] != ':' || !is_alpha(rest.front()))
            return {};
        std::string_view const scheme = rest.substr(0, end);
        for (char const c : scheme) {
            if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
                return {};
        }
        rest.remove_prefix(end + 1);
        return ascii_lower(scheme);
    }

    std::optional<std::string> host_of(std::string_view text)
    {
        if (text.starts_with('[')) // libcurl tells whether it is an IPv6 address
            return text.ends_with(']') ? std::optional{ascii_lower(text)} : std::nullopt;
        std::string const host = percent_decode(text);
        for (char const c : host) {
            auto const byte = static_cast<unsigned char>(c);
            if (byte <= 0x20 || byte == 0x7F || std::string_view{"#%/:<>?@[\\]^|"}.find(c) != std::string_view::npos)
                return std::nullopt;
        }
        return host.empty() ? std::nullopt : std::optional{ascii_lower(host)};
    }

    // With the colon; empty where it is the scheme's own.
    std::optional<std::string> port_of(std::string_view digits, std::string_view scheme)
    {
        if (digits.empty())
            return std::string{};
        unsigned port = 0;
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc{} || end != digits.data() + digits.size() || port > 65'535)
            return std::nullopt;
        bool const usual = port == (scheme == "https" ? 443U : 80U);
        return usual ? std::string{} : ":" + std::to_string(port);
    }

    std::optional<std::string> authority_of(std::string_view text, std::string_view scheme)
    {
        std::string credentials;
        if (std::size_t const at = text.rfind('@'); at != std::string_view::npos) {
            std::string_view const user = text.substr(0, at);
            std::size_t const colon = user.find(':');
            credentials = encode(user.substr(0, colon), kInCredentials);
            if (colon != std::string_view::npos && colon + 1 < user.size())
                credentials += ":" + encode(user.substr(colon + 1), kInCredentials);
            credentials += credentials.empty() ? "" : "@";
            text.remove_prefix(at + 1);
        }
        std::size_t const colon = text.find(':', text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0);
        auto const host = host_of(text.substr(0, colon));
        auto const port
            = port_of(colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1), scheme);
        if (!host || !port)
            return std::nullopt;
        return credentials + *host + *port;
    }

    // 0: an ordinary name; 1, 2: a segment of so many dots, however they are written.
    int dots_of(std::string_view segment)
    {
        int dots = 0;
        while (!segment.empty()) {
            bool const encoded
                = segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && (segment[2] | 0x20) == 'e';
            if (!encoded && segment.front() != '.')
                return 0;
            segment.remove_prefix(encoded ? 3 : 1);
            ++dots;
        }
        return dots <= 2 ? dots : 0;
    }

    // Adds the path that `rest` begins with (its first slash is gone), and takes it off.
    void take_path(std::vector<std::string>& path, std::string_view& rest)
    {
        while (true) {
            std::size_t const end = std::min(rest.find_first_of("/\\?#"), rest.size());
            std::string_view const segment = rest.substr(0, end);
            bool const goes_on = end < rest.size() && is_slash(rest[end]);
            int const dots = dots_of(segment);
            if (dots == 2 && !path.empty())
                path.pop_back();
            if (dots == 0)
                path.push_back(encode(segment, kInPath));
            else if (!goes_on)
                path.emplace_back(); // "a/.." is a folder
            rest.remove_prefix(end + (goes_on ? 1 : 0));
            if (!goes_on)
                return;
        }
    }

    void take_query_and_fragment(Url& url, std::string_view rest)
    {
        std::size_t const hash = rest.find('#');
        if (hash != std::string_view::npos)
            url.fragment = encode(rest.substr(hash + 1), kInFragment);
        if (rest.starts_with('?'))
            url.query = encode(rest.substr(1, hash == std::string_view::npos ? hash : hash - 1), kInQuery);
    }

    // From the authority on.
    std::optional<Url> parse_absolute(std::string scheme, std::string_view rest)
    {
        while (!rest.empty() && is_slash(rest.front()))
            rest.remove_prefix(1);
        std::size_t const end = std::min(rest.find_first_of("/\\?#"), rest.size());
        auto authority = authority_of(rest.substr(0, end), scheme);
        if (!authority)
            return std::nullopt;
        Url url{
            .scheme = std::move(scheme), .authority = *std::move(authority), .path = {}, .query = {}, .fragment = {}};
        rest.remove_prefix(end);
        if (!rest.empty() && is_slash(rest.front()))
            rest.remove_prefix(1);
        take_path(url.path, rest);
        take_query_and_fragment(url, rest);
        return url;
    }

    std::optional<Url> parse_relative(Url const& base, std::string_view rest)
    {
        if (rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1]))
            return parse_absolute(base.scheme, rest);
        Url url = base;
        url.fragment.reset();
        if (rest.empty() || rest.front() == '#') {
            take_query_and_fragment(url, rest);
            return url;
        }
        url.query.reset();
        if (is_slash(rest.front())) {
            url.path.clear();
            rest.remove_prefix(1);
            take_path(url.path, rest);
        } else if (rest.front() != '?') {
            if (!url.path.empty())
                url.path.pop_back();
            take_path(url.path, rest);
        }
        take_query_and_fragment(url, rest);
        return url;
    }

    std::optional<Url> parse(std::string_view text, Url const* base)
    {
        std::string const cleaned = clean(text);
        std::string_view rest = cleaned;
        std::string scheme = rest.empty() ? std::string{} : take_scheme(rest);
        if (scheme.empty())
            return base != nullptr ? parse_relative(*base, rest) : std::nullopt;
        if (scheme != "http" && scheme != "https")
            return std::nullopt;
        bool const names_host = rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1]);
        if (base != nullptr && base->scheme == scheme && !names_host)
            return parse_relative(*base, rest); // "https:y", as of old
        return parse_absolute(std::move(scheme), rest);
    }

    std::string write(Url const& url)
    {
        std::string text = url.scheme + "://" + url.authority;
        for (std::string const& segment : url.path)
            text += "/" + segment;
        if (url.query)
            text += "?" + *url.query;
        if (url.fragment)
            text += "#" + *url.fragment;
        return text;
    }

} // namespace

std::optional<std::string> resolve_url(std::string_view base, std::string_view reference)
{
    auto const from = parse(base, nullptr);
    auto const to = from ? parse(reference, &*from) : std::nullopt;
    return to ? std::optional{write(*to)} : std::nullopt;
}

} // namespace pev::native
