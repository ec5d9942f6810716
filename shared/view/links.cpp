#include "shared/view/links.h"

#include "shared/base/ascii.h"
#include "shared/base/code_ranges.h"
#include "shared/base/text.h"
#include "shared/base/unicode.h"

#include <algorithm>
#include <array>

namespace pev {

namespace {

    constexpr std::size_t kMostLookedAt = 16 * kLongestAddress; // bytes of addresses in one call: nobody follows more
    constexpr std::size_t kLongestScheme = 5;

    bool is_letter(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    bool starts_with_folded(std::string_view text, std::string_view folded)
    {
        return ascii_lower(text.substr(0, folded.size())) == folded;
    }

    // Spaces, quotes, arrows, lines and the punctuation of languages that set no spaces.
    bool ends_addresses(char32_t c)
    {
        return c <= 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3020)
            || (c >= 0xFF00 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) || (c >= 0xFF3B && c < 0xFF41)
            || (c >= 0xFF5B && c < 0xFF66) || c == 0xFFFD || is_invisible(c);
    }

    // A character of an address, as it is meant; of size 0 where none stands.
    struct Character {
        std::string_view bytes;
        std::size_t size = 0; // in the text
        bool ascii() const { return bytes.size() == 1; }
    };
    Character character_at(std::string_view text)
    {
        // Those that no address holds are left out.
        static constexpr std::string_view kAscii
            = "!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~";
        auto const ascii = [](char c, std::size_t size) -> Character {
            std::size_t const at = kAscii.find(c);
            return at == std::string_view::npos ? Character{} : Character{kAscii.substr(at, 1), size};
        };
        if (text.empty())
            return {};
        if (text.starts_with("\\/"))
            return ascii('/', 2);
        if (text.starts_with("\\u00") && text.size() >= 6 && hex_value(text[4]) >= 0 && hex_value(text[5]) >= 0)
            return ascii(static_cast<char>(hex_value(text[4]) * 16 + hex_value(text[5])), 6);
        if (is_ascii(text.front()))
            return ascii(text.front(), 1);
        std::string_view rest = text;
        if (ends_addresses(next_character(rest)))
            return {};
        std::size_t const size = text.size() - rest.size();
        return {text.substr(0, size), size};
    }

    // Reads an address from its scheme on, up to where people mean it to end, and no more than so many bytes of it.
    class AddressReader {
    public:
        AddressReader(std::string_view text, std::size_t begin, std::size_t most)
            : text_(text), at_(begin), end_(begin), quoted_(begin > 0 && text[begin - 1] == '\'')
        {
            while (address_.size() < most) {
                Character const c = character_at(text_.substr(at_));
                if (c.size == 0 || (c.ascii() && ends_before(c)))
                    break;
                address_ += c.bytes;
                at_ += c.size;
                if (!c.ascii() || kNeverLast.find(c.bytes) == std::string_view::npos) {
                    end_ = at_;
                    size_ = address_.size();
                }
            }
            address_.resize(size_);
        }

        std::size_t looked_until() const { return at_; }
        std::size_t end() const { return end_; }
        std::string const& address() const { return address_; }

    private:
        static constexpr std::string_view kNeverLast = ".,:;!?'*([";
        static constexpr std::array<std::string_view, 8> kMarkup{
            "&quot;", "&apos;", "&lt;", "&gt;", "&#34;", "&#39;", "&#x22;", "&#x27;"};

        bool ends_before(Character const& c)
        {
            std::string_view const rest = text_.substr(at_ + c.size);
            switch (c.bytes.front()) {
            case '\'':
                return quoted_;
            case '(':
                ++round_;
                return false;
            case ')':
                return round_-- == 0;
            case '[':
                ++square_;
                return false;
            case ']':
                return square_-- == 0;
            case ',':
            case ';':
                return starts_with_folded(rest, "http:") || starts_with_folded(rest, "https:");
            case '&':
                return std::ranges::any_of(
                    kMarkup, [&](std::string_view mark) { return text_.substr(at_).starts_with(mark); });
            default:
                return false;
            }
        }

        std::string_view text_;
        std::size_t at_;
        std::size_t end_; // of what may stand last
        std::size_t size_ = 0; // of the address up to there
        std::string address_;
        bool quoted_;
        int round_ = 0;
        int square_ = 0;
    };

    // No top-level domain mixes scripts: in a text without spaces what follows one is the next word.
    std::size_t without_next_word(std::string_view address)
    {
        std::size_t const begin = std::min(address.find("//"), address.size() - 2) + 2;
        std::size_t const end = std::min(address.find_first_of("/?#", begin), address.size());
        std::size_t const dot = address.substr(0, end).rfind('.');
        if (dot == std::string_view::npos || dot < begin || dot + 1 == end || !is_ascii(address[dot + 1]))
            return address.size();
        std::string_view const label = address.substr(dot + 1, end - dot - 1);
        auto const* const beyond = std::ranges::find_if_not(label, is_ascii);
        return beyond == label.end() ? address.size() : dot + 1 + static_cast<std::size_t>(beyond - label.begin());
    }

