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
        static constexpr std::array<std::string_view, 5> kMarkup{"&quot;", "&lt;", "&gt;", "&#34;", "&#39;"};

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

    // "app.js:10:5": line and column are no part of a file's address.
    std::size_t without_stack_place(std::string_view address)
    {
        std::size_t cut = address.size();
        for (int number = 0; number < 2; ++number) {
            std::size_t const last = address.substr(0, cut).find_last_not_of("0123456789");
            if (last == std::string_view::npos || last + 1 == cut || address[last] != ':')
                return address.size();
            cut = last;
        }
        return cut;
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

    // "github.com/pravado" or "github.com": a name that readers take for an address, though it has no scheme.
    std::string bare_host(std::string_view word)
    {
        std::string_view const name = word.substr(0, word.find_first_of("/:?#"));
        std::size_t const dot = name.rfind('.');
        if (dot == std::string_view::npos || name.size() - dot < 3
            || !std::ranges::all_of(name.substr(dot + 1), is_letter))
            return {};
        auto const address = read_web_address("https://" + std::string{name});
        return address ? address->host : std::string{};
    }

    std::string_view next_word(std::string_view& text)
    {
        constexpr std::string_view kBetween = " \t\n\"'<>()[]{},;";
        text.remove_prefix(std::min(text.find_first_not_of(kBetween), text.size()));
        std::string_view const word = text.substr(0, text.find_first_of(kBetween));
        text.remove_prefix(word.size());
        return word;
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
    bool names_file(std::string_view word, std::string_view host, std::string_view href)
    {
        static constexpr std::array<std::string_view, 10> kNoFiles{
            "com", "org", "net", "io", "dev", "app", "ai", "co", "edu", "gov"};
        bool const file = std::ranges::find(kNoFiles, host.substr(host.rfind('.') + 1)) == kNoFiles.end();
        return file && href.find("/" + std::string{word}) != std::string_view::npos;
    }

    // The host that the text of a link shows where it leads to another address.
    std::string other_address(std::string_view shown, WebAddress const& target)
    {
        for (TextLink const& link : find_links(shown, 0, shown.size())) {
            if (link.target.href != target.href && !shortens(shown, link, target))
                return link.target.host;
        }
        for (std::string_view rest = shown; !rest.empty();) {
            std::string_view const word = next_word(rest);
            std::string const host = bare_host(word);
            if (!host.empty() && without_www(host) != without_www(target.host) && !names_file(word, host, target.href))
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
