// Web addresses in text that is shown: where they begin and end, and where they lead.
//
// Looked for in what is in sight only, so a text of any length costs no more than a screen of it. An address ends where people mean
// it to: before the full stop of its sentence, the bracket or quote around it, or ":10:5" of a stack. JSON's escapes in it are
// read, since logs are full of JSON: "http:\/\/a\/?b=1\u0026c=2".
#pragma once

#include "shared/base/web_address.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

struct TextLink {
    std::size_t begin = 0; // bytes of the text
    std::size_t end = 0;
    WebAddress target;
    bool in_full = true; // the text is the target
    std::string shows = {}; // the host that the text shows where the target has another address

    // It may lead elsewhere than a reader would think.
    bool misleads() const { return target.has_user || !shows.empty(); }
};

// The addresses that stand in the bytes [from, to) of the text, if only in part.
std::vector<TextLink> find_links(std::string_view text, std::size_t from, std::size_t to);

// A target that its text need not show, as OSC 8 gives terminals. Nothing where it is no web address.
std::optional<TextLink> hidden_link(std::string_view shown, std::string_view target);

} // namespace pev