    // Whether an address up to here is that of a host, or of a file with an ending: "https://example.com/app.js".
    bool ends_in_file(std::string_view address)
    {
        constexpr std::size_t kLongestEnding = 5;
        std::string_view const name = address.substr(address.rfind('/') + 1);
        bool const is_host = address.substr(0, address.size() - name.size()).ends_with("//");
        std::string_view const ending = name.substr(name.rfind('.') + 1);
        return is_host
            || (ending.size() < name.size() && !ending.empty() && ending.size() <= kLongestEnding
                && is_letter(ending.front()));
    }

    // "app.js:10:5": line and column are no part of a file's address. A time and a version are: "T14:03:12".
    std::size_t without_stack_place(std::string_view address)
    {
        std::size_t cut = address.size();
        for (int number = 0; number < 2; ++number) {
            std::size_t const last = address.substr(0, cut).find_last_not_of("0123456789");
            if (last == std::string_view::npos || last + 1 == cut || address[last] != ':')
                return address.size();
            cut = last;
        }
        return ends_in_file(address.substr(0, cut)) ? cut : address.size();
    }

    // Whether `text` ends in an escape of JSON: what follows begins a word.
    bool ends_in_escape(std::string_view text)
    {
        if (text.size() >= 2 && text[text.size() - 2] == '\\')
            return std::string_view{"bfnrt"}.find(text.back()) != std::string_view::npos;
        return text.size() >= 6 && text.substr(text.size() - 6).starts_with("\\u");
    }

    // Where the scheme before this colon begins.
    std::optional<std::size_t> scheme_before(std::string_view text, std::size_t colon)
    {
        for (std::string_view const scheme : {"http", "https"}) {
            if (colon < scheme.size() || !starts_with_folded(text.substr(colon - scheme.size()), scheme))
                continue;
            std::size_t const begin = colon - scheme.size();
            bool const within_word = begin > 0 && (is_letter(text[begin - 1]) || is_digit(text[begin - 1]));
            if (!within_word || ends_in_escape(text.substr(0, begin)))
                return begin;
        }
        return std::nullopt;
    }

    std::string_view without_www(std::string_view host)
    {
        return host.starts_with("www.") ? host.substr(4) : host;
    }

