// Web addresses that a reader may be led to: http and https, written in ASCII.
//
// Source: WHATWG URL, of which this is a strict part: what browsers would mend is refused. So the host that is shown is the host
// that is opened.
// Used by: shared/view/links, which finds addresses in text, and update(), which lets nothing else be opened.
#pragma once

#include "shared/base/rest.h"
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pev {

inline constexpr std::size_t kLongestAddress = 4'096; // bytes

struct WebAddress {
    std::string href; // the whole of it; beyond ASCII the host is in Punycode, all else percent-encoded
    std::string host; // with the port, where one was written; numbers of IPv4 in their usual form
    bool has_user = false; // "user:password@" before the host, which may look like one
    bool operator==(WebAddress const&) const = default;
};
// Nothing for what is no such address.
PEV_REST std::optional<WebAddress> read_web_address(std::string_view text);

} // namespace pev
