#include "native/net/http.h"

#include "shared/base/text.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace pev::native {

namespace {

    struct UrlDeleter {
        void operator()(CURLU* url) const { curl_url_cleanup(url); }
    };
    using Url = std::unique_ptr<CURLU, UrlDeleter>;

    // Null where it can't be read.
    Url parse_url(std::string const& text)
    {
        Url url{curl_url()};
        if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
            url.reset();
        return url;
    }

    std::optional<std::string> part_of(Url const& url, CURLUPart part, unsigned flags = 0)
    {
        char* text = nullptr;
        if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK)
            return std::nullopt;
        std::string copy{text};
        curl_free(text);
        return copy;
    }

    bool is_space(char c)
    {
        return c == ' ' || c == '\t';
    }

    std::string_view trim(std::string_view text)
    {
        while (!text.empty() && is_space(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_space(text.back()))
            text.remove_suffix(1);
        return text;
    }

    // Source: RFC 9110, 5.6.2 "Tokens".
    bool is_token_character(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    }

} // namespace

std::optional<HttpHeader> parse_header(std::string_view line)
{
    std::size_t const colon = line.find(':');
    std::string_view const name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() || !std::ranges::all_of(name, is_token_character))
        return std::nullopt;
    std::string_view const value = trim(line.substr(colon + 1));
    if (!is_header_value(value))
        return std::nullopt;
    return HttpHeader{std::string{name}, std::string{value}};
}

bool is_header_value(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

std::optional<Origin> origin_of(std::string const& url)
{
    Url const parsed = parse_url(url);
    if (!parsed)
        return std::nullopt;
    auto scheme = part_of(parsed, CURLUPART_SCHEME);
    auto host = part_of(parsed, CURLUPART_HOST);
    auto port = part_of(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    if (!scheme || !host || host->empty() || !port || (*scheme != "http" && *scheme != "https"))
        return std::nullopt;
    return Origin{.scheme = *std::move(scheme), .host = ascii_lower(*host), .port = *std::move(port)};
}

std::string host_of(Origin const& origin)
{
    bool const usual = origin.port == (origin.scheme == "https" ? "443" : "80");
    return usual ? origin.host : origin.host + ":" + origin.port;
}

bool is_loopback(Origin const& origin)
{
    std::string const& host = origin.host;
    return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]";
}

std::optional<std::string> resolve_url(std::string const& base, std::string const& reference)
{
    Url const url = parse_url(base);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    return part_of(url, CURLUPART_URL);
}

bool is_event_stream(std::string_view content_type)
{
    return ascii_lower(trim(content_type.substr(0, content_type.find(';')))) == "text/event-stream";
}

} // namespace pev::native