    std::string_view without_port(std::string_view host)
    {
        return host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':'));
    }

    // "github.com", "localhost", "10.0.0.1": what readers take for a host where it stands by itself. Numbers with fewer dots are
    // versions, and the ends of names that are no letters no domains.
    bool looks_like_host(std::string_view name)
    {
        std::string_view const last = name.substr(name.rfind('.') + 1);
        bool const is_address
            = std::ranges::count(name, '.') == 3 && name.find_first_not_of("0123456789.") == std::string_view::npos;
        bool const is_domain = last.size() < name.size()
            && (last.starts_with("xn--")
                || (last.size() > 1
                    && std::ranges::none_of(last, [](char c) { return is_ascii(c) && !is_letter(c); })));
        return is_address || is_domain || name == "localhost";
    }

    // Of a word that readers take for an address though it has no scheme, "github.com/pravado".
    struct BareHost {
        std::string_view name; // in the word
        std::string host; // as a browser goes there, without port; empty where it is no such word
    };
    BareHost bare_host(std::string_view word)
    {
        if (std::size_t const slashes = word.find("//"); slashes != std::string_view::npos)
            word.remove_prefix(slashes + 2);
        std::string_view const name = without_port(word.substr(0, word.find_first_of("/?#")));
        auto const address = looks_like_host(ascii_lower(name.substr(name.rfind('@') + 1)))
            ? read_web_address("https://" + std::string{name})
            : std::nullopt;
        return {name, address ? address->host : std::string{}};
    }

    // A text as a reader takes it in who looks for addresses: what is not seen is gone, what looks like a full stop is one, and signs
    // that stand around words are spaces.
    std::string plainly(std::string_view text)
    {
        static constexpr std::string_view kAround = "\t\n\"'`<>()[]{},;!*|";
        std::string out;
        while (!text.empty()) {
            std::string_view rest = text;
            char32_t const c = next_character(rest);
            bool const is_dot = c == 0x2024 || c == 0x3002 || c == 0xFF0E || c == 0xFF61;
            bool const is_wide = c > 0xFF00 && c < 0xFF5F;
            if (is_dot)
                out += '.';
            else if (is_wide || c < 0x80)
                out += static_cast<char>(is_wide ? c - 0xFEE0 : c);
            else if (!is_invisible(c))
                out += ends_addresses(c) ? std::string_view{" "} : text.substr(0, text.size() - rest.size());
            text = rest;
        }
        std::ranges::replace_if(out, [](char c) { return kAround.find(c) != std::string_view::npos; }, ' ');
        return out;
    }

    std::string_view next_word(std::string_view& text)
    {
        constexpr std::string_view kNotInHosts = " .:?_~-&=+";
        text.remove_prefix(std::min(text.find_first_not_of(kNotInHosts), text.size()));
        std::string_view const word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size());
        return word.substr(0, word.find_last_not_of(kNotInHosts) + 1);
    }

    // The text of a link is the beginning of what it leads to, cut off by "…".
    bool shortens(std::string_view shown, TextLink const& link, WebAddress const& target)
    {
        shown.remove_prefix(link.begin);
        while (shown.ends_with("…") || shown.ends_with('.'))
            shown.remove_suffix(shown.ends_with('.') ? 1 : std::string_view{"…"}.size());
        return link.target.host == target.host && target.href.starts_with(shown);
    }

    // "report.md" of "https://ci.example/files/report.md".
    bool names_file(std::string_view name, std::string_view href)
    {
        static constexpr std::array<std::string_view, 52> kEndings{"c", "cc", "cfg", "conf", "cpp", "cs", "css", "csv",
            "diff", "docx", "gif", "go", "gz", "h", "hpp", "htm", "html", "ini", "ipynb", "java", "jpeg", "jpg", "js",
            "json", "jsx", "kt", "lock", "log", "map", "md", "mjs", "ndjson", "patch", "pdf", "php", "png", "py", "rb",
            "rs", "sh", "sql", "svg", "tar", "tgz", "toml", "ts", "tsx", "txt", "xml", "yaml", "yml", "zip"};
        std::string const ending = ascii_lower(name.substr(name.rfind('.') + 1));
        return std::ranges::find(kEndings, std::string_view{ending}) != kEndings.end()
            && href.find("/" + std::string{name}) != std::string_view::npos;
    }

    // The host that the text of a link shows where it leads to another address.
    std::string other_address(std::string_view shown, WebAddress const& target)
    {
        for (TextLink const& link : find_links(shown, 0, shown.size())) {
            if (link.target.href != target.href && !shortens(shown, link, target))
                return link.target.host;
        }
        std::string const plain = plainly(shown);
        std::string_view const leads_to = without_www(without_port(target.host));
        for (std::string_view rest = plain; !rest.empty();) {
            auto const [name, host] = bare_host(next_word(rest));
            if (!host.empty() && without_www(host) != leads_to && !names_file(name, target.href))
                return host;
        }
        return {};
    }

} // namespace

std::vector<TextLink> find_links(std::string_view text, std::size_t from, std::size_t to)
{
    std::vector<TextLink> links;
    std::size_t looked_at = 0;
    std::size_t at = from - std::min(from, kLongestAddress);
    while (looked_at < kMostLookedAt) {
        std::size_t const colon = text.find(':', at);
        if (colon == std::string_view::npos || colon >= to + kLongestScheme)
            break;
        at = colon + 1;
        bool const slashes = text.substr(at).starts_with("//") || text.substr(at).starts_with("\\/");
        auto const begin = slashes ? scheme_before(text, colon) : std::nullopt;
        if (!begin || *begin >= to)
            continue;
        AddressReader reader{text, *begin, kLongestAddress + 1};
        looked_at += reader.looked_until() - *begin;
        std::size_t const meant = std::min(without_next_word(reader.address()), without_stack_place(reader.address()));
        if (meant < reader.address().size())
            reader = {text, *begin, meant};
        auto target = read_web_address(reader.address());
        if (!target)
            continue;
        at = reader.end();
        if (at > from)
            links.push_back({.begin = *begin, .end = at, .target = std::move(*target)});
    }
    return links;
}

std::vector<TextLink> find_links(std::string_view text, std::span<LinkSpan const> set, std::size_t from, std::size_t to)
{
    std::vector<TextLink> links = find_links(text, from, to);
    auto span = std::ranges::upper_bound(set, from, {}, &LinkSpan::end);
    for (; span != set.end() && span->begin < to; ++span) {
        // Text that is a link to somewhere leads nowhere else, not even where its target is none that may be followed.
        std::erase_if(links, [&](TextLink const& link) { return link.begin < span->end && span->begin < link.end; });
        if (auto link = hidden_link(text.substr(span->begin, span->end - span->begin), span->target)) {
            link->begin = span->begin;
            link->end = span->end;
            links.push_back(*std::move(link));
        }
    }
    std::ranges::sort(links, {}, &TextLink::begin);
    return links;
}

std::optional<TextLink> hidden_link(std::string_view shown, std::string_view target)
{
    auto address = read_web_address(target);
    if (!address)
        return std::nullopt;
    TextLink link{.end = shown.size(), .target = std::move(*address), .in_full = shown == target};
    link.shows = other_address(shown, link.target);
    return link;
}

} // namespace pev
