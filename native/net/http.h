// The words of HTTP that this folder speaks: headers, addresses and their origins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev::native {

struct HttpHeader {
    std::string name;
    std::string value;
    bool operator==(HttpHeader const&) const = default;
};
using HttpHeaders = std::vector<HttpHeader>;

// Reads "Name: value". Nothing for a text that is no header: no name, characters that no name has, line ends.
std::optional<HttpHeader> parse_header(std::string_view line);
// Whether it can stand behind a header's name: one line, no control characters.
bool is_header_value(std::string_view text);

// What decides who gets to see credentials. Source: WHATWG HTML, "origin".
struct Origin {
    std::string scheme; // "http" or "https"
    std::string host; // lower case; without credentials
    std::string port; // in digits, also where it is the scheme's own
    bool operator==(Origin const&) const = default;
};
// Nothing where the text is no absolute http or https address.
std::optional<Origin> origin_of(std::string const& url);
// "api.example.com", with the port where it is not the scheme's own: for messages.
std::string host_of(Origin const& origin);
// The reader's own machine, which no proxy leads to.
bool is_loopback(Origin const& origin);

// Whether a Content-Type says text/event-stream, with any parameters. Of several header lines their values, joined by commas.
// Source: WHATWG Fetch, "extract a MIME type".
bool is_event_stream(std::string_view content_type);

} // namespace pev::native
